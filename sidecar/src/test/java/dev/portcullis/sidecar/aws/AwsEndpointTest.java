package dev.portcullis.sidecar.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.Store;
import dev.portcullis.sidecar.aws.Api.Answer;
import dev.portcullis.sidecar.options.AwsApiOptions;
import dev.portcullis.sidecar.options.AwsApiOptions.Reach;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is answered, what is refused, and that nothing hostile is ever answered with {@code allowed} or holds it up. */
class AwsEndpointTest {

    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String ALICE = "arn:aws:iam::" + Api.ACCOUNT + ":user/alice";
    private static final Api API = new Api();

    @ParameterizedTest
    @CsvSource({
        "'',                                          MissingAction",
        "Version=2010-05-08,                          MissingAction",
        "Action=SimulateCustomPolicy,                 InvalidAction",
        "Action=GetCallerIdentity&Version=2010-05-08, InvalidAction",
        "Action=SimulateCustomPolicy&Version=2011-06-15, InvalidAction",
        "Action=<ListUsers>&Version=2010-05-08,       InvalidAction",
        "Action=GetCallerIdentity&Version=2011-06-15&X=1, InvalidParameterCombination",
        "Action=SimulateCustomPolicy&Version=2010-05-08, ValidationError",
        "Action=SimulatePrincipalPolicy&Version=2010-05-08, ValidationError",
        "Action=GetContextKeysForCustomPolicy&Version=2010-05-08, ValidationError",
        "Action=%ff&Version=2010-05-08,               MalformedQueryString",
        "Action=A&Action=B,                           MalformedQueryString"
    })
    void request_notOneOfOurs_refused(String body, String code) {
        Answer answer = API.ask(body, "127.0.0.1", FORM, "");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("Error/Code")).isEqualTo(code);
        assertThat(answer.text("Error/Type")).isEqualTo("Sender");
        assertThat(answer.text("RequestId")).isNotEmpty();
    }

    @Test
    void request_otherContentType_refused() {
        for (String type : List.of("application/json", "", "multipart/form-data", "text/plain")) {
            assertThat(API.ask("Action=GetCallerIdentity&Version=2011-06-15", "127.0.0.1", type, "")
                            .status())
                    .isEqualTo(415);
        }
        assertThat(API.ask("Action=GetCallerIdentity&Version=2011-06-15", "127.0.0.1", FORM + "; charset=utf-8", "")
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1,        LOOPBACK, 200",
        "127.8.0.1,        LOOPBACK, 200",
        "::1,              LOOPBACK, 200",
        "'',               LOOPBACK, 200",
        "10.0.0.1,         LOOPBACK, 403",
        "0.0.0.0,          LOOPBACK, 403",
        "::ffff:10.0.0.1,  LOOPBACK, 403",
        "localhost,        LOOPBACK, 403",
        "10.0.0.1,         ANYWHERE, 200"
    })
    void request_fromAddress_onlyWithinReach(String address, Reach reach, int status) {
        Api api = new Api(Optional.empty(), Api.options(reach));
        assertThat(api.ask("Action=GetCallerIdentity&Version=2011-06-15", address, FORM, "")
                        .status())
                .isEqualTo(status);
    }

    @Test
    void getCallerIdentity_anyAuthorization_keyIdOrStandard() {
        String body = "Action=GetCallerIdentity&Version=2011-06-15";
        String known = "AWS4-HMAC-SHA256 Credential=AKIAALICE/20260101/us-east-1/sts/aws4_request, SignedHeaders=host,"
                + " Signature=0";
        assertThat(API.ask(body, "::1", FORM, known).text("GetCallerIdentityResult/Arn"))
                .isEqualTo(ALICE);
        for (String other : List.of(
                "",
                "Basic YTpi",
                known.replace("AKIAALICE", "AKIABOB"),
                known.replace("AKIAALICE/", "AKIAALICE"),
                known.replace("AWS4", "AWS5"),
                "AWS4-HMAC-SHA256 Credential=" + "A".repeat(60_000) + "/")) {
            assertThat(API.ask(body, "::1", FORM, other).text("GetCallerIdentityResult/Arn"))
                    .isEqualTo("arn:aws:iam::" + Api.ACCOUNT + ":root");
        }
    }

    /** Without a principal configured, the accounts of the store are all alike. */
    @Test
    void simulatePrincipalPolicy_nobodyConfigured_everyAccountOfTheStore() {
        Store store = Store.builder()
                .policy("own", Api.ALLOW_GET)
                .user("arn:aws:iam::111122223333:user/alice", user -> user.attach("own"))
                .user("arn:aws:iam::444455556666:user/erin", user -> user.attach("own"))
                .build();
        Api api = new Api(Optional.of(store), AwsApiOptions.DEFAULTS);
        for (String arn : store.users().keySet()) {
            Map<String, String> form = Api.iam("SimulatePrincipalPolicy");
            form.put("PolicySourceArn", arn);
            form.put("ActionNames.member.1", "s3:GetObject");
            assertThat(api.ask(form).first("SimulatePrincipalPolicy").text("EvalDecision"))
                    .isEqualTo("allowed");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "arn:aws:iam::123456789012:root",
                "arn:aws:sts::123456789012:assumed-role/r/s",
                "arn:aws:iam::123456789012:policy/p",
                "arn:aws:iam::123456789012:user/",
                "alice",
                "*"
            })
    void simulatePrincipalPolicy_noEntity_refused(String arn) {
        Map<String, String> form = Api.iam("SimulatePrincipalPolicy");
        form.put("PolicySourceArn", arn);
        form.put("ActionNames.member.1", "s3:GetObject");
        assertThat(API.ask(form).error()).isEqualTo("InvalidInput: Invalid ARN provided in the request: " + arn);
    }

    /** The policy stands last: every part of it is no policy, so nothing may be allowed. Its name alone is an empty list. */
    @Test
    void simulateCustomPolicy_cutAnywhere_neverAllowed() {
        String body = "Action=SimulateCustomPolicy&Version=2010-05-08&ActionNames.member.1=s3%3AGetObject"
                + "&PolicyInputList.member.1=" + URLEncoder.encode(Api.ALLOW_GET, StandardCharsets.UTF_8);
        assertThat(API.ask(body, "::1", FORM, "").status()).isEqualTo(200);
        for (int i = 0; i < body.length(); i++) {
            Answer answer = API.ask(body.substring(0, i), "::1", FORM, "");
            boolean empty = body.substring(0, i).endsWith("&PolicyInputList");
            assertThat(answer.status()).as(body.substring(0, i)).isEqualTo(empty ? 200 : 400);
            assertThat(answer.texts("SimulateCustomPolicyResult/EvaluationResults/member/EvalDecision"))
                    .isEqualTo(empty ? List.of("implicitDeny") : List.of());
        }
    }

    /** Whatever a byte becomes: an answer in AWS's form, and never an error of the endpoint's own. */
    @Test
    void simulateCustomPolicy_everyByteChanged_answered() {
        String body = "Action=SimulateCustomPolicy&Version=2010-05-08&ActionNames.member.1=s3:GetObject&MaxItems=7"
                + "&ResourceArns.member.1=arn:aws:s3:::b/k&ContextEntries.member.1.ContextKeyName=aws:SourceIp"
                + "&ContextEntries.member.1.ContextKeyValues.member.1=10.0.0.1&ContextEntries.member.1.ContextKeyType=ip"
                + "&PolicyInputList.member.1=" + Api.ALLOW_GET.replace("Allow", "Deny");
        for (int i = 0; i < body.length(); i++) {
            for (char c : new char[] {'\0', '%', '&', '=', '*', '9', '\u00ff'}) {
                String changed = body.substring(0, i) + c + body.substring(i + 1);
                Answer answer = API.ask(changed, "::1", FORM, "");
                assertThat(answer.status()).as(changed).isIn(200, 400);
                assertThat(answer.texts("SimulateCustomPolicyResult/EvaluationResults/member/EvalDecision"))
                        .as(changed)
                        .doesNotContain("allowed");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "[]",
                "null",
                "\"\"",
                "{\"Version\":\"2012-10-17\"}",
                "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"*\"}}",
                "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"allow\",\"Action\":\"*\",\"Resource\":\"*\"}}",
                "{\"Version\":\"2013-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"}}",
                "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"}} x",
                "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\",\"Condition\":{\"StringLooksLike\":{\"a:b\":\"c\"}}}}",
                "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"},\"Statement\":[]}",
                "\u0001{}",
                "\u0100{}"
            })
    void simulateCustomPolicy_noPolicy_refused(String policy) {
        Answer answer = API.ask(Api.custom(policy));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("Error/Code")).isIn("InvalidInput", "ValidationError");
        Map<String, String> form = Api.custom(Api.ALLOW_GET);
        Api.list(form, "PermissionsBoundaryPolicyInputList", List.of(policy));
        assertThat(API.ask(form).status()).isEqualTo(400);
    }

    @Test
    void simulateCustomPolicy_deeplyNested_refused() {
        for (String policy : List.of("[".repeat(100_000), "{\"a\":".repeat(20_000), "{\"Statement\":[".repeat(9_000))) {
            assertThat(API.ask(Api.custom(policy)).text("Error/Code")).isEqualTo("InvalidInput");
        }
    }

    @Test
    void simulateCustomPolicy_tooManyDecisions_refusedUnlessInPages() {
        Map<String, String> form = Api.custom(Api.ALLOW_GET);
        Api.list(form, "ActionNames", numbered(1_000, "s3:Action"));
        Api.list(form, "ResourceArns", numbered(20, "arn:aws:s3:::b/"));
        form.put("MaxItems", "1000");
        assertThat(API.ask(form).error())
                .startsWith("InvalidInput: More than 10000 simulations of an action on a resource on one page");
        form.put("MaxItems", "500");
        Answer page = API.ask(form);
        assertThat(page.text("SimulateCustomPolicyResult/IsTruncated")).isEqualTo("true");
        assertThat(page.elements("SimulateCustomPolicyResult/EvaluationResults/member"))
                .hasSize(500);
    }

    private static List<String> numbered(int count, String prefix) {
        return IntStream.range(0, count).mapToObj(i -> prefix + i).toList();
    }

    /** A megabyte of policies, times thousands of decisions. */
    @Test
    void simulateCustomPolicy_tooManyMatches_refusedInTime() {
        String statement = "{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"}";
        String policy = "{\"Statement\":[" + String.join(",", Collections.nCopies(2_700, statement)) + "]}";
        Map<String, String> form = Api.custom(policy, policy);
        Api.list(form, "ActionNames", numbered(100, "s3:Action"));
        Api.list(form, "ResourceArns", numbered(100, "arn:aws:s3:::b/"));
        Answer answer = Assertions.assertTimeout(Duration.ofSeconds(60), () -> API.ask(form));
        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.error()).startsWith("PolicyEvaluation: More than 100000 matched statements on one page");
    }

    @Test
    void simulateCustomPolicy_manyKeysAndPolicies_refusedInTime() {
        Map<String, String> keys = Api.custom(Api.ALLOW_GET);
        for (int i = 1; i <= 20_000; i++) {
            Api.context(keys, i, "app:key" + i, "string", "v");
        }
        Answer answer = Assertions.assertTimeout(Duration.ofSeconds(60), () -> API.ask(keys));
        assertThat(answer.text("Error/Code")).isEqualTo("InvalidInput");

        Map<String, String> levels = Api.custom(Api.ALLOW_GET);
        for (int i = 1; i <= 11; i++) {
            levels.put(
                    "OrderedOrganizationPolicyInputList.member." + i + ".ServiceControlPolicyInputList.member.1",
                    Api.ALLOW_GET);
        }
        assertThat(API.ask(levels).first("SimulateCustomPolicy").text("EvalDecision"))
                .isEqualTo("allowed");
        levels.put(
                "OrderedOrganizationPolicyInputList.member.12.ServiceControlPolicyInputList.member.1", Api.ALLOW_GET);
        assertThat(API.ask(levels).error()).isEqualTo("InvalidInput: More than 11 levels of organization policies.");
    }

    /** Conditions by the thousand, on addresses and on what the simulator puts in. */
    @Test
    void simulateCustomPolicy_manyConditions_decidedInTime() {
        String addresses = String.join(
                ",",
                IntStream.range(0, 7_000)
                        .mapToObj(i -> "\"10." + i / 250 + "." + i % 250 + ".0/24\"")
                        .toList());
        String byAddress =
                "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\","
                        + "\"Condition\":{\"IpAddress\":{\"aws:SourceIp\":[" + addresses + "]}}}}";
        String byAccount = "{\"Version\":\"2012-10-17\",\"Statement\":["
                + String.join(
                        ",",
                        Collections.nCopies(
                                1_000,
                                "{\"Effect\":\"Deny\",\"Action\":\"*\",\"Resource\":\"*\",\"Condition\":"
                                        + "{\"StringEquals\":{\"aws:PrincipalAccount\":\"<0>\"}}}"))
                + "]}";
        Map<String, String> form = Api.custom(byAddress, byAccount);
        Api.context(form, 1, "aws:SourceIp", "ip", "10.27.249.9");
        Answer allowed = Assertions.assertTimeout(Duration.ofSeconds(60), () -> API.ask(form));
        assertThat(allowed.first("SimulateCustomPolicy").text("EvalDecision")).isEqualTo("allowed");
        Api.context(form, 1, "aws:SourceIp", "ip", "10.28.0.9");
        Answer denied = Assertions.assertTimeout(Duration.ofSeconds(60), () -> API.ask(form));
        assertThat(denied.first("SimulateCustomPolicy").text("EvalDecision")).isEqualTo("implicitDeny");
        assertThat(denied.first("SimulateCustomPolicy").missing()).containsExactly("aws:PrincipalAccount");
    }

    @Test
    void simulateCustomPolicy_markers_positionsOnly() {
        Map<String, String> form = Api.custom(Api.ALLOW_GET);
        Api.list(form, "ActionNames", numbered(3, "s3:Action"));
        form.put("MaxItems", "2");
        Answer first = API.ask(form);
        form.put("Marker", first.text("SimulateCustomPolicyResult/Marker"));
        Answer second = API.ask(form);
        assertThat(second.texts("SimulateCustomPolicyResult/EvaluationResults/member/EvalActionName"))
                .containsExactly("s3:Action2");
        assertThat(second.text("SimulateCustomPolicyResult/IsTruncated")).isEqualTo("false");
        assertThat(second.texts("SimulateCustomPolicyResult/Marker")).isEmpty();
        // Changed questions aren't noticed; past the end nothing is left (section 4.1).
        Api.list(form, "ActionNames", numbered(1, "s3:Other"));
        Answer past = API.ask(form);
        assertThat(past.status()).isEqualTo(200);
        assertThat(past.elements("SimulateCustomPolicyResult/EvaluationResults/member"))
                .isEmpty();
    }
}
