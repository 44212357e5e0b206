package dev.portcullis.sidecar.aws;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Which resources actions take. The simulator answers implicitDeny for any other, and for every ARN where an action takes
 * none; what it doesn't know as an action takes anything (captured: input_resources_…, input_action_groups_…).
 */
final class ActionResources {

    private static final Map<String, List<String>> ACTIONS = read();

    /** Captured: S3's actions on objects take buckets as well, and the other way round. */
    private static final String OBJECT = "s3:$/$";

    private static final String BUCKET = "s3:$";

    /** As captured (section 4.1), after the partition; those of further services aren't known. */
    private static final Map<String, String> TEMPLATES = Map.of(
            "s3", "s3:::${BucketName}/${KeyName}",
            "iam", "iam::${Account}:${ResourceType}/${ResourceName}",
            "sts", "iam::${Account}:${RelativeId}",
            "sqs", "sqs:${Region}:${Account}:${QueueName}",
            "kms", "kms:${Region}:${Account}:${ResourceType}/${Id}",
            "lambda", "lambda:${Region}:${Account}:${ResourceType}:${ResourceId}",
            "ec2", "ec2:${Region}:${Account}:${ResourceType}/${ResourcePath}");

    private ActionResources() {}

    private static Map<String, List<String>> read() {
        Map<String, List<String>> actions = new HashMap<>(1 << 15);
        try (InputStream in = ActionResources.class.getResourceAsStream("action-resources.txt");
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII))) {
            String service = "";
            List<String> types = new ArrayList<>();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String rest = line.substring(2);
                switch (line.charAt(0)) {
                    case 's' -> {
                        service = rest;
                        types.clear();
                    }
                    case 't' -> types.add(rest);
                    case 'g' -> addGroup(service, types, rest.split(" ", -1), actions);
                    default -> {
                        // A comment.
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Map.copyOf(actions);
    }

    private static void addGroup(
            String service, List<String> types, String[] words, Map<String, List<String>> actions) {
        List<String> taken = new ArrayList<>();
        if (!words[0].equals("-")) {
            for (String number : words[0].split(",", -1)) {
                taken.add(types.get(Integer.parseInt(number)));
            }
        }
        List<String> group = List.copyOf(taken);
        for (int i = 1; i < words.length; i++) {
            actions.put(service + ":" + words[i], group);
        }
    }

    /** Whether the simulator knows the action. */
    static boolean know(String action) {
        return ACTIONS.containsKey(action.toLowerCase(Locale.ROOT));
    }

    /** Whether an action takes a resource: an ARN, or {@code *}, which everything takes. */
    static boolean takes(String action, String resource) {
        List<String> types = ACTIONS.get(action.toLowerCase(Locale.ROOT));
        if (types == null || !resource.startsWith("arn:")) {
            return true;
        }
        // Region and account don't count (captured: input_resource_format_4).
        String[] fields = resource.split(":", 6);
        String text = fields[2] + ":" + fields[5];
        return types.stream().anyMatch(type -> matches(type.equals(OBJECT) ? BUCKET : type, text));
    }

    /** Whether a text is a pattern's, in which each {@code $} stands for one character at least. */
    static boolean matches(String pattern, String text) {
        int wild = pattern.indexOf('$');
        if (wild < 0) {
            return text.equals(pattern);
        }
        if (!text.startsWith(pattern.substring(0, wild))) {
            return false;
        }
        int at = wild;
        while (true) {
            int next = pattern.indexOf('$', wild + 1);
            if (next < 0) {
                String end = pattern.substring(wild + 1);
                return text.length() - end.length() > at && text.endsWith(end);
            }
            String part = pattern.substring(wild + 1, next);
            int found = text.indexOf(part, at + 1);
            if (found < 0) {
                return false;
            }
            at = found + part.length();
            wild = next;
        }
    }

    /**
     * What an answer for several resources calls them; empty where that isn't known.
     *
     * @param first of the resources: its partition is the name's
     */
    static Optional<String> template(String action, String first) {
        if (!know(action)) {
            return Optional.of("*");
        }
        String service = action.substring(0, action.indexOf(':')).toLowerCase(Locale.ROOT);
        String partition = first.startsWith("arn:") ? first.split(":", 3)[1] : "aws";
        return Optional.ofNullable(TEMPLATES.get(service)).map(rest -> "arn:" + partition + ":" + rest);
    }
}
