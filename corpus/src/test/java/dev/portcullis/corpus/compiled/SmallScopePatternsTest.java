package dev.portcullis.corpus.compiled;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.Decision;
import dev.portcullis.corpus.generate.PolicyDraft.Condition;
import dev.portcullis.corpus.generate.PolicyDraft.Entries;
import dev.portcullis.corpus.generate.PolicyDraft.Statement;
import dev.portcullis.policy.ConditionOperator;
import dev.portcullis.policy.ContextValue;
import dev.portcullis.policy.Effect;
import dev.portcullis.policy.Semantics;
import dev.portcullis.policy.Semantics.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every small pattern against every small text, engine against reference. */
class SmallScopePatternsTest {

    private static final String BUCKET = "arn:aws:s3:::";
    private static final List<String> PATTERNS = SmallScope.texts("ab*?", 5);
    private static final List<String> TEXTS = SmallScope.texts("ab", 6);

    /** One text, as a resource or as a context value. */
    private record Asked(String resource, Map<String, ContextValue> context) {}

    @Test
    void resource_everySmallPattern_matchesAsReference() {
        List<Statement> statements =
                PATTERNS.stream().map(pattern -> resource(BUCKET + pattern)).toList();
        List<Asked> asked =
                TEXTS.stream().map(text -> new Asked(BUCKET + text, Map.of())).toList();

        compare(new ManyStatements(statements, ManyStatements.ONE_SERVICE, Semantics.defaults()), asked, 173_355);
        compare(new ManyStatements(statements, ManyStatements.OWN_SERVICES, Semantics.defaults()), asked, 173_355);
    }

    @ParameterizedTest
    @ValueSource(strings = {"StringLike", "ForAllValues:StringNotLike"})
    void stringLike_everySmallPattern_matchesAsReference(String operator) {
        List<Statement> statements = PATTERNS.stream()
                .map(pattern -> condition(operator, "svc:text", pattern))
                .toList();
        List<Asked> asked = TEXTS.stream().map(text -> value("svc:text", text)).toList();

        compare(new ManyStatements(statements, ManyStatements.ONE_SERVICE, Semantics.defaults()), asked, 173_355);
    }

    /** L43, L44, L48, U8, U27: colons in the head and the rest, shortened ARNs included. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void resource_everySmallHead_matchesAsReference(boolean starsCross) {
        compareHeads(6, 7, starsCross, 45_000);
    }

    @Tag("nightly")
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void resource_everyHead_matchesAsReference(boolean starsCross) {
        compareHeads(8, 9, starsCross, 1_000_000);
    }

    private static void compareHeads(int patternUnits, int textUnits, boolean starsCross, int least) {
        Semantics semantics = Semantics.defaults().with(Point.STAR_ENDING_A_FIELD_CROSSES_COLONS, starsCross);
        List<Statement> statements = SmallScope.texts("a*?:", patternUnits).stream()
                .filter(rest -> SmallScope.colons(rest) >= Math.max(1, rest.length() - 3))
                .map(rest -> resource("arn:" + rest))
                .toList();

        compare(new ManyStatements(statements, ManyStatements.ONE_SERVICE, semantics), heads(textUnits), least);
    }

    /** L116, L118, L120. */
    @ParameterizedTest
    @ValueSource(strings = {"ArnLike", "ArnNotEquals"})
    void arnLike_everySmallHead_matchesAsReference(String operator) {
        compareArns(operator, 6, 7, 30_000);
    }

    @Tag("nightly")
    @ParameterizedTest
    @ValueSource(strings = {"ArnLike", "ArnNotEquals"})
    void arnLike_everyHead_matchesAsReference(String operator) {
        compareArns(operator, 7, 8, 250_000);
    }

