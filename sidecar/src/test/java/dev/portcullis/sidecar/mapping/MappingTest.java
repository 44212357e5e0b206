package dev.portcullis.sidecar.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.sidecar.decision.Verdict;
import dev.portcullis.sidecar.live.LoadException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** From requests to the policies' words. */
class MappingTest {

    private static final String IDENTITY =
            "\"identity\": [{\"header\": \"x-user\", \"principal\": \"arn:aws:iam::{account}:user/{value}\"}]";

    private static final String ROUTES = """
            {
              // comments are for people
              "parameters": {"account": "111122223333", "region": "us-east-1"},
              %s,
              "context": {"aws:PrincipalTag/team": "{header:x-team}"},
              "routes": {
                "POST /conversations/{id}": {
                  "action": "q:SendMessage",
                  "resource": "arn:aws:q:{region}:{account}:conversation/{id}",
                  "context": {"app:labels": ["{header:x-label}"], "app:mode": "{query:mode}"}
                },
                "GET /conversations/all": {"action": "q:ListConversations"},
                "GET /conversations/{id}": {"action": "q:GetConversation", "resource": "arn:aws:q:::c/{id}"},
                "* /files/{path...}": {"action": "q:File{method}", "resource": "arn:aws:q:::file/{path}"},
                "GET /exact/": {"action": "q:Exact"},
                "GET /": {"action": "q:Root"}
              }
            }""".formatted(IDENTITY);

    @TempDir
    private Path folder;

    private Mappings load(String text) throws IOException, LoadException {
        Path file = Files.writeString(folder.resolve("mapping.json"), text);
        MappingSource source = new MappingSource(file);
        assertThat(source.fingerprint()).contains("mapping.json");
        return source.load();
    }

    private static String targets(MappedRequest mapped) {
        return mapped.targets().stream()
                .map(target -> target.action() + " " + target.resource())
                .reduce((one, two) -> one + "; " + two)
                .orElseThrow();
    }

    private static void refuses(Mappings mappings, AskedRequest request, Verdict verdict) {
        assertThatThrownBy(() -> mappings.map(request, ""))
                .isInstanceOfSatisfying(
                        MappingRefusal.class, e -> assertThat(e.verdict()).isEqualTo(verdict));
    }

