package dev.portcullis.corpus.reference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.corpus.reference.Operator.Comparison;
import dev.portcullis.policy.ContextValue;
import dev.portcullis.policy.ContextValue.Multiple;
import dev.portcullis.policy.ContextValue.Single;
import dev.portcullis.policy.Semantics;
import dev.portcullis.policy.Semantics.Point;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The truth table of section 0.1, for every operator. */
class OperatorTableTest {

    /** Of one operator: a policy value, a request value that its positive form matches, and one that it doesn't. */
    private record Sample(String wanted, String matching, String other) {}

    private static Sample sample(Comparison comparison) {
        return switch (comparison.kind()) {
            case STRING -> new Sample("x", "x", "y");
            case NUMERIC ->
                switch (comparison) {
                    case NUMERIC_LESS_THAN -> new Sample("5", "4", "5");
                    case NUMERIC_LESS_THAN_EQUALS -> new Sample("5", "5", "6");
                    case NUMERIC_GREATER_THAN -> new Sample("5", "6", "5");
                    case NUMERIC_GREATER_THAN_EQUALS -> new Sample("5", "5", "4");
                    default -> new Sample("5", "5.0", "6");
                };
            case DATE ->
                switch (comparison) {
                    case DATE_LESS_THAN -> new Sample("2030-01-02", "2030-01-01", "2030-01-02");
                    case DATE_LESS_THAN_EQUALS -> new Sample("2030-01-02", "2030-01-02", "2030-01-03");
                    case DATE_GREATER_THAN -> new Sample("2030-01-02", "2030-01-03", "2030-01-02");
                    case DATE_GREATER_THAN_EQUALS -> new Sample("2030-01-02", "2030-01-02", "2030-01-01");
                    default -> new Sample("2030-01-02", "2030-01-02T00:00:00Z", "2030-01-03");
                };
            case BOOL -> new Sample("true", "TRUE", "false");
            case BINARY -> new Sample("YQ==", "YQ==", "Yg==");
            case ADDRESS -> new Sample("192.0.2.0/24", "192.0.2.9", "192.0.3.9");
            case ARN -> new Sample("arn:aws:s3:::a*", "arn:aws:s3:::ab", "arn:aws:s3:::b");
            case NULL -> new Sample("true", "", "");
        };
    }

    private static boolean holds(String operator, String wanted, Optional<ContextValue> value) {
        return Scenes.holds(
                "{`" + operator + "`:{`svc:key`:`" + wanted + "`}}",
                value.map(found -> Map.of("svc:key", found)).orElse(Map.of()));
    }

    private static Optional<ContextValue> single(String value) {
        return Optional.of(new Single(value));
    }

    private static Optional<ContextValue> multiple(String... values) {
        return Optional.of(new Multiple(List.of(values)));
    }

    private static void check(String operator, Comparison comparison, String row) {
        // columns: absent, matching single, other single, one matching in a list, one other in a list, empty list
        Sample sample = sample(comparison);
        String found = bit(holds(operator, sample.wanted(), Optional.empty()))
                + bit(holds(operator, sample.wanted(), single(sample.matching())))
                + bit(holds(operator, sample.wanted(), single(sample.other())))
                + bit(holds(operator, sample.wanted(), multiple(sample.matching())))
                + bit(holds(operator, sample.wanted(), multiple(sample.other())))
                + bit(holds(operator, sample.wanted(), multiple()));
        assertThat(operator + " " + found).isEqualTo(operator + " " + row);
    }

    private static String bit(boolean value) {
        return value ? "T" : "f";
    }

    @ParameterizedTest
    @EnumSource(value = Comparison.class, names = "NULL", mode = EnumSource.Mode.EXCLUDE)
    void everyForm_ofEveryOperator_followsTheTable(Comparison comparison) {
        String name = comparison.text();
        if (comparison.negated()) {
            // L79, L84, L86, L122, L130 to L133
            check(name, comparison, "TfTfff");
            check(name + "IfExists", comparison, "TfTfff");
            check("ForAllValues:" + name, comparison, "TfTfTT");
            check("ForAllValues:" + name + "IfExists", comparison, "TfTfTT");
            check("ForAnyValue:" + name, comparison, "ffTfTf");
            check("ForAnyValue:" + name + "IfExists", comparison, "ffTfTf");
        } else {
            // L78, L83, L86, L121, L128 to L133
            check(name, comparison, "fTffff");
            check(name + "IfExists", comparison, "TTffff");
            check("ForAllValues:" + name, comparison, "TTfTfT");
            check("ForAllValues:" + name + "IfExists", comparison, "TTfTfT");
            check("ForAnyValue:" + name, comparison, "fTfTff");
            check("ForAnyValue:" + name + "IfExists", comparison, "fTfTff");
        }
    }

