package dev.portcullis.sidecar.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.Store;
import dev.portcullis.sidecar.aws.Api.Answer;
import dev.portcullis.sidecar.aws.Api.Result;
import dev.portcullis.sidecar.json.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every captured answer of the live simulator to SimulatePrincipalPolicy: the decisions, all that was captured of them. */
class CapturedPrincipalSimulationTest {

    private static final String INPUT = "PolicyInputList.";

    static Stream<Captured> cases() throws Exception {
        return Captured.of("live-aws.jsonl").stream().filter(one -> !one.has("matchedStatements"));
    }

    @Test
    void captures_all_areHere() throws Exception {
        assertThat(cases().count()).isEqualTo(48);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void simulatePrincipalPolicy_captured_asLive(Captured one) {
        Answer answer = new Api(store(one)).ask(form(one));
        assertThat(answer.status()).as(answer.root().getTextContent()).isEqualTo(200);
        Result result = answer.first("SimulatePrincipalPolicy");
        assertThat(result.text("EvalDecision")).isEqualTo(Api.decision(one.text("expect")));
        // Section 4.1: the principal form always speaks of organizations, and of a boundary where there is one.
        assertThat(result.has("OrganizationsDecisionDetail")).isTrue();
        assertThat(result.has("PermissionsBoundaryDecisionDetail")).isEqualTo(one.has("permissionBoundaries"));
        assertThat(ids(one)).containsAll(result.matchedIds());
        assertThat(result.matchedIds().isEmpty()).isEqualTo(!one.text("expect").equals("ALLOW"));
    }

    private static List<String> ids(Captured one) {
        List<String> ids = new ArrayList<>();
        one.list("identityPolicies").forEach(policy -> ids.add(name(policy).replaceFirst(":.*", "")));
        if (one.has("resourcePolicy")) {
            ids.add("ResourcePolicy");
        }
        return ids;
    }

    private static String name(JsonNode policy) {
        return policy.members().get("name").text();
    }

    /** The principal with the policies that took part, in a store. */
    private static Store store(Captured one) {
        Store.Builder store = Store.builder();
        Map<String, String> texts = new HashMap<>();
        List<String> own = new ArrayList<>();
        List<String> ofGroup = new ArrayList<>();
        for (JsonNode policy : one.list("identityPolicies")) {
            if (!name(policy).startsWith(INPUT)) {
                String name = stored(name(policy));
                texts.put(name, one.document(policy));
                (name.startsWith("group/") ? ofGroup : own).add(name);
            }
        }
        List<String> boundary = new ArrayList<>();
        for (JsonNode policy : one.list("permissionBoundaries")) {
            texts.put(stored(name(policy)), one.document(policy));
            boundary.add(stored(name(policy)));
        }
        texts.forEach(store::policy);
        String principal = one.text("request", "principal");
        if (principal.contains(":role/")) {
            store.role(principal, role -> {
                role.attach(own.toArray(new String[0]));
                boundary.forEach(role::boundary);
            });
        } else {
            String group = "arn:aws:iam::" + Api.ACCOUNT + ":group/simulation/group";
            store.group(group, ofGroup.toArray(new String[0]));
            store.user(principal, user -> {
                user.attach(own.toArray(new String[0])).group(group);
                boundary.forEach(user::boundary);
            });
        }
        return store.build();
    }

    /** {@code user_NAME_POLICY} is inline. */
    private static String stored(String id) {
        String[] parts = id.split("_", 3);
        return parts.length == 3 ? String.join("/", parts) : "arn:aws:iam::" + Api.ACCOUNT + ":policy/simulation/" + id;
    }

    private static Map<String, String> form(Captured one) {
        Map<String, String> form = Api.iam("SimulatePrincipalPolicy");
        form.put("PolicySourceArn", one.text("request", "principal"));
        Api.list(form, "ActionNames", List.of(one.text("request", "action")));
        Api.list(form, "ResourceArns", List.of(one.text("request", "resource", "arn")));
        List<String> inputs = one.list("identityPolicies").stream()
                .filter(policy -> name(policy).startsWith(INPUT))
                .map(one::document)
                .toList();
        if (!inputs.isEmpty()) {
            Api.list(form, "PolicyInputList", inputs);
        }
        one.at("resourcePolicy").ifPresent(policy -> form.put("ResourcePolicy", Captured.json(policy)));
        return form;
    }
}
