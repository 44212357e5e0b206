package dev.portcullis.corpus.compiled;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.Decision;
import dev.portcullis.corpus.generate.PolicyDraft.Condition;
import dev.portcullis.corpus.generate.PolicyDraft.Entries;
import dev.portcullis.corpus.generate.PolicyDraft.Statement;
import dev.portcullis.corpus.generate.Values;
import dev.portcullis.policy.ConditionOperator;
import dev.portcullis.policy.ConditionOperator.Comparison;
import dev.portcullis.policy.ConditionOperator.Family;
import dev.portcullis.policy.ConditionOperator.Quantifier;
import dev.portcullis.policy.ContextValue;
import dev.portcullis.policy.Effect;
import dev.portcullis.policy.Semantics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every operator against every value of its table, engine against reference. */
class OperatorCrossProductTest {

    private static final String KEY = "svc:k";

    /** Of each table, as many values as every form of the operator is tried with. */
    private static final int FEW = 16;

    private int compared;
    private int allowed;

    /** Each value of the policy with each value of the request: whole tables, the operator plain. */
    @ParameterizedTest
    @EnumSource(Comparison.class)
    void plain_everyValueWithEveryValue_asReference(Comparison comparison) {
        List<Statement> statements = new ArrayList<>();
        ConditionOperator plain = new ConditionOperator(Quantifier.NONE, comparison, false);
        for (String wanted : wanted(comparison.family())) {
            statements.add(statement(Effect.ALLOW, plain, List.of(wanted)));
        }
        List<Optional<ContextValue>> contexts = new ArrayList<>(List.of(Optional.empty()));
        for (String requested : requested(comparison.family())) {
            contexts.add(Optional.of(new ContextValue.Single(requested)));
        }

        compare(statements, contexts);

        assertThat(compared).isEqualTo(statements.size() * contexts.size());
        assertThat(allowed).isBetween(1, compared - 1);
    }

    /** Every form: quantifiers, IfExists, both effects, no value to two, against a key absent, single and multivalued. */
    @ParameterizedTest
    @EnumSource(Comparison.class)
    void everyForm_fewValues_asReference(Comparison comparison) {
        List<String> wanted = few(wanted(comparison.family()));
        List<List<String>> lists = new ArrayList<>(List.of(List.of()));
        for (int i = 0; i < wanted.size(); i++) {
            lists.add(List.of(wanted.get(i)));
            lists.add(List.of(wanted.get(i), wanted.get((i + 3) % wanted.size())));
        }
        List<Statement> statements = new ArrayList<>();
        for (Quantifier quantifier : Quantifier.values()) {
            for (boolean ifExists :
                    comparison == Comparison.NULL ? new boolean[] {false} : new boolean[] {false, true}) {
                for (Effect effect : Effect.values()) {
                    for (List<String> list : lists) {
                        statements.add(
                                statement(effect, new ConditionOperator(quantifier, comparison, ifExists), list));
                    }
                }
            }
        }
        List<String> requested = few(requested(comparison.family()));
        List<Optional<ContextValue>> contexts =
                new ArrayList<>(List.of(Optional.empty(), Optional.of(new ContextValue.Multiple(List.of()))));
        for (int i = 0; i < requested.size(); i++) {
            String one = requested.get(i);
            contexts.add(Optional.of(new ContextValue.Single(one)));
            contexts.add(Optional.of(new ContextValue.Multiple(List.of(one))));
            contexts.add(
                    Optional.of(new ContextValue.Multiple(List.of(one, requested.get((i + 1) % requested.size())))));
        }

        compare(statements, contexts);

        assertThat(compared).isEqualTo(statements.size() * contexts.size());
        assertThat(allowed).isBetween(1, compared - 1);
    }

    private void compare(List<Statement> statements, List<Optional<ContextValue>> contexts) {
        ManyStatements all = new ManyStatements(statements, ManyStatements.OWN_SERVICES, Semantics.defaults());
        for (int i = 0; i < statements.size(); i++) {
            for (Optional<ContextValue> value : contexts) {
                Map<String, ContextValue> context =
                        value.map(present -> Map.of(KEY, present)).orElse(Map.of());
                Decision expected = all.byReference(i, "*", context);
                Decision decided = all.byEngine(i, "*", context);
                if (decided != expected) {
                    assertThat(decided)
                            .as("%s asked with %s", all.text(i), context)
                            .isEqualTo(expected);
                }
                compared++;
                allowed += decided == Decision.ALLOW ? 1 : 0;
            }
        }
    }

    private static Statement statement(Effect effect, ConditionOperator operator, List<String> values) {
        return Statement.of(effect, Entries.of("*"), Entries.of("*"))
                .withConditions(List.of(new Condition(operator, KEY, values)));
    }

    private static List<String> wanted(Family family) {
        return switch (family) {
            case STRING -> {
                List<String> texts = new ArrayList<>(Values.TEXTS);
                texts.addAll(List.of("a*b*", "*?", "${svc:k}", "${svc:none}", "${svc:none, 'a'}b", "${*}", "*${?}*"));
                yield texts;
            }
            case NUMERIC -> Values.NUMBERS;
            case DATE -> Values.DATES;
            case BOOL, NULL -> Values.BOOLEANS;
            case BINARY -> Values.BASE64;
            case IP -> {
                List<String> blocks = new ArrayList<>(Values.BLOCKS);
                blocks.addAll(Values.ADDRESSES);
                yield blocks;
            }
            case ARN -> {
                List<String> arns = new ArrayList<>(Values.ARN_PATTERNS);
                arns.addAll(Values.ARNS);
                yield arns;
            }
        };
    }

    private static List<String> requested(Family family) {
        List<String> values = new ArrayList<>(
                switch (family) {
                    case STRING -> Values.TEXTS;
                    case NUMERIC -> Values.NUMBERS;
                    case DATE -> Values.DATES;
                    case BOOL, NULL -> Values.BOOLEANS;
                    case BINARY -> Values.BASE64;
                    case IP -> Values.ADDRESSES;
                    case ARN -> Values.ARNS;
                });
        values.addAll(Values.BROKEN_TEXTS);
        values.addAll(List.of("QQ", "QR==", "QQ== ", "text"));
        return values;
    }

    /** Some of a table, from all over it. */
    private static List<String> few(List<String> table) {
        List<String> few = new ArrayList<>();
        for (int i = 0; i < FEW; i++) {
            String value = table.get(i * table.size() / FEW);
            if (!few.contains(value)) {
                few.add(value);
            }
        }
        return few;
    }
}