    @ParameterizedTest
    @EnumSource(value = Comparison.class, names = "NULL", mode = EnumSource.Mode.EXCLUDE)
    void sets_ofSeveralValues_areQuantified(Comparison comparison) {
        // L128 to L131
        Sample sample = sample(comparison);
        String name = comparison.text();
        Optional<ContextValue> mixed = multiple(sample.matching(), sample.other());
        Optional<ContextValue> matching = multiple(sample.matching(), sample.matching());
        Optional<ContextValue> others = multiple(sample.other(), sample.other());
        boolean positive = !comparison.negated();
        assertThat(holds("ForAllValues:" + name, sample.wanted(), mixed)).isFalse();
        assertThat(holds("ForAnyValue:" + name, sample.wanted(), mixed)).isTrue();
        assertThat(holds("ForAllValues:" + name, sample.wanted(), matching)).isEqualTo(positive);
        assertThat(holds("ForAnyValue:" + name, sample.wanted(), matching)).isEqualTo(positive);
        assertThat(holds("ForAllValues:" + name, sample.wanted(), others)).isNotEqualTo(positive);
        assertThat(holds("ForAnyValue:" + name, sample.wanted(), others)).isNotEqualTo(positive);
    }

    @ParameterizedTest
    @EnumSource(value = Comparison.class, names = ".*(THAN|BOOL|NULL).*", mode = EnumSource.Mode.MATCH_NONE)
    void values_ofOneKey_areOrOrNor(Comparison comparison) {
        // L78, L79
        Sample sample = sample(comparison);
        String two =
                "{`" + comparison.text() + "`:{`svc:key`:[`" + unlike(comparison) + "`,`" + sample.wanted() + "`]}}";
        assertThat(Scenes.holds(two, Map.of("svc:key", new Single(sample.matching()))))
                .isNotEqualTo(comparison.negated());
        assertThat(Scenes.holds(two, Map.of("svc:key", new Single(sample.other()))))
                .isEqualTo(comparison.negated());
    }

    @Test
    void values_ofAnOrderOperator_letTheWidestBoundDecide() {
        // L78
        assertThat(Scenes.holds("{`NumericLessThan`:{`svc:key`:[5,10]}}", Map.of("svc:key", new Single("9"))))
                .isTrue();
        assertThat(Scenes.holds("{`NumericLessThan`:{`svc:key`:[5,10]}}", Map.of("svc:key", new Single("10"))))
                .isFalse();
    }

    /** A readable policy value that neither of the sample's request values matches. */
    private static String unlike(Comparison comparison) {
        return switch (comparison.kind()) {
            case STRING -> "z";
            case NUMERIC -> "77";
            case DATE -> "2031-01-01";
            case BINARY -> "Yw==";
            case ADDRESS -> "203.0.113.0/24";
            case ARN -> "arn:aws:s3:::z";
            case BOOL, NULL -> throw new IllegalStateException(comparison.text());
        };
    }

    @ParameterizedTest
    @CsvSource({
        "Null,true,TffffF",
        "Null,false,fTTTTT",
        "Null,yes,fTTTTT",
        "Null,TRUE,Tfffff",
        "ForAllValues:Null,true,TTTTTT",
        "ForAllValues:Null,false,TTTTTT",
        "ForAnyValue:Null,true,ffffff",
        "ForAnyValue:Null,false,ffffff"
    })
    void nullOperator_followsTheTable(String operator, String wanted, String row) {
        // L96, L124 to L126
        String found = bit(holds(operator, wanted, Optional.empty()))
                + bit(holds(operator, wanted, single("x")))
                + bit(holds(operator, wanted, single("")))
                + bit(holds(operator, wanted, multiple("x")))
                + bit(holds(operator, wanted, multiple("x", "y")))
                + bit(holds(operator, wanted, multiple()));
        assertThat(found).isEqualToIgnoringCase(row);
    }

    @Test
    void nullOperator_severalValues_areAnOr() {
        // L78
        assertThat(Scenes.holds("{`Null`:{`svc:key`:[true,false]}}", Map.of())).isTrue();
        assertThat(Scenes.holds("{`Null`:{`svc:key`:[true,false]}}", Map.of("svc:key", new Single("x"))))
                .isTrue();
    }

    @Test
    void conditions_allMustHold() {
        // L76, L77
        Map<String, ContextValue> context = Map.of("a:b", new Single("1"), "a:c", new Single("2"));
        assertThat(Scenes.holds("{`StringEquals`:{`a:b`:`1`,`a:c`:`2`},`Bool`:{`a:b`:false}}", context))
                .isTrue();
        assertThat(Scenes.holds("{`StringEquals`:{`a:b`:`1`,`a:c`:`3`},`Bool`:{`a:b`:false}}", context))
                .isFalse();
        assertThat(Scenes.holds("{`StringEquals`:{`a:b`:`1`,`a:c`:`2`},`Bool`:{`a:b`:true}}", context))
                .isFalse();
    }

