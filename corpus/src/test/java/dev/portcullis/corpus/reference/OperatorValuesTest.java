package dev.portcullis.corpus.reference;

import static dev.portcullis.corpus.reference.Scenes.holds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.policy.ContextValue;
import dev.portcullis.policy.ContextValue.Multiple;
import dev.portcullis.policy.ContextValue.Single;
import dev.portcullis.policy.Semantics;
import dev.portcullis.policy.Semantics.Point;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How values are read: sections 5.2 to 5.6 of the language's rules. */
class OperatorValuesTest {

    @ParameterizedTest
    @CsvSource({
        // L90, L93, L95, L96; then L92 (live)
        "StringEquals,John,john,false",
        "StringEquals,a*,a*,true",
        "StringEquals,a*,ab,false",
        "StringEquals,'','',true",
        "StringLike,admin,admin-1,false",
        "StringLike,Sales:??,Sales:EU,true",
        "StringLike,'','',true",
        "StringLike,a*b,a/:b,true",
        "StringLike,?,\uD801\uDC00,false",
        "StringLike,??,\uD801\uDC00,true",
        "StringLike,a[b],ab,false",
        "StringEqualsIgnoreCase,prod,PrOd,true",
        "StringEqualsIgnoreCase,prod*,PrOd,false",
        "StringEqualsIgnoreCase,\u039f\u03a3,\u03bf\u03c2,true",
        "StringEqualsIgnoreCase,\u039f\u03a3,\u03bf\u03c3,false",
        "StringEqualsIgnoreCase,\u039f\u03a3\u0391,\u03bf\u03c3\u03b1,true",
        "StringEqualsIgnoreCase,K,\u212a,true",
        "StringEqualsIgnoreCase,s,\u017f,false",
        "StringEqualsIgnoreCase,i,\u0130,false",
        "StringEqualsIgnoreCase,I,\u0131,false",
        "StringEqualsIgnoreCase,\u00df,\u1e9e,true",
        "StringEqualsIgnoreCase,\u00df,SS,false",
        "StringEqualsIgnoreCase,\uD801\uDC00,\uD801\uDC28,false",
        "StringEqualsIgnoreCase,\uD801\uDC00,\uD801\uDC00,true",
        "StringEqualsIgnoreCase,\uD801\uDC00\u03a3,\uD801\uDC00\u03c2,true",
        "StringEqualsIgnoreCase,A\u03a3\uD801\uDC00,a\u03c3\uD801\uDC00,true",
        "StringEqualsIgnoreCase,A\u03a3\uD801\uDC00,a\u03c2\uD801\uDC00,false",
        "StringEqualsIgnoreCase,\u00e9,e\u0301,false"
    })
    void strings(String operator, String policy, String request, boolean expected) {
        assertThat(holds(operator, policy, request)).isEqualTo(expected);
        String negated = operator.replace("String", "StringNot");
        assertThat(holds(negated, policy, request)).isNotEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        // policy value, request value, order of the request value to the policy value
        "10,9,-1",
        "10,10.0,0",
        "10,010,0",
        "10,+10,0",
        "10,1e1,0",
        "10,1E+1,0",
        "10,100e-1,0",
        "10,10.,0",
        "0.5,.5,0",
        "0,-0,0",
        "0,0e99999999999,0",
        "-5,-5,0",
        "-5,-6,-1",
        "-5,5,1",
        "9007199254740992,9007199254740993,1",
        "1e400,1e401,1",
        "1e99999999999999999999,1e99999999999999999998,-1",
        "1e-5,0.00001,0",
        "0.1,0.10000000000000000000000000001,1",
        "-0.1,-0.10000000000000000000000000001,-1",
        "123,1.23e2,0",
        "99,100,1"
    })
    void numbers_areExact(String policy, String request, int order) {
        // L97, L98
        assertThat(holds("NumericEquals", policy, request)).isEqualTo(order == 0);
        assertThat(holds("NumericNotEquals", policy, request)).isEqualTo(order != 0);
        assertThat(holds("NumericLessThan", policy, request)).isEqualTo(order < 0);
        assertThat(holds("NumericLessThanEquals", policy, request)).isEqualTo(order <= 0);
        assertThat(holds("NumericGreaterThan", policy, request)).isEqualTo(order > 0);
        assertThat(holds("NumericGreaterThanEquals", policy, request)).isEqualTo(order >= 0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "ten",
                "NaN",
                "Infinity",
                "-Infinity",
                "1*",
                " 1",
                "1 ",
                "1e",
                "1e+",
                ".",
                "+",
                "-",
                "e1",
                "0x10",
                "1_000",
                "1,000",
                "--1",
                "1.2.3",
                "1e1.5",
                "\u0661",
                "1d",
                "1f"
            })
    void numbers_unreadable_equalNothing(String text) {
        // L88 (live)
        assertThat(holds("NumericEquals", "1", text)).isFalse();
        assertThat(holds("NumericNotEquals", "1", text)).isTrue();
        assertThat(holds("NumericLessThan", "1", text)).isFalse();
        assertThat(holds("NumericGreaterThanEquals", "1", text)).isFalse();
        assertThat(holds("NumericEquals", text, "1")).isFalse();
        assertThat(holds("NumericNotEquals", text, "1")).isTrue();
        assertThat(holds("NumericEquals", text, text)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        // policy value, request value, order of the request value to the policy value
        "2020-04-01T00:00:00Z,2020-04-01T00:00:00Z,0",
        "2020-04-01T00:00:00Z,2020-04-01,0",
        "2020-04,2020-04-01T00:00Z,0",
        "2020,2020-01-01T00:00:00Z,0",
        "2020-04-01T00:00:00,2020-04-01T00:00:00Z,0",
        "1997-07-16T19:20:30+01:00,1997-07-16T18:20:30Z,0",
        "1997-07-16T19:20-05:30,1997-07-17T00:50:00Z,0",
        "2030-01-01T00:00:00.1231Z,2030-01-01T00:00:00.1239Z,0",
        "2030-01-01T00:00:00.12Z,2030-01-01T00:00:00.120Z,0",
        "2030-01-01T00:00:00.1Z,2030-01-01T00:00:00.099Z,-1",
        "2030-01-01T00:00:00Z,1893456000,0",
        "+1893456000,2030-01-01T00:00:00Z,0",
        "1893456000,1893456001,1",
        "1893456000,01893456000,0",
        "0,1970-01-01,0",
        "1969-12-31T23:59:59Z,0,1",
        "2024-02-29,2024-02-28T23:59:59.999Z,-1",
        "9223372036854775807,9223372036854775806,-1",
        "0001-01-01,0000-12-31T23:59:59Z,-1",
        "9999-12-31,10000,-1"
    })
    void dates_areInstantsInMilliseconds(String policy, String request, int order) {
        // L100 to L103
        assertThat(holds("DateEquals", policy, request)).isEqualTo(order == 0);
        assertThat(holds("DateNotEquals", policy, request)).isEqualTo(order != 0);
        assertThat(holds("DateLessThan", policy, request)).isEqualTo(order < 0);
        assertThat(holds("DateLessThanEquals", policy, request)).isEqualTo(order <= 0);
        assertThat(holds("DateGreaterThan", policy, request)).isEqualTo(order > 0);
        assertThat(holds("DateGreaterThanEquals", policy, request)).isEqualTo(order >= 0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "not-a-date",
                "2023-02-29",
                "2020-13-01",
                "2020-00-01",
                "2020-01-00",
                "2020-1-1",
                "2020-01-01T00",
                "2020-01-01T24:00Z",
                "2020-01-01T00:60Z",
                "2020-01-01T00:00:60Z",
                "2020-01-01T00:00:00.Z",
                "2020-01-01T00:00:00+0100",
                "2020-01-01T00:00:00+01",
                "2020-01-01t00:00:00Z",
                "2020-01-01T00:00:00z",
                "2020-01-01 00:00:00Z",
                " 2020-01-01",
                "2020-01-01Z",
                "20200101T000000Z",
                "-1",
                "1.5",
                "1e9",
                "+",
                "9223372036854775808",
                "2020-",
                "2020-01-"
            })
    void dates_unreadable_equalNothing(String text) {
        // L88 (live)
        assertThat(holds("DateEquals", "2020-01-01", text)).isFalse();
        assertThat(holds("DateNotEquals", "2020-01-01", text)).isTrue();
        assertThat(holds("DateLessThan", "2120-01-01", text)).isFalse();
        assertThat(holds("DateEquals", text, text)).isFalse();
        assertThat(holds("DateNotEquals", text, "2020-01-01")).isTrue();
    }

    @Test
    void dates_fourDigits_areAYearUnlessTheSettingSaysNo() {
        // U17
        String condition = "{`DateEquals`:{`svc:key`:`2024`}}";
        Semantics epoch = Semantics.defaults().with(Point.FOUR_DIGITS_ARE_A_YEAR, false);
        Map<String, ContextValue> year = Map.of("svc:key", new Single("2024-01-01"));
        Map<String, ContextValue> second = Map.of("svc:key", new Single("+2024"));
        assertThat(Scenes.holds(condition, year)).isTrue();
        assertThat(Scenes.holds(condition, second)).isFalse();
        assertThat(Scenes.holds(condition, year, epoch)).isFalse();
        assertThat(Scenes.holds(condition, second, epoch)).isTrue();
    }

    @Test
    void dates_signAndThreeDigits_areAnEpoch() {
        // L103: four characters, but not four digits
        Map<String, ContextValue> second = Map.of("svc:key", new Single("1970-01-01T00:02:03Z"));
        assertThat(Scenes.holds("{`DateEquals`:{`svc:key`:`+123`}}", second)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "true,true,true",
        "true,True,true",
        "TRUE,true,true",
        "true,yes,false",
        "true,1,false",
        "true,'',false",
        "true,' true ',false",
        "false,yes,true",
        "false,'',true",
        "yes,false,true",
        "yes,true,false"
    })
    void bool_readsTrueAndAllElse(String policy, String request, boolean expected) {
        // L105 (live)
        assertThat(holds("Bool", policy, request)).isEqualTo(expected);
    }

    @Test
    void bool_withVariables_needsTheSetting() {
        // U19
        Semantics with = Semantics.defaults().with(Point.VARIABLES_WITH_BOOL, true);
        String condition = "{`Bool`:{`svc:key`:`${svc:other}`}}";
        Map<String, ContextValue> context = Map.of("svc:key", new Single("true"), "svc:other", new Single("True"));
        assertThat(Scenes.holds(condition, context, with)).isTrue();
        assertThat(Scenes.holds(condition, Map.of("svc:key", new Single("true")), with))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "YQ==,YQ==,true",
        "YQ==,Yg==,false",
        "YQ==,YQ,false",
        "YQ==,YR==,false",
        "YQ==,' YQ== ',false",
        "YQ==,'',false",
        "'','',true",
        "YQ,YQ==,true",
        "YQ,YQ,false",
        "YR==,YQ==,true",
        "YR==,YR==,false"
    })
    void binary_isTheCanonicalText(String policy, String request, boolean expected) {
        // L107 (live)
        assertThat(holds("BinaryEquals", policy, request)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        // L108 to L112, most of them live
        "203.0.113.0/24,203.0.113.255,true",
        "203.0.113.0/24,203.0.114.0,false",
        "203.0.113.7,203.0.113.7,true",
        "203.0.113.7,203.0.113.8,false",
        "203.0.113.77/24,203.0.113.1,true",
        "192.0.2.0/31,192.0.2.1,true",
        "192.0.2.0/31,192.0.2.2,false",
        "192.0.2.0/0,203.0.113.1,true",
        "192.0.2.0/0,2001:db8::1,false",
        "192.000.002.000/024,192.0.2.1,true",
        "192.0.2.0/+24,192.000.2.1,true",
        "192.0.2.1/32,0192.0.2.0001,true",
        "2001:DB8::/064,2001:0db8:0000:0000:0000:0000:0000:0001,true",
        "2001:db8::/64,2001:db8:0:0:ffff:ffff:ffff:ffff,true",
        "2001:db8::/64,2001:db8:0:1::,false",
        "2001:db8::1,2001:db8::1,true",
        "2001:db8::1,2001:db8::2,false",
        "2001:db8::5/64,2001:db8::5,false",
        "2001:db8::1/0,2001:db8::1,false",
        "2001:db8::4/127,2001:db8::5,true",
        "2001:db8::1/128,2001:db8:::1,true",
        "2001:db8::1/128,2001:db8::1:,true",
        "2001:db8::1/128,:2001:db8::1,false",
        "0:2001:db8::1/128,:2001:db8::1,true",
        "::/0,:::,true",
        "::/0,2001:db8::1,true",
        "::/0,192.0.2.1,false",
        "::/0,::ffff:192.0.2.1,false",
        "192.0.2.0/24,::ffff:192.0.2.1,true",
        "192.0.2.0/24,::FFFF:c000:201,true",
        "192.0.2.0/24,0:0:0:0:0:ffff:192.0.2.1,true",
        "::ffff:192.0.2.0/120,192.0.2.1,false",
        "::ffff:192.0.2.0/120,::ffff:192.0.2.1,false",
        "::ffff:c000:200/120,::ffff:c000:201,false",
        "::ffff:192.0.2.0/24,192.0.2.1,false",
        "192.0.2.0/33,192.0.2.1,false",
        "2001:db8::/129,2001:db8::1,false",
        "2001:db8::192.0.2.0/120,2001:db8::c000:201,false",
        "not-an-ip,192.0.2.1,false",
        "'',192.0.2.1,false",
        "192.0.2.0/,192.0.2.0,false",
        "192.0.2.0/-1,192.0.2.0,false",
        "192.0.2.0/24/24,192.0.2.0,false"
    })
    void addresses_readable_matchOrNot(String policy, String request, boolean expected) {
        assertThat(holds("IpAddress", policy, request)).isEqualTo(expected);
        // L113
        assertThat(holds("NotIpAddress", policy, request)).isNotEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "not-an-ip",
                "192.0.2.1/32",
                "192.0.513",
                "3221225985",
                "192.0.2.256",
                "192.0.2",
                "192.0.2.1.1",
                "192.0.2.",
                "192.0.2.-1",
                "192.0.2.1 ",
                "2001::db8::1",
                "2001:db8::::1",
                "2001::db8:::1",
                "::192.0.2.1",
                "2001:db8::192.0.2.1",
                "::ffff:::192.0.2.1",
                "::ffff:192.0.2.256",
                "::ffff:192.0.2.1:",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "1:2:3:4::5:6:7:8",
                "12345::",
                "g::1",
                "fe80::1%eth0",
                "[::1]",
                "::1/128",
                "0.0.0.0::ffff:c000:201"
            })
    void addresses_unreadable_makeBothFormsFalse(String text) {
        // L88, L111, L112 (live)
        assertThat(holds("IpAddress", "0.0.0.0/0", text)).isFalse();
        assertThat(holds("NotIpAddress", "203.0.113.0/24", text)).isFalse();
        assertThat(holds("IpAddress", "::/0", text)).isFalse();
        assertThat(holds("IpAddressIfExists", "::/0", text)).isFalse();
    }

    @Test
    void addresses_unreadablePolicyValue_leavesTheOthers() {
        // L88 (live)
        String list = "[`not-an-ip`,`192.0.2.0/24`]";
        Map<String, ContextValue> inside = Map.of("svc:key", new Single("192.0.2.1"));
        Map<String, ContextValue> outside = Map.of("svc:key", new Single("192.0.3.1"));
        assertThat(Scenes.holds("{`IpAddress`:{`svc:key`:" + list + "}}", inside))
                .isTrue();
        assertThat(Scenes.holds("{`NotIpAddress`:{`svc:key`:" + list + "}}", inside))
                .isFalse();
        assertThat(Scenes.holds("{`IpAddress`:{`svc:key`:" + list + "}}", outside))
                .isFalse();
        assertThat(Scenes.holds("{`NotIpAddress`:{`svc:key`:" + list + "}}", outside))
                .isTrue();
    }

    @Test
    void sets_withUnreadableValues_areQuantifiedValueByValue() {
        // L88 with L128 to L131 (live for numbers)
        Map<String, ContextValue> mixed = Map.of("svc:key", new Multiple(List.of("no-number", "1")));
        assertThat(Scenes.holds("{`ForAnyValue:NumericEquals`:{`svc:key`:`1`}}", mixed))
                .isTrue();
        assertThat(Scenes.holds("{`ForAllValues:NumericEquals`:{`svc:key`:`1`}}", mixed))
                .isFalse();
        assertThat(Scenes.holds("{`ForAnyValue:NumericNotEquals`:{`svc:key`:`1`}}", mixed))
                .isTrue();
        assertThat(Scenes.holds("{`ForAllValues:NumericNotEquals`:{`svc:key`:`1`}}", mixed))
                .isFalse();
        Map<String, ContextValue> addresses = Map.of("svc:key", new Multiple(List.of("no-ip", "192.0.2.1")));
        assertThat(Scenes.holds("{`ForAllValues:NotIpAddress`:{`svc:key`:`203.0.113.0/24`}}", addresses))
                .isFalse();
        assertThat(Scenes.holds("{`ForAnyValue:NotIpAddress`:{`svc:key`:`203.0.113.0/24`}}", addresses))
                .isTrue();
    }
}
