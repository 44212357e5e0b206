package dev.portcullis.corpus.synthetic;

import dev.portcullis.corpus.JsonText;
import dev.portcullis.corpus.synthetic.Attached.Holding;
import dev.portcullis.policy.Organization;
import dev.portcullis.policy.PolicyType;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntConsumer;

/** Writes a synthetic store to disk, one policy and one principal at a time. Stateless. */
public final class StoreFiles {

    private StoreFiles() {}

    /**
     * Writes a directory as {@code Store.load} reads it: {@code store.json} and {@code policies/*.json}. Past some hundred
     * thousand policies so many small files are slow to read and take four times their size; then {@link #documents}, or
     * {@link SyntheticStore#addTo} without any file, is better.
     *
     * @param directory made if it isn't there; has to be empty
     * @param progress is told how many policies are written, now and then
     * @throws IOException if it can't be written or isn't empty
     */
    public static void directory(SyntheticStore store, Path directory, IntConsumer progress) throws IOException {
        Path policies = Files.createDirectories(directory).resolve("policies");
        try (var entries = Files.list(directory)) {
            if (entries.findAny().isPresent()) {
                throw new IOException("the directory is not empty: " + directory);
            }
        }
        Files.createDirectory(policies);
        for (int i = 0; i < store.policies(); i++) {
            byte[] text = (store.text(i) + "\n").getBytes(StandardCharsets.UTF_8);
            Files.write(policies.resolve(store.name(i) + ".json"), text);
            tell(i, progress);
        }
        try (BufferedWriter out = Files.newBufferedWriter(directory.resolve("store.json"), StandardCharsets.UTF_8)) {
            attachments(store, out);
        }
    }

    /**
     * Writes the documents, one a line: {@code {"name", "type", "document"}}.
     *
     * @param progress is told how many are written, now and then
     * @throws IOException if {@code out} can't be written
     */
    public static void documents(SyntheticStore store, Writer out, IntConsumer progress) throws IOException {
        for (int i = 0; i < store.policies(); i++) {
            out.write("{\"name\":\"" + store.name(i) + "\",\"type\":\""
                    + store.type(i).shortName() + "\",\"document\":");
            // Only between statements has a document line breaks.
            out.write(store.text(i).replace("\n", ""));
            out.write("}\n");
            tell(i, progress);
        }
    }

    private static void tell(int number, IntConsumer progress) {
        if (number % 1000 == 999) {
            progress.accept(number + 1);
        }
    }

    /**
     * Writes {@code store.json}.
     *
     * @throws IOException if {@code out} can't be written
     */
    public static void attachments(SyntheticStore store, Writer out) throws IOException {
        out.write("{\n");
        Optional<Organization> organization = store.organization();
        if (organization.isPresent()) {
            Organization tree = organization.get();
            out.write("\"organization\": {\"id\": \"" + tree.id() + "\", \"managementAccount\": \""
                    + tree.managementAccount() + "\", \"root\": ");
            unit(tree.root(), out);
            out.write("},\n");
        }
        out.write("\"groups\": {");
        groups(store, out);
        people(store, false, out);
        people(store, true, out);
        out.write("},\n\"resources\": {");
        resources(store, out);
        out.write("},\n\"vpcEndpoints\": {");
        endpoints(store, out);
        out.write("}\n}\n");
    }

    private static void unit(Organization.Unit unit, Writer out) throws IOException {
        out.write("{\"id\": \"" + unit.id() + "\", \"name\": \"" + unit.name() + "\"");
        controls(unit.serviceControlPolicies(), unit.resourceControlPolicies(), out);
        out.write(", \"accounts\": {");
        String comma = "\n";
        for (Organization.Account account : unit.accounts()) {
            out.write(comma + "\"" + account.id() + "\": {\"serviceControlPolicies\": ");
            list(account.serviceControlPolicies(), out);
            if (!account.resourceControlPolicies().isEmpty()) {
                out.write(", \"resourceControlPolicies\": ");
                list(account.resourceControlPolicies(), out);
            }
            out.write("}");
            comma = ",\n";
        }
        out.write("}, \"units\": [");
        comma = "\n";
        for (Organization.Unit child : unit.units()) {
            out.write(comma);
            unit(child, out);
            comma = ",\n";
        }
        out.write("]}");
    }

