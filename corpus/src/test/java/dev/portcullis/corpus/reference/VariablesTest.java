package dev.portcullis.corpus.reference;

import static dev.portcullis.corpus.reference.Scenes.document;
import static dev.portcullis.corpus.reference.Scenes.holds;
import static dev.portcullis.corpus.reference.Scenes.reads;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.Decision;
import dev.portcullis.policy.ContextValue;
import dev.portcullis.policy.ContextValue.Multiple;
import dev.portcullis.policy.ContextValue.Single;
import dev.portcullis.policy.PolicyType;
import dev.portcullis.policy.Semantics;
import dev.portcullis.policy.Semantics.Point;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Section 6 of the language's rules. */
class VariablesTest {

    private static Map<String, ContextValue> context(String... pairs) {
        Map<String, ContextValue> context = new HashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            context.put(pairs[i], new Single(pairs[i + 1]));
        }
        return context;
    }

    @Test
    void variable_inStringOperators_isReplaced() {
        // L136, L137, L140, L149
        String condition = "{`StringEquals`:{`svc:key`:`${aws:PrincipalTag/Team}-${aws:username}`}}";
        assertThat(holds(
                        condition,
                        context("svc:key", "q-alice", "aws:principaltag/team", "q", "AWS:UserName", "alice")))
                .isTrue();
        assertThat(holds(condition, context("svc:key", "q-bob", "aws:principaltag/team", "q", "AWS:UserName", "alice")))
                .isFalse();
    }

    @Test
    void variable_value_isNotScannedAgain() {
        // L136
        String condition = "{`StringEquals`:{`svc:key`:`${svc:a}`}}";
        assertThat(holds(condition, context("svc:key", "${svc:b}", "svc:a", "${svc:b}", "svc:b", "x")))
                .isTrue();
        assertThat(holds(condition, context("svc:key", "x", "svc:a", "${svc:b}", "svc:b", "x")))
                .isFalse();
    }

    @Test
    void escapes_areLiteral() {
        // L138
        assertThat(holds("StringLike", "a${*}", "ab")).isFalse();
        assertThat(holds("StringLike", "a${*}", "a*")).isTrue();
        assertThat(holds("StringLike", "${?}*", "?x")).isTrue();
        assertThat(holds("StringEquals", "${$}{x}", "${x}")).isTrue();
        assertThat(holds("StringEquals", "$a$", "$a$")).isTrue();
    }

    @Test
    void fallback_isUsedWhenTheKeyIsAbsent() {
        // L139
        String condition = "{`StringEquals`:{`svc:key`:`${svc:a, 'de fault}'}!`}}";
        assertThat(holds(condition, context("svc:key", "de fault}!"))).isTrue();
        assertThat(holds(condition, context("svc:key", "x!", "svc:a", "x"))).isTrue();
        assertThat(holds(condition, context("svc:key", "!", "svc:a", ""))).isTrue();
        assertThat(holds("{`StringEquals`:{`svc:key`:`${svc:a, ''}`}}", context("svc:key", "")))
                .isTrue();
    }

    @Test
    void fallback_wildcards_areLiteral() {
        // U25 holds for all that a variable brings in.
        assertThat(holds("{`StringLike`:{`svc:key`:`${svc:a, '*'}`}}", context("svc:key", "x")))
                .isFalse();
        assertThat(holds("{`StringLike`:{`svc:key`:`${svc:a, '*'}`}}", context("svc:key", "*")))
                .isTrue();
    }

    @Test
    void multivaluedKey_hasNoValueAndNoDefault() {
        // L141 (live)
        Map<String, ContextValue> one =
                Map.of("svc:key", new Single("team"), "aws:TagKeys", new Multiple(List.of("team")));
        assertThat(holds("{`StringEquals`:{`svc:key`:`${aws:TagKeys}`}}", one)).isFalse();
        assertThat(holds("{`StringEquals`:{`svc:key`:`${aws:TagKeys, 'team'}`}}", one))
                .isFalse();
        assertThat(holds("{`StringNotEquals`:{`svc:key`:`${aws:TagKeys}`}}", one))
                .isTrue();
    }

    @Test
    void noValue_equalsNothing() {
        // L142, L143
        assertThat(holds("{`StringEquals`:{`svc:key`:`${svc:a}`}}", context("svc:key", "")))
                .isFalse();
        assertThat(holds("{`StringLike`:{`svc:key`:`*${svc:a}`}}", context("svc:key", "x")))
                .isFalse();
        assertThat(holds("{`StringNotEquals`:{`svc:key`:`${svc:a}`}}", context("svc:key", "x")))
                .isTrue();
        assertThat(holds("{`ArnNotLike`:{`svc:key`:`${svc:a}`}}", context("svc:key", "arn:aws:s3:::b")))
                .isTrue();
    }

    @Test
    void noValue_besideOthers_followsTheSetting() {
        // U24
        Semantics spoiling = Semantics.defaults().with(Point.UNRESOLVED_VALUE_SPOILS_CONDITION, true);
        String positive = "{`StringEquals`:{`svc:key`:[`x`,`${svc:a}`]}}";
        String negated = "{`StringNotEquals`:{`svc:key`:[`x`,`${svc:a}`]}}";
        Map<String, ContextValue> x = context("svc:key", "x");
        assertThat(holds(positive, x)).isTrue();
        assertThat(holds(negated, x)).isFalse();
        assertThat(holds(positive, x, spoiling)).isFalse();
        assertThat(holds(negated, x, spoiling)).isTrue();
        assertThat(holds(positive, context("svc:key", "x", "svc:a", "y"), spoiling))
                .isTrue();
    }

    @Test
    void wildcardFromAVariable_isLiteralUnlessTheSettingSaysNo() {
        // L146, U25
        Semantics wild = Semantics.defaults().with(Point.WILDCARDS_IN_VARIABLE_VALUES, true);
        Map<String, ContextValue> context = context("svc:key", "bob", "aws:username", "b?*");
        String like = "{`StringLike`:{`svc:key`:`${aws:username}`}}";
        assertThat(holds(like, context)).isFalse();
        assertThat(holds(like, context, wild)).isTrue();
        assertThat(holds("{`StringEquals`:{`svc:key`:`${aws:username}`}}", context, wild))
                .isFalse();
        assertThat(holds(
                        "{`StringEquals`:{`svc:key`:`${aws:username}`}}",
                        context("svc:key", "*", "aws:username", "*"),
                        wild))
                .isTrue();
    }

    @Test
    void version2008_orNone_knowsNoVariables() {
        // L4, L145
        for (String version : List.of("", "`Version`:`2008-10-17`,")) {
            ReferencePolicy policy = document(
                    PolicyType.IDENTITY,
                    "{" + version
                            + "`Statement`:{`Effect`:`Allow`,`Action`:`*`,`Resource`:`arn:aws:s3:::${aws:username}`,"
                            + "`Condition`:{`StringEquals`:{`svc:key`:`${*}`}}}}");
            Situation.Builder asks = reads().identityPolicies(List.of(policy))
                    .context("aws:username", "alice")
                    .context("svc:key", "${*}");
            assertThat(Scenes.decide(asks.resource("arn:aws:s3:::alice", Scenes.ACCOUNT)))
                    .isEqualTo(Decision.IMPLICIT_DENY);
            assertThat(Scenes.decide(asks.resource("arn:aws:s3:::${aws:username}", Scenes.ACCOUNT)))
                    .isEqualTo(Decision.ALLOW);
        }
    }
}
