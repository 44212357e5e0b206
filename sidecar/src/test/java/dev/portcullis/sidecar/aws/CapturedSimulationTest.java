package dev.portcullis.sidecar.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.sidecar.aws.Api.Answer;
import dev.portcullis.sidecar.aws.Api.Result;
import dev.portcullis.sidecar.json.JsonNode;
import dev.portcullis.sidecar.json.JsonNode.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every answer of the live simulator to SimulateCustomPolicy that was captured, its own ways included (section 4.1). */
class CapturedSimulationTest {

    private static final String NOBODY = "arn:aws:iam::" + Api.ACCOUNT + ":user/simulated";
    private static final Api API = new Api();

    static Stream<Captured> cases() throws Exception {
        List<Captured> cases = new ArrayList<>(Captured.of("live-aws.jsonl"));
        cases.removeIf(one -> !one.has("matchedStatements"));
        cases.addAll(Captured.of("simulator-quirks.jsonl"));
        return cases.stream();
    }

    @Test
    void captures_all_areHere() throws Exception {
        assertThat(cases().count()).isEqualTo(141 + 28);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void simulateCustomPolicy_captured_asLive(Captured one) {
        Answer answer = API.ask(form(one));
        assertThat(answer.status()).as(answer.root().getTextContent()).isEqualTo(200);
        Result result = answer.first("SimulateCustomPolicy");
        assertThat(result.text("EvalActionName")).isEqualTo(one.text("request", "action"));
        assertThat(result.text("EvalResourceName")).isEqualTo(one.text("request", "resource", "arn"));
        assertThat(result.text("EvalDecision")).isEqualTo(Api.decision(one.text("expect")));
        assertThat(result.missing())
                .containsExactlyInAnyOrderElementsOf(
                        one.list("missingContext").stream().map(JsonNode::text).toList());
        assertThat(result.matched())
                .containsExactlyInAnyOrderElementsOf(one.list("matchedStatements").stream()
                        .map(CapturedSimulationTest::place)
                        .toList());
        assertThat(result.has("PermissionsBoundaryDecisionDetail")).isEqualTo(one.has("permissionBoundaries"));
        assertThat(result.has("OrganizationsDecisionDetail")).isEqualTo(one.has("serviceControlPolicies"));
        boolean everything = one.text("request", "resource", "arn").equals("*");
        assertThat(result.has("EvalDecisionDetails")).isEqualTo(!everything);
        Map<String, String> details = new HashMap<>();
        one.at("decisionDetails")
                .ifPresent(node -> node.members().forEach((key, value) -> details.put(key, value.text())));
        assertThat(result.details()).isEqualTo(details);
    }

    private static String place(JsonNode statement) {
        return statement.members().get("policy").text() + " ("
                + statement.members().get("type").text() + ") "
                + pair(statement.members().get("start")) + "-"
                + pair(statement.members().get("end"));
    }

    private static String pair(JsonNode numbers) {
        return numbers.elements().get(0).text() + ":"
                + numbers.elements().get(1).text();
    }

    /** What a client sends for such an answer: the put-in context is left to the simulator. */
    private static Map<String, String> form(Captured one) {
        Map<String, String> form = Api.iam("SimulateCustomPolicy");
        Api.list(form, "PolicyInputList", documents(one, "identityPolicies"));
        if (one.has("permissionBoundaries")) {
            Api.list(form, "PermissionsBoundaryPolicyInputList", documents(one, "permissionBoundaries"));
        }
        List<JsonNode> levels = one.list("serviceControlPolicies");
        for (int i = 0; i < levels.size(); i++) {
            Api.list(
                    form,
                    "OrderedOrganizationPolicyInputList.member." + (i + 1) + ".ServiceControlPolicyInputList",
                    levels.get(i).members().get("policies").elements().stream()
                            .map(one::document)
                            .toList());
        }
        Api.list(form, "ActionNames", List.of(one.text("request", "action")));
        if (!one.text("request", "resource", "arn").equals("*")) {
            Api.list(form, "ResourceArns", List.of(one.text("request", "resource", "arn")));
        }
        one.at("policyTexts", "ResourcePolicy").ifPresent(text -> form.put("ResourcePolicy", text.text()));
        String principal = one.text("request", "principal");
        if (!principal.equals(NOBODY)) {
            form.put("CallerArn", principal);
        }
        String owner = one.text("request", "resource", "accountId");
        if (!owner.equals(Api.ACCOUNT)) {
            form.put("ResourceOwner", "arn:aws:iam::" + owner + ":root");
        }
        addContext(one, principal, form);
        return form;
    }

    private static void addContext(Captured one, String principal, Map<String, String> form) {
        Map<String, String> putIn = Map.of(
                "aws:PrincipalAccount",
                Api.ACCOUNT,
                "aws:userid",
                "(simulator-default)",
                "aws:PrincipalArn",
                principal,
                "aws:username",
                principal.substring(principal.lastIndexOf('/') + 1));
        int number = 0;
        for (Map.Entry<String, JsonNode> entry :
                one.at("request", "context").orElseThrow().members().entrySet()) {
            JsonNode value = entry.getValue();
            boolean several = value.is(Kind.ARRAY);
            if (several
                    || !value.text()
                            .equals(Optional.ofNullable(putIn.get(entry.getKey()))
                                    .orElse(""))) {
                number++;
                Api.context(
                        form,
                        number,
                        entry.getKey(),
                        several ? "stringList" : "string",
                        several
                                ? value.elements().stream().map(JsonNode::text).toArray(String[]::new)
                                : new String[] {value.text()});
            }
        }
    }

    private static List<String> documents(Captured one, String name) {
        return one.list(name).stream().map(one::document).toList();
    }
}