    private static void controls(List<String> service, List<String> resource, Writer out) throws IOException {
        out.write(", \"serviceControlPolicies\": ");
        list(service, out);
        out.write(", \"resourceControlPolicies\": ");
        list(resource, out);
    }

    private static void groups(SyntheticStore store, Writer out) throws IOException {
        Attached attached = store.attached();
        String comma = "\n";
        for (int account = 0; account < store.accounts(); account++) {
            for (int group = 0; group < attached.groups(account); group++) {
                out.write(comma + "\"" + attached.group(account, group) + "\": {\"policies\": ");
                list(List.of(store.names(attached.groupPolicies(account, group))), out);
                out.write("}");
                comma = ",\n";
            }
        }
    }

    private static void people(SyntheticStore store, boolean roles, Writer out) throws IOException {
        out.write("},\n\"" + (roles ? "roles" : "users") + "\": {");
        String comma = "\n";
        for (int i = 0; i < store.principals(); i++) {
            Holding holding = store.attached().holding(i);
            if (holding.person().role() != roles) {
                continue;
            }
            out.write(comma + "\"" + holding.person().arn() + "\": {\"policies\": ");
            list(Arrays.asList(store.identityPolicies(holding)), out);
            if (holding.group().isPresent()) {
                out.write(", \"groups\": [\""
                        + store.attached()
                                .group(holding.account(), holding.group().getAsInt()) + "\"]");
            }
            if (holding.boundary().isPresent()) {
                out.write(", \"boundary\": \"" + store.name(holding.boundary().getAsInt()) + "\"");
            }
            if (holding.trust().isPresent()) {
                out.write(", \"trust\": \"" + store.name(holding.trust().getAsInt()) + "\"");
            }
            out.write(", \"uniqueId\": \"" + holding.person().uniqueId() + "\"");
            tags(holding.person().tags(), out);
            out.write("}");
            comma = ",\n";
        }
    }

    private static void resources(SyntheticStore store, Writer out) throws IOException {
        String comma = "\n";
        for (int account = 0; account < store.accounts(); account++) {
            String id = Account.id(store.seed(), account);
            for (int number : store.attached().numbers(account, PolicyType.RESOURCE)) {
                GuardedThing thing = store.thing(number);
                out.write(comma + "\"" + thing.arn() + "\": {\"account\": \"" + id + "\", \"policy\": \""
                        + store.name(number) + "\"");
                if (thing.covers().isPresent()) {
                    out.write(", \"covers\": [\"" + thing.covers().get() + "\"]");
                }
                tags(thing.tags(), out);
                out.write("}");
                comma = ",\n";
            }
        }
    }

    private static void endpoints(SyntheticStore store, Writer out) throws IOException {
        String comma = "\n";
        for (int account = 0; account < store.accounts(); account++) {
            for (int number : store.attached().numbers(account, PolicyType.VPC_ENDPOINT)) {
                out.write(comma + "\"" + store.endpoint(number) + "\": {\"policy\": \"" + store.name(number) + "\"}");
                comma = ",\n";
            }
        }
    }

    private static void tags(Map<String, String> tags, Writer out) throws IOException {
        if (tags.isEmpty()) {
            return;
        }
        out.write(", \"tags\": {");
        String comma = "";
        for (Map.Entry<String, String> tag : tags.entrySet()) {
            out.write(comma);
            JsonText.write(out, tag.getKey());
            out.write(": ");
            JsonText.write(out, tag.getValue());
            comma = ", ";
        }
        out.write("}");
    }

    private static void list(List<String> names, Writer out) throws IOException {
        out.write("[");
        String comma = "";
        for (String name : names) {
            out.write(comma);
            JsonText.write(out, name);
            comma = ", ";
        }
        out.write("]");
    }
}
