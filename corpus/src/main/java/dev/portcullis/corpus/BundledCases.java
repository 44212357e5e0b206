package dev.portcullis.corpus;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The case files and seed policies that come with this module. */
public final class BundledCases {

    /** The files of cases: of the language, of evaluation, and captured from live AWS. */
    public static final List<String> CASE_FILES = List.of("language.jsonl", "evaluation.jsonl", "live-aws.jsonl");

    private static final List<String> SEED_POLICIES = List.of(
            "AWSServiceRoleForAmazonQDeveloperPolicy",
            "AWSServiceRoleForQBusiness",
            "AWSServiceRoleForUserSubscriptionPolicy",
            "AmazonQDeveloperAccess",
            "AmazonQFullAccess",
            "customizations-admin",
            "developer-console-admin-legacy-codewhisperer",
            "developer-console-admin-new",
            "plugins-admin",
            "qbusiness-application-role",
            "qbusiness-application-trust",
            "subscription-console-admin");

    private BundledCases() {}

    /**
     * Opens a file of the {@code cases} folder, e.g. {@code language.jsonl}.
     *
     * @throws IllegalArgumentException if there is no such file
     */
    public static InputStream open(String file) {
        return resource("/cases/" + file);
    }

    /** The seed policies: name to text, in name order. */
    public static Map<String, String> seedPolicies() {
        Map<String, String> texts = new TreeMap<>();
        for (String name : SEED_POLICIES) {
            try (InputStream in = resource("/seed-policies/" + name + ".json")) {
                texts.put(name, new String(in.readAllBytes(), StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return texts;
    }

    private static InputStream resource(String path) {
        InputStream in = BundledCases.class.getResourceAsStream(path);
        if (in == null) {
            throw new IllegalArgumentException("there is no " + path);
        }
        return in;
    }
}