    private static void compareArns(String operator, int patternUnits, int textUnits, int least) {
        List<Statement> statements = new ArrayList<>();
        for (String rest : SmallScope.texts("a*?:", patternUnits)) {
            if (SmallScope.colons(rest) >= Math.max(3, rest.length() - 3)) {
                statements.add(condition(operator, "svc:arn", "arn:" + rest));
            }
        }
        List<Asked> asked = new ArrayList<>();
        for (Asked head : heads(textUnits)) {
            asked.add(value("svc:arn", head.resource()));
        }

        compare(new ManyStatements(statements, ManyStatements.ONE_SERVICE, Semantics.defaults()), asked, least);
    }

    /** L136 to L146: V is a variable, W one with a default. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void variables_everySmallTemplate_matchAsReference(boolean wildcardsInValues) {
        compareTemplates(3, 3, wildcardsInValues, 55_000);
    }

    @Tag("nightly")
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void variables_everyTemplate_matchAsReference(boolean wildcardsInValues) {
        compareTemplates(4, 4, wildcardsInValues, 400_000);
    }

    private static void compareTemplates(int pieces, int textUnits, boolean wildcardsInValues, int least) {
        Semantics semantics = Semantics.defaults().with(Point.WILDCARDS_IN_VARIABLE_VALUES, wildcardsInValues);
        List<Statement> statements = new ArrayList<>();
        for (String template : SmallScope.texts("aVW*", pieces)) {
            String written = template.replace("V", "${svc:v}").replace("W", "${svc:w, 'a*'}");
            statements.add(resource(BUCKET + written));
            statements.add(resource("arn:aws:s" + written + ":::a"));
            statements.add(condition("StringLike", "svc:text", written));
            statements.add(condition("StringNotEqualsIgnoreCase", "svc:text", written));
        }
        List<Asked> asked = new ArrayList<>();
        for (String text : SmallScope.texts("a*", textUnits)) {
            for (String value : List.of("", "a", "*", "a*", "A:")) {
                Map<String, ContextValue> context =
                        Map.of("svc:v", new ContextValue.Single(value), "svc:text", new ContextValue.Single(text));
                asked.add(new Asked(BUCKET + text, context));
                asked.add(new Asked("arn:aws:s" + text + ":::a", context));
            }
            asked.add(new Asked(BUCKET + text, Map.of("svc:text", new ContextValue.Single(text))));
        }

        compare(new ManyStatements(statements, ManyStatements.ONE_SERVICE, semantics), asked, least);
    }

    /** ARNs of six fields or more over one letter. */
    private static List<Asked> heads(int longest) {
        return SmallScope.texts("a:", longest).stream()
                .filter(rest -> SmallScope.colons(rest) >= 4)
                .map(rest -> new Asked("arn:" + rest, Map.of()))
                .toList();
    }

    private static Statement resource(String pattern) {
        return Statement.of(Effect.ALLOW, Entries.of("*"), Entries.of(pattern));
    }

    private static Statement condition(String operator, String key, String value) {
        ConditionOperator parsed = ConditionOperator.parse(operator).orElseThrow();
        return Statement.of(Effect.ALLOW, Entries.of("*"), Entries.of("*"))
                .withConditions(List.of(new Condition(parsed, key, List.of(value))));
    }

    private static Asked value(String key, String text) {
        return new Asked("*", Map.of(key, new ContextValue.Single(text)));
    }

    private static void compare(ManyStatements statements, List<Asked> asked, int least) {
        int compared = 0;
        int allowed = 0;
        for (int i = 0; i < statements.size(); i++) {
            for (Asked one : asked) {
                Decision expected = statements.byReference(i, one.resource(), one.context());
                Decision decided = statements.byEngine(i, one.resource(), one.context());
                if (decided != expected) {
                    assertThat(decided)
                            .as("%s against %s", statements.text(i), one)
                            .isEqualTo(expected);
                }
                compared++;
                allowed += decided == Decision.ALLOW ? 1 : 0;
            }
        }
        assertThat(compared).isGreaterThanOrEqualTo(least);
        assertThat(allowed).isBetween(1, compared - 1);
    }
}
