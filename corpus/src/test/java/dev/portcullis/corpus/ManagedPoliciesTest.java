package dev.portcullis.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.Policies;
import dev.portcullis.corpus.reference.ReferenceJson;
import dev.portcullis.corpus.reference.ReferenceJson.Arr;
import dev.portcullis.corpus.reference.ReferenceJson.Bool;
import dev.portcullis.corpus.reference.ReferenceJson.Member;
import dev.portcullis.corpus.reference.ReferenceJson.Node;
import dev.portcullis.corpus.reference.ReferenceJson.Num;
import dev.portcullis.corpus.reference.ReferenceJson.Obj;
import dev.portcullis.corpus.reference.ReferenceJson.Str;
import dev.portcullis.policy.Checks;
import dev.portcullis.policy.Diagnostic;
import dev.portcullis.policy.PolicyType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Every version of every policy that AWS manages is taken and prints back the same. Part of the run under the profile
 * {@code managed-policies} only, after {@code corpus/fetch-managed-policies.sh} has fetched them.
 */
@Tag("managed-policies")
class ManagedPoliciesTest {

    private static final Path DOCUMENTS = Path.of("managed-policies", "managed-policies.jsonl");
    private static final int POLICIES = 1_594;
    private static final int VERSIONS = 6_194;

    /**
     * AWS published this one in 2017 with a condition key without service prefix, which it takes from nobody else; four
     * versions later the key is {@code iam:PassedToService}.
     */
    private static final String EXCEPTION = "AmazonEC2SpotFleetTaggingRole/v1";

    private record Published(String name, String text, Node document) {}

    @Test
    void read_everyPublishedVersion_hasNoErrorAndPrintsBackEqual() throws IOException {
        Set<String> policies = new HashSet<>();
        int versions = 0;
        try (Stream<String> lines = Files.lines(DOCUMENTS)) {
            for (String line : (Iterable<String>) lines::iterator) {
                Published published = published(line);
                assertTaken(published);
                policies.add(published.name().substring(0, published.name().indexOf('/')));
                versions++;
            }
        }
        assertThat(versions).isEqualTo(VERSIONS);
        assertThat(policies).hasSize(POLICIES);
    }

    private static Published published(String line) {
        Obj root = (Obj) ReferenceJson.read(line);
        Node document = root.get("document").orElseThrow();
        String name = string(root.get("name").orElseThrow()) + "/"
                + string(root.get("version").orElseThrow());
        return new Published(name, line.substring(document.start(), document.end()), document);
    }

    private static void assertTaken(Published published) {
        boolean exception = published.name().equals(EXCEPTION);
        if (exception) {
            List<Diagnostic> asNew = read(published, Checks.NEW).diagnostics();
            assertThat(asNew.stream().filter(Diagnostic::isError).map(Diagnostic::code))
                    .containsExactly("INVALID_CONDITION_KEY_FORMAT");
        }
        Policies.Reading reading = read(published, exception ? Checks.STORED : Checks.NEW);
        assertThat(reading.diagnostics().stream().filter(Diagnostic::isError))
                .as(published.name())
                .isEmpty();
        Node printed = ReferenceJson.read(Policies.print(reading.document().orElseThrow()));
        assertThat(policy(printed)).as(published.name()).isEqualTo(policy(published.document()));
    }

    private static Policies.Reading read(Published published, Checks checks) {
        return Policies.read(published.name(), PolicyType.IDENTITY, published.text(), checks, Map.of());
    }

    /** A policy with its rules of writing applied: one or many (rule L16), text (rule L17), full ARNs (rule L48). */
    private static Object policy(Node node) {
        return members(
                node,
                (name, value) -> name.equals("Statement")
                        ? many(value).stream()
                                .map(ManagedPoliciesTest::statement)
                                .toList()
                        : string(value));
    }

    private static Object statement(Node node) {
        return members(node, (name, value) -> switch (name) {
            case "Sid", "Effect" -> string(value);
            case "Action", "NotAction" -> strings(value);
            case "Resource", "NotResource" ->
                strings(value).stream().map(ManagedPoliciesTest::completed).toList();
            case "Condition" -> members(value, (operator, keys) -> members(keys, (key, values) -> strings(values)));
            default -> throw new AssertionError(name);
        });
    }

    private interface Reader {
        Object read(String name, Node value);
    }

    private static Object members(Node node, Reader reader) {
        Map<String, Object> members = new TreeMap<>();
        for (Member member : ((Obj) node).members()) {
            Object before =
                    members.put(member.name().value(), reader.read(member.name().value(), member.value()));
            assertThat(before).isNull();
        }
        return members;
    }

    private static List<Node> many(Node node) {
        return node instanceof Arr array ? array.elements() : List.of(node);
    }

    private static List<String> strings(Node node) {
        List<String> strings = new ArrayList<>();
        for (Node entry : many(node)) {
            strings.add(string(entry));
        }
        return strings;
    }

    private static String string(Node node) {
        if (node instanceof Num number) {
            return number.text();
        }
        return node instanceof Bool bool ? Boolean.toString(bool.value()) : ((Str) node).value();
    }

    private static String completed(String resource) {
        long colons = resource.chars().filter(c -> c == ':').count();
        return resource.equals("*") || colons >= 5 ? resource : resource + ":*".repeat((int) (5 - colons));
    }
}