    @Test
    void conditionKeys_ignoreLetterCase_valuesDoNot() {
        // L80, L81
        Map<String, ContextValue> context = Map.of("AWS:RequestTag/Team", new Single("Q"));
        assertThat(Scenes.holds("{`StringEquals`:{`aws:requesttag/TEAM`:`Q`}}", context))
                .isTrue();
        assertThat(Scenes.holds("{`StringEquals`:{`aws:requesttag/TEAM`:`q`}}", context))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        // operator, absent, single, list of one, empty list
        "StringEquals,ffff",
        "StringNotEquals,TTff",
        "StringEqualsIfExists,Tfff",
        "StringNotEqualsIfExists,Tfff",
        "ForAllValues:StringEquals,TffT",
        "ForAllValues:StringNotEquals,TffT",
        "ForAnyValue:StringEquals,ffff",
        "ForAnyValue:StringNotEquals,ffff",
        "Null,ffff",
        "ForAllValues:Null,TTTT",
        "ForAnyValue:Null,ffff"
    })
    void emptyValueList_followsL22(String operator, String row) {
        String condition = "{`" + operator + "`:{`svc:key`:[]}}";
        String found = bit(Scenes.holds(condition, Map.of()))
                + bit(Scenes.holds(condition, Map.of("svc:key", new Single("x"))))
                + bit(Scenes.holds(condition, Map.of("svc:key", new Multiple(List.of("x")))))
                + bit(Scenes.holds(condition, Map.of("svc:key", new Multiple(List.of()))));
        assertThat(found).isEqualTo(row);
    }

    @Test
    void emptyValueList_ofAPlainOperator_holdsWhereTheSettingSaysSo() {
        // U5
        Semantics holding = Semantics.defaults().with(Point.EMPTY_VALUE_LIST_HOLDS, true);
        for (String operator : List.of("StringEquals", "NumericLessThan", "Null")) {
            String condition = "{`" + operator + "`:{`svc:key`:[]}}";
            assertThat(Scenes.holds(condition, Map.of("svc:key", new Single("x"))))
                    .isFalse();
            assertThat(Scenes.holds(condition, Map.of("svc:key", new Single("x")), holding))
                    .isTrue();
        }
    }

    @Test
    void forAnyValueIfExists_keyAbsent_followsTheSetting() {
        // L121, L123
        String condition = "{`ForAnyValue:StringEqualsIfExists`:{`svc:key`:`x`}}";
        Semantics counting = Semantics.defaults().with(Point.FOR_ANY_VALUE_IGNORES_IF_EXISTS, false);
        assertThat(Scenes.holds(condition, Map.of())).isFalse();
        assertThat(Scenes.holds(condition, Map.of(), counting)).isTrue();
        assertThat(Scenes.holds(condition, Map.of("svc:key", new Multiple(List.of())), counting))
                .isFalse();
    }

    @Test
    void identitystoreUserId_asListOfOne_isReadEitherWay() {
        // U26
        Map<String, ContextValue> one = Map.of("identityStore:UserId", new Multiple(List.of("u1")));
        Map<String, ContextValue> two = Map.of("identityStore:UserId", new Multiple(List.of("u1", "u2")));
        String plain = "{`StringEquals`:{`identitystore:UserId`:`u1`}}";
        String set = "{`ForAnyValue:StringEquals`:{`identitystore:UserId`:`u1`}}";
        assertThat(Scenes.holds(plain, one)).isTrue();
        assertThat(Scenes.holds(set, one)).isTrue();
        assertThat(Scenes.holds(plain, two)).isFalse();
        assertThat(Scenes.holds(set, two)).isTrue();
        Semantics strict = Semantics.defaults().with(Point.IDENTITYSTORE_USER_ID_EITHER_WAY, false);
        assertThat(Scenes.holds(plain, one, strict)).isFalse();
        assertThat(Scenes.holds(set, one, strict)).isTrue();
    }

    @Test
    void conditionTypes_thatDoNotFitTheKey_areEvaluated() {
        // L17, L153
        assertThat(Scenes.holds(
                        "{`StringEqualsIgnoreCase`:{`qapps:UserIsAppOwner`:true}}",
                        Map.of("qapps:UserIsAppOwner", new Single("TRUE"))))
                .isTrue();
        assertThat(Scenes.holds(
                        "{`NumericLessThanEquals`:{`s3:max-keys`:10}}", Map.of("s3:max-keys", new Single("10"))))
                .isTrue();
        assertThat(Scenes.holds(
                        "{`NumericLessThanEquals`:{`s3:max-keys`:[1e1, `3`]}}",
                        Map.of("s3:max-keys", new Single("11"))))
                .isFalse();
    }
}
