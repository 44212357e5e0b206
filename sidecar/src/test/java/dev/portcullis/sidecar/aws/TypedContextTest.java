package dev.portcullis.sidecar.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.sidecar.aws.Api.Answer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Context entries and their types, as captured live (input_type_match_…, input_canonical_…, input_context_…). */
class TypedContextTest {

    private static final String KEY = "stack:key";
    private static final Api API = new Api();

    private static Answer ask(String operator, String wanted, String type, String... values) {
        String policy = "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"s3:GetObject\","
                + "\"Resource\":\"*\",\"Condition\":{\"" + operator + "\":{\"" + KEY + "\":\"" + wanted + "\"}}}]}";
        Map<String, String> form = Api.custom(policy);
        Api.context(form, 1, KEY, type, values);
        return API.ask(form);
    }

    private static String decision(Answer answer) {
        assertThat(answer.status()).as(answer.root().getTextContent()).isEqualTo(200);
        return answer.first("SimulateCustomPolicy").text("EvalDecision");
    }

    @ParameterizedTest
    @CsvSource({
        "string,      1,          NumericEquals,                1,            allowed",
        "numeric,     1,          NumericEquals,                1,            allowed",
        "numeric,     010,        NumericEquals,                10,           allowed",
        "numeric,     1e9999,     NumericGreaterThan,           1e100,        allowed",
        "numeric,     1,          StringNotEquals,              1,            implicitDeny",
        "numeric,     1,          Null,                         false,        allowed",
        "numeric,     1,          StringEquals,                 1,            allowed",
        "numeric,     1,          ForAnyValue:StringEquals,     1,            allowed",
        "numeric,     0,          DateEquals,                   1970-01-01,   allowed",
        "date,        1970-01-01, NumericEquals,                0,            implicitDeny",
        "stringList,  yes,        StringEquals,                 yes,          implicitDeny",
        "stringList,  yes no,     StringEquals,                 yes,          implicitDeny",
        "stringList,  yes no,     StringNotEquals,              yes,          implicitDeny",
        "stringList,  yes no,     ForAnyValue:StringEquals,     yes,          allowed",
        "numericList, 1 2,        ForAnyValue:StringEquals,     1,            allowed",
        "numericList, 1 2,        ForAllValues:StringNotEquals, 1,            implicitDeny",
        "numericList, 1,          NumericEquals,                1,            implicitDeny",
        "numericList, 01.00,      ForAnyValue:StringEquals,     01.00,        implicitDeny",
        "numericList, 01.00,      ForAnyValue:StringEquals,     1,            implicitDeny",
        "string,      true,       Bool,                         true,         allowed",
        "string,      yes,        Bool,                         false,        allowed",
        "string,      2035-01-02, DateEquals,                   2035-01-02,   allowed",
        "string,      192.0.2.1,  IpAddress,                    192.0.2.0/24, allowed",
        "string,      YQ==,       BinaryEquals,                 YQ==,         allowed",
        "string,      bad,        NumericEquals,                1,            implicitDeny",
        "string,      bad,        DateEquals,                   2035-01-02,   implicitDeny",
        "string,      bad,        IpAddress,                    192.0.2.0/24, implicitDeny",
        "string,      bad,        BinaryEquals,                 YQ==,         implicitDeny"
    })
    void simulateCustomPolicy_typedValues_asLive(
            String type, String values, String operator, String wanted, String decision) {
        assertThat(decision(ask(operator, wanted, type, values.split(" ", -1)))).isEqualTo(decision);
    }

