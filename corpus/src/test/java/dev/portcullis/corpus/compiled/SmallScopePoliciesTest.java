package dev.portcullis.corpus.compiled;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.Decision;
import dev.portcullis.Engine;
import dev.portcullis.Request;
import dev.portcullis.Store;
import dev.portcullis.corpus.generate.PolicyDraft;
import dev.portcullis.corpus.generate.PolicyDraft.Condition;
import dev.portcullis.corpus.generate.PolicyDraft.Entries;
import dev.portcullis.corpus.generate.PolicyDraft.Statement;
import dev.portcullis.corpus.reference.ReferenceEvaluator;
import dev.portcullis.corpus.reference.ReferencePolicy;
import dev.portcullis.corpus.reference.Situation;
import dev.portcullis.policy.Checks;
import dev.portcullis.policy.ConditionOperator;
import dev.portcullis.policy.ContextValue;
import dev.portcullis.policy.Effect;
import dev.portcullis.policy.PolicyType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * All policies of up to two statements out of 384 (2 effects, 8 actions, 6 resources, 4 conditions), each with 27 requests
 * (3 actions, 3 resources, 3 contexts): engine against reference.
 */
class SmallScopePoliciesTest {

    private static final String ACCOUNT = "111122223333";

    private static final List<Entries> ACTIONS = List.of(
            Entries.of("a:x"),
            Entries.of("a:*"),
            Entries.of("*"),
            Entries.of("A:?"),
            Entries.of("b:x"),
            Entries.of("a:x", "b:*"),
            Entries.not("a:x"),
            Entries.not("a:*"));

    private static final List<Entries> RESOURCES = List.of(
            Entries.of("*"),
            Entries.of("arn:aws:s:::v"),
            Entries.of("arn:aws:s:::v*"),
            Entries.of("arn:aws:s:::${svc:v}"),
            Entries.not("arn:aws:s:::v"),
            Entries.not("arn:aws:s:::${svc:v}"));

    private static final List<List<Condition>> CONDITIONS = List.of(
            List.of(),
            List.of(condition("StringEquals", "v")),
            List.of(condition("StringNotLike", "v*")),
            List.of(condition("Null", "true")));

    private static final List<String> ASKED_ACTIONS = List.of("a:x", "a:y", "b:x");
    private static final List<String> ASKED_RESOURCES = List.of("*", "arn:aws:s:::v", "arn:aws:s:::w");
    private static final List<Map<String, ContextValue>> CONTEXTS = List.of(
            Map.of(),
            Map.of("svc:k", new ContextValue.Single("v"), "svc:v", new ContextValue.Single("v")),
            Map.of("svc:k", new ContextValue.Single("w"), "svc:v", new ContextValue.Multiple(List.of("v"))));

    private final List<PolicyDraft> drafts = drafts();
    private final List<ReferencePolicy> references = drafts.stream()
            .map(draft -> ReferencePolicy.read("p", PolicyType.IDENTITY, draft.text(), Map.of()))
            .toList();

    private static Condition condition(String operator, String value) {
        return new Condition(ConditionOperator.parse(operator).orElseThrow(), "svc:k", List.of(value));
    }

    /** Each of the 384 statements as a policy. */
    private static List<PolicyDraft> drafts() {
        List<PolicyDraft> drafts = new ArrayList<>();
        for (Effect effect : Effect.values()) {
            for (Entries action : ACTIONS) {
                for (Entries resource : RESOURCES) {
                    for (List<Condition> conditions : CONDITIONS) {
                        drafts.add(PolicyDraft.of(
                                Statement.of(effect, action, resource).withConditions(conditions)));
                    }
                }
            }
        }
        return drafts;
    }

    @Test
    void policies_allOfUpToTwoStatements_decidedAsReference() {
        assertThat(compare()).isEqualTo(27 * 74_305);
    }

    /** How many decisions. */
    private int compare() {
        Store.Builder store = Store.builder().checks(Checks.STORED);
        for (int i = 0; i < drafts.size(); i++) {
            store.policy("p" + i, drafts.get(i).text());
            store.policy("q" + i, drafts.get(i).text());
        }
        List<int[]> policies = policies();
        for (int[] policy : policies) {
            store.user(caller(policy), user -> {
                for (int i = 0; i < policy.length; i++) {
                    user.attach((i == 0 ? "p" : "q") + policy[i]);
                }
            });
        }
        Engine engine = Engine.compile(store.build());
        Request request = engine.newRequest();
        Map<Decision, Integer> counts = new EnumMap<>(Decision.class);
        for (int[] policy : policies) {
            List<ReferencePolicy> attached =
                    Arrays.stream(policy).mapToObj(references::get).toList();
            for (String action : ASKED_ACTIONS) {
                for (String resource : ASKED_RESOURCES) {
                    for (Map<String, ContextValue> context : CONTEXTS) {
                        Decision expected = ReferenceEvaluator.decide(Situation.builder()
                                .principal(caller(policy))
                                .action(action)
                                .resource(resource, ACCOUNT)
                                .context(context)
                                .identityPolicies(attached)
                                .build());
                        Decision decided = decide(engine, request, caller(policy), action, resource, context);
                        if (decided != expected) {
                            assertThat(decided)
                                    .as(
                                            "%s asks %s on %s with %s of %s",
                                            caller(policy),
                                            action,
                                            resource,
                                            context,
                                            Arrays.stream(policy)
                                                    .mapToObj(number ->
                                                            drafts.get(number).text())
                                                    .toList())
                                    .isEqualTo(expected);
                        }
                        counts.merge(decided, 1, Integer::sum);
                    }
                }
            }
        }
        assertThat(counts).containsKeys(Decision.values());
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }

    private static Decision decide(
            Engine engine,
            Request request,
            String caller,
            String action,
            String resource,
            Map<String, ContextValue> context) {
        request.clear()
                .contextAsGiven()
                .principal(caller)
                .action(action)
                .resource(resource)
                .resourceAccount(ACCOUNT);
        context.forEach((key, value) -> {
            if (value instanceof ContextValue.Single single) {
                request.context(key, single.value());
            } else {
                request.contextValues(key, value.values());
            }
        });
        return engine.decide(request);
    }

    private static String caller(int[] policy) {
        StringBuilder caller = new StringBuilder("arn:aws:iam::" + ACCOUNT + ":user/u");
        for (int number : policy) {
            caller.append('-').append(number);
        }
        return caller.toString();
    }

    private static List<int[]> policies() {
        List<int[]> policies = new ArrayList<>();
        policies.add(new int[0]);
        for (int i = 0; i < 384; i++) {
            policies.add(new int[] {i});
        }
        for (int i = 0; i < 384; i++) {
            for (int j = i; j < 384; j++) {
                policies.add(new int[] {i, j});
            }
        }
        return policies;
    }
}
