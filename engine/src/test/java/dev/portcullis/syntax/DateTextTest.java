package dev.portcullis.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DateTextTest {

    private static DateText date(String text) {
        return DateText.parse(text).orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({
        "2030, 2030-01-01T00:00:00Z", // L101: missing parts are the start, in UTC
        "2030-02, 2030-02-01T00:00:00Z",
        "2030-02-03, 2030-02-03T00:00:00Z",
        "2030-02-03T04:05Z, 2030-02-03T04:05:00Z",
        "2030-02-03T04:05, 2030-02-03T04:05:00Z", // a time without zone is UTC
        "2030-02-03T04:05:06, 2030-02-03T04:05:06Z",
        "1997-07-16T19:20:30+01:00, 1997-07-16T18:20:30Z", // L102
        "1997-07-16T18:20:30-01:30, 1997-07-16T19:50:30Z",
        "2030-01-01T00:00:00.1231Z, 2030-01-01T00:00:00.1239Z", // whole milliseconds
        "2030-01-01T00:00:00.5Z, 2030-01-01T00:00:00.500Z",
        "1893456000, 2030-01-01T00:00:00Z", // L103
        "+1893456000, 2030-01-01T00:00:00Z",
        "0, 1970-01-01",
        "+2024, 1970-01-01T00:33:44Z",
        "01234, 1970-01-01T00:20:34Z",
        "+030, 1970-01-01T00:00:30Z"
    })
    void parse_sameInstant_isEqual(String one, String other) {
        assertThat(date(one)).isEqualTo(date(other));
    }

    @ParameterizedTest
    @CsvSource({
        "2030-01-01T00:00:00.122Z, 2030-01-01T00:00:00.123Z",
        "2029-12-31T23:59:59Z, 2030",
        "1893455999, 2030-01-01T00:00:00Z",
        "1969, 0",
        "9223372036854775806, 9223372036854775807"
    })
    void compareTo_earlierAndLater_byInstant(String earlier, String later) { // L100
        assertThat(date(earlier)).isLessThan(date(later));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "not-a-date",
                "2030-13",
                "2030-02-30",
                "2030-1-1",
                "2030-01-01T",
                "2030-01-01T00",
                "2030-01-01T24:00Z",
                "2030-01-01T00:60Z",
                "2030-01-01 00:00:00Z",
                "2030-01-01T00:00:00,5Z",
                "2030-01-01T00:00:00+0100",
                "2030-01-01T00:00:00+24:00",
                "2030-01-01T00:00:00z",
                "2030-01-01Z",
                "-1",
                "1.5",
                "9223372036854775808",
                "99999999999999999999999",
                "+",
                "2030-01-01T00:00:00.Z",
                "20300101T000000Z",
                "${aws:TokenIssueTime}"
            })
    void parse_noDate_isEmpty(String text) { // L101, L104
        assertThat(DateText.parse(text)).isEmpty();
    }

    @Test
    void isEpoch_fourDigits_areAYear() { // U17
        assertThat(DateText.isEpoch("2024")).isFalse();
        assertThat(DateText.isEpoch("+2024")).isTrue();
        assertThat(DateText.isEpoch("123")).isTrue();
        assertThat(DateText.isEpoch("+123")).isTrue();
        assertThat(DateText.isEpoch("1893456000")).isTrue();
        assertThat(DateText.isEpoch("2030-01-01")).isFalse();
        assertThat(DateText.isEpoch("")).isFalse();
        assertThat(DateText.isEpoch("+")).isFalse();
    }
}