    /** Numbers and dates are texts in a form of their own; addresses and bytes as they were given. */
    @ParameterizedTest
    @CsvSource({
        "numeric, 01.00,                       1.00,                         allowed",
        "numeric, 01.00,                       1,                            implicitDeny",
        "numeric, 01.00,                       1.0,                          implicitDeny",
        "numeric, 01.00,                       01.00,                        implicitDeny",
        "numeric, 01.00,                       1E+0,                         implicitDeny",
        "date,    2035-01-02,                  2035-01-02T00:00:00.000Z,     allowed",
        "date,    2035-01-02,                  2035-01-02,                   implicitDeny",
        "date,    2035-01-02,                  2035-01-02T00:00:00Z,         implicitDeny",
        "date,    2035-01-02,                  2035-01-02T00:00:00+00:00,    implicitDeny",
        "date,    2035-01-02,                  2051308800,                   implicitDeny",
        "date,    0,                           1970-01-01T00:00:00.000Z,     allowed",
        "date,    0,                           0000-01-01T00:00:00.000Z,     implicitDeny",
        "date,    0,                           0,                            implicitDeny",
        "date,    2035-01-02T03:04:05+02:00,   2035-01-02T01:04:05.000Z,     allowed",
        "date,    2035-01-02T03:04:05+02:00,   2035-01-02T03:04:05.000+02:00, implicitDeny",
        "date,    2035-01-02T03:04:05.123456Z, 2035-01-02T03:04:05.123Z,     allowed",
        "date,    2035-01-02T03:04:05.123456Z, 2035-01-02T03:04:05.123456Z,  implicitDeny",
        "ip,      2001:0db8::1,                2001:0db8::1,                 allowed",
        "ip,      2001:0db8::1,                2001:db8::1,                  implicitDeny",
        "ip,      2001:0db8::1,                2001:db8:0:0:0:0:0:1,         implicitDeny",
        "binary,  YQ==,                        YQ==,                         allowed",
        "binary,  YQ==,                        a,                            implicitDeny"
    })
    void simulateCustomPolicy_typedValueAsText_inItsOwnForm(String type, String value, String text, String decision) {
        assertThat(decision(ask("StringEquals", text, type, value))).isEqualTo(decision);
    }

    @ParameterizedTest
    @CsvSource({
        "numeric, 01.00", "numeric, +1", "numeric, 1e2", "numeric, 1e9999",
        "date, 2035", "date, 2035-01", "date, 2035-01-02", "date, 2035-01-02T03:04Z",
        "date, 2035-01-02T03:04:05.123+02:00", "date, 0", "date, 1735787045", "date, 2035-01-02T03:04:05",
        "ip, 192.0.2.1", "ip, 2001:db8::1", "ip, 192.000.002.1", "binary, eWVz"
    })
    void simulateCustomPolicy_formsOfValues_taken(String type, String value) {
        assertThat(decision(ask("Null", "false", type, value))).isEqualTo("allowed");
    }

    @ParameterizedTest
    @CsvSource({
        "numeric, 0x10,         numeric format",
        "numeric, ' 1 ',        numeric format",
        "numeric, Infinity,     numeric format",
        "ip,      192.0.2.0/24, IP address",
        "ip,      fe80::1%eth0, IP address"
    })
    void simulateCustomPolicy_formsOfValues_refused(String type, String value, String expected) {
        assertThat(ask("Null", "false", type, value).error())
                .isEqualTo("InvalidInput: Invalid context value for key stack:key: expected " + expected + ".");
    }

    @Test
    void simulateCustomPolicy_entriesWithoutAPart_refused() {
        Map<String, String> form = Api.custom(Api.ALLOW_GET);
        String entry = "ContextEntries.member.1.";
        form.put(entry + "ContextKeyName", KEY);
        Api.list(form, entry + "ContextKeyValues", List.of("yes"));
        assertThat(API.ask(form).error()).isEqualTo("InvalidInput: Context key stack:key has invalid type null.");
        form.remove(entry + "ContextKeyName");
        form.put(entry + "ContextKeyType", "string");
        assertThat(API.ask(form).error()).isEqualTo("InvalidInput: ContextKeyName cannot be null or empty.");
        for (String type : List.of("string", "stringList")) {
            for (boolean named : List.of(false, true)) {
                Map<String, String> empty = Api.custom(Api.ALLOW_GET);
                empty.put(entry + "ContextKeyName", KEY);
                empty.put(entry + "ContextKeyType", type);
                if (named) {
                    Api.list(empty, entry + "ContextKeyValues", List.of());
                }
                assertThat(API.ask(empty).error())
                        .isEqualTo("InvalidInput: Context values for context key stack:key cannot be null or empty.");
            }
        }
    }
}