    @Test
    void route_matched_principalActionResourceContext() throws Exception {
        MappedRequest mapped = load(ROUTES)
                .map(
                        AskedRequest.of("POST", "/conversations/c%2D1?mode=fast&x=1")
                                .header("x-team", "blue")
                                .header("x-label", "a")
                                .header("x-label", "b")
                                .header("user-agent", "test/1"),
                        "");
        assertThat(mapped.principal()).isEqualTo("arn:aws:iam::111122223333:user/alice");
        assertThat(targets(mapped)).isEqualTo("q:SendMessage arn:aws:q:us-east-1:111122223333:conversation/c-1");
        assertThat(mapped.keys())
                .containsExactlyInAnyOrder(
                        "aws:PrincipalTag/team",
                        "app:labels",
                        "app:mode",
                        "aws:SourceIp",
                        "aws:UserAgent",
                        "aws:SecureTransport");
        assertThat(mapped.values().get(mapped.keys().indexOf("app:labels"))).isEqualTo(List.of("a", "b"));
        assertThat(mapped.values().get(mapped.keys().indexOf("app:mode"))).isEqualTo("fast");
        assertThat(mapped.values().get(mapped.keys().indexOf("aws:SourceIp"))).isEqualTo("203.0.113.7");
        assertThat(mapped.values().get(mapped.keys().indexOf("aws:SecureTransport")))
                .isEqualTo("true");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /conversations/all, q:ListConversations *",
        "GET, /conversations/c1, q:GetConversation arn:aws:q:::c/c1",
        "GET, /conversations/c:1, q:GetConversation arn:aws:q:::c/c:1",
        "GET, /conversations/%2A, q:GetConversation arn:aws:q:::c/*",
        "PUT, /files/a/b.txt, q:FilePUT arn:aws:q:::file/a/b.txt",
        "GET, /exact/, q:Exact *",
        "GET, /, q:Root *",
        "GET, /?a=b, q:Root *",
    })
    void route_asSent_mapped(String method, String target, String expected) throws Exception {
        assertThat(targets(load(ROUTES).map(AskedRequest.of(method, target), "")))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "conversations/all",
                "//conversations/all",
                "/conversations//all",
                "/conversations/./all",
                "/x/../conversations/all",
                "/conversations/../conversations/all",
                "/conversations/%2e%2e/all",
                "/conversations/%2E./all",
                "/conversations%2fall",
                "/conversations%2Fall",
                "/conversations/a%2fb",
                "/conversations/a%5cb",
                "/conversations\\all",
                "/conversations/all/",
                "/conversations/",
                "/Conversations/all",
                "/conversations%2fall?x",
                "/conversations/a%00",
                "/conversations/a%0a",
                "/conversations/a%",
                "/conversations/a%zz",
                "/conversations/%c0%ae",
                "/conversations/%ff",
                "/conversations/a;b=c",
                "/conversations/..;/all",
                "/conversations/a b",
                "/conversations/a#b",
                "/conversations/\u00e9",
                "/exact",
                "/files",
                "/files/",
                "/files/a//b",
                "/files/a/../../conversations/all",
                "http://api.example.com/conversations/all",
                "*"
            })
    void route_ambiguousOrUnknownPath_refused(String target) throws Exception {
        refuses(load(ROUTES), AskedRequest.of("GET", target), Verdict.INVALID);
    }

    @Test
    void route_encodedLiteral_isAnotherPath() throws Exception {
        // The upstream may take %61ll for "all"; it is refused the one and asked for the other as a name.
        assertThat(targets(load(ROUTES).map(AskedRequest.of("GET", "/conversations/%61ll"), "")))
                .isEqualTo("q:GetConversation arn:aws:q:::c/all");
        refuses(load(ROUTES), AskedRequest.of("GET", "/%63onversations/all"), Verdict.INVALID);
    }

    @Test
    void route_otherMethod_refused() throws Exception {
        refuses(load(ROUTES), AskedRequest.of("DELETE", "/conversations/all"), Verdict.INVALID);
        refuses(load(ROUTES), AskedRequest.of("get", "/conversations/all"), Verdict.INVALID);
        refuses(load(ROUTES), AskedRequest.of("HEAD", "/conversations/all"), Verdict.INVALID);
    }

    @Test
    void identity_absentDoubledOrOddlyNamed_refused() throws Exception {
        Mappings mappings = load(ROUTES);
        refuses(mappings, AskedRequest.withoutIdentity("GET", "/"), Verdict.UNIDENTIFIED);
        refuses(mappings, AskedRequest.of("GET", "/").header("x-user", "bob"), Verdict.UNIDENTIFIED);
        for (String name : List.of("a/b", "a:b", "a b", "../root")) {
            refuses(mappings, AskedRequest.withoutIdentity("GET", "/").header("x-user", name), Verdict.INVALID);
        }
    }

    @Test
    void identity_firstCredentialThere_counts() throws Exception {
        Mappings mappings = load("""
                {"identity": [
                   {"certificate": true, "principal": "{value}"},
                   {"header": "X-User", "principal": "arn:aws:iam::111122223333:user/{value}"},
                   {"anonymous": true}],
                 "routes": {"GET /": {"action": "q:Root"}}}""");
        assertThat(mappings.map(AskedRequest.of("GET", "/").certificate("arn:aws:iam::1:role/r"), "")
                        .principal())
                .isEqualTo("arn:aws:iam::1:role/r");
        assertThat(mappings.map(AskedRequest.of("GET", "/"), "").principal()).endsWith("user/alice");
        assertThat(mappings.map(AskedRequest.withoutIdentity("GET", "/"), "").principal())
                .isEqualTo("anonymous");
    }

    @Test
    void context_headerTwiceWhereOneIsMeant_refused() throws Exception {
        refuses(load(ROUTES), AskedRequest.of("GET", "/").header("x-team", "a").header("x-team", "b"), Verdict.INVALID);
        refuses(load(ROUTES), AskedRequest.of("POST", "/conversations/c?mode=a&mod%65=b"), Verdict.INVALID);
    }

    @Test
    void clientAddress_fromHeader_lastCounts() throws Exception {
        Mappings mappings = load("""
                {%s, "parameters": {"account": "111122223333"}, "clientAddress": "X-Forwarded-For",
                 "routes": {"GET /": {"action": "q:Root"}}}""".formatted(IDENTITY));
        MappedRequest mapped =
                mappings.map(AskedRequest.of("GET", "/").header("x-forwarded-for", "10.0.0.1, 198.51.100.9"), "");
        assertThat(mapped.values().get(mapped.keys().indexOf("aws:SourceIp"))).isEqualTo("198.51.100.9");
        assertThat(mappings.map(AskedRequest.of("GET", "/"), "").keys()).doesNotContain("aws:SourceIp");
    }

    @Test
    void mappings_byNameAndHost_chosen() throws Exception {
        Mappings mappings = load("""
                {%s, "parameters": {"account": "111122223333"},
                 "mappings": {
                   "one": {"hosts": ["one.example.com"], "routes": {"GET /": {"action": "q:One"}}},
                   "any": {"hosts": ["*.example.com"], "routes": {"GET /": {"action": "q:Any"}}},
                   "rest": {"routes": {"GET /": {"action": "q:Rest"}}}}}""".formatted(IDENTITY));
        AskedRequest request = AskedRequest.of("GET", "/");
        assertThat(targets(mappings.map(request.host("ONE.example.com:8443"), "")))
                .isEqualTo("q:One *");
        assertThat(targets(mappings.map(request.host("two.example.com"), ""))).isEqualTo("q:Any *");
        assertThat(targets(mappings.map(request.host("example.com"), ""))).isEqualTo("q:Rest *");
        assertThat(targets(mappings.map(request.host(""), "any"))).isEqualTo("q:Any *");
        assertThatThrownBy(() -> mappings.map(request, "none")).isInstanceOf(MappingRefusal.class);
    }

    @Test
    void awsJson_target_isTheAction() throws Exception {
        Mappings mappings = load("""
                {%s, "parameters": {"account": "111122223333"},
                 "awsJson": {"service": "dynamodb", "target": "DynamoDB_20120810", "resource": "*",
                   "operations": {"Query": {"resource": "arn:aws:dynamodb:us-east-1:{account}:table/{header:x-table}"}}}}
                """.formatted(IDENTITY));
        assertThat(targets(mappings.map(
                        AskedRequest.of("POST", "/")
                                .header("x-amz-target", "DynamoDB_20120810.Query")
                                .header("x-table", "t1"),
                        "")))
                .isEqualTo("dynamodb:Query arn:aws:dynamodb:us-east-1:111122223333:table/t1");
        assertThat(targets(mappings.map(
                        AskedRequest.of("POST", "/").header("x-amz-target", "DynamoDB_20120810.ListTables"), "")))
                .isEqualTo("dynamodb:ListTables *");
        for (String target :
                List.of("Other.Query", "DynamoDB_20120810", "DynamoDB_20120810.", "DynamoDB_20120810.a*")) {
            refuses(mappings, AskedRequest.of("POST", "/").header("x-amz-target", target), Verdict.INVALID);
        }
        refuses(mappings, AskedRequest.of("POST", "/"), Verdict.INVALID);
        refuses(
                mappings,
                AskedRequest.of("POST", "/")
                        .header("x-amz-target", "DynamoDB_20120810.Query")
                        .header("x-amz-target", "DynamoDB_20120810.ListTables"),
                Verdict.INVALID);
        refuses(
                mappings,
                AskedRequest.of("POST", "/")
                        .header("x-amz-target", "DynamoDB_20120810.Query")
                        .header("x-table", "t1/../t2"),
                Verdict.INVALID);
    }

    @Test
    void awsQuery_oneAction_wherever() throws Exception {
        Mappings mappings = load("""
                {%s, "parameters": {"account": "111122223333"},
                 "awsQuery": {"service": "sqs", "operations": {
                   "SendMessage": {"resource": "arn:aws:sqs:us-east-1:{account}:{query:QueueName}"}}}}
                """.formatted(IDENTITY));
        String form = "application/x-www-form-urlencoded; charset=utf-8";
        assertThat(targets(mappings.map(
                        AskedRequest.of("POST", "/")
                                .header("content-type", form)
                                .body("Action=SendMessage&QueueName=q%2D1&Version=1"),
                        "")))
                .isEqualTo("sqs:SendMessage arn:aws:sqs:us-east-1:111122223333:q-1");
        assertThat(targets(mappings.map(AskedRequest.of("GET", "/?Action=ListQueues"), "")))
                .isEqualTo("sqs:ListQueues *");
        refuses(mappings, AskedRequest.of("POST", "/?Action=ListQueues"), Verdict.INVALID);
        refuses(
                mappings,
                AskedRequest.of("POST", "/?Action=ListQueues")
                        .header("content-type", form)
                        .body("Action=DeleteQueue"),
                Verdict.INVALID);
        refuses(mappings, AskedRequest.of("GET", "/?Action=ListQueues&Action=DeleteQueue"), Verdict.INVALID);
        refuses(mappings, AskedRequest.of("GET", "/x?Action=ListQueues"), Verdict.INVALID);
        refuses(mappings, AskedRequest.of("GET", "/"), Verdict.INVALID);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "{}",
                "{\"routes\": {}}",
                "{\"identity\": [], \"routes\": {}}",
                "{\"identity\": [{}], \"routes\": {}}",
                "{\"identity\": [{\"header\": \"a\", \"certificate\": true, \"principal\": \"x\"}], \"routes\": {}}",
                "{\"identity\": [{\"header\": \"a\"}], \"routes\": {}}",
                "{\"identity\": [{\"anonymous\": true}], \"routes\": {\"GET\": {\"action\": \"a:B\"}}}",
                "{\"identity\": [{\"anonymous\": true}], \"routes\": {\"GET /a//b\": {\"action\": \"a:B\"}}}",
                "{\"identity\": [{\"anonymous\": true}], \"routes\": {\"GET /a/../b\": {\"action\": \"a:B\"}}}",
                "{\"identity\": [{\"anonymous\": true}], \"routes\": {\"GET /{a}/{a}\": {\"action\": \"a:B\"}}}",
                "{\"identity\": [{\"anonymous\": true}], \"routes\": {\"GET /{a...}/b\": {\"action\": \"a:B\"}}}",
                "{\"identity\": [{\"anonymous\": true}], \"routes\": {\"GET /x{a}\": {\"action\": \"a:B\"}}}",
                "{\"identity\": [{\"anonymous\": true}], \"routes\": {\"GET /a\": {\"action\": \"a\"}}}",
                "{\"identity\": [{\"anonymous\": true}], \"routes\": {\"GET /a\": {}}}",
                "{\"identity\": [{\"anonymous\": true}], \"routes\": {\"GET /a\": {\"action\": \"a:B\", \"x\": 1}}}",
                "{\"identity\": [{\"anonymous\": true}], \"routes\": {\"GET /a\": {\"action\": \"a:B\", \"resource\": \"{no}\"}}}",
                "{\"identity\": [{\"anonymous\": true}], \"routes\": {\"GET /{a}\": {\"action\": \"a:B\"},"
                        + " \"GET /{b}\": {\"action\": \"a:C\"}}}",
                "{\"identity\": [{\"anonymous\": true}], \"routes\": {}, \"s3\": {\"hosts\": [\"h\"]}}",
                "{\"identity\": [{\"anonymous\": true}], \"s3\": {}}",
                "{\"identity\": [{\"anonymous\": true}], \"awsJson\": {\"service\": \"x\"}}",
                "{\"identity\": [{\"jwt\": {\"keys\": \"none.json\", \"issuer\": \"i\", \"audience\": \"a\"},"
                        + " \"principal\": \"{value}\"}], \"routes\": {}}",
                "{\"identity\": [{\"jwt\": {\"keys\": \"k\", \"issuer\": \"i\", \"audience\": \"a\","
                        + " \"algorithms\": [\"HS256\"]}, \"principal\": \"{value}\"}], \"routes\": {}}",
                "{\"identity\": [{\"jwt\": {\"keys\": \"http://192.0.2.1/k\", \"issuer\": \"i\", \"audience\": \"a\"},"
                        + " \"principal\": \"{value}\"}], \"routes\": {}}",
                "{\"authzen\": {\"account\": \"1\"}}",
                "{\"authzen\": {\"subjects\": {\"user\": \"nobody\"}}}"
            })
    void file_wrong_refusedWithPlace(String text) {
        assertThatThrownBy(() -> load(text))
                .isInstanceOf(LoadException.class)
                .hasMessageMatching("(?s).*mapping.json is refused:\n.*mapping.json:\\d+:\\d+: .*");
    }

    @Test
    void file_severalProblems_allTold() {
        assertThatThrownBy(() -> load("""
                        {"identity": [{"anonymous": true}],
                         "routes": {
                           "GET /a": {"action": "a"},
                           "get /b": {"action": "a:B"}}}"""))
                .hasMessageContaining("mapping.json:3:")
                .hasMessageContaining("mapping.json:4:");
    }
}
