package dev.portcullis.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumberTextTest {

    private static NumberText number(String text) {
        return NumberText.parse(text).orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({
        "1, 01",
        "1, +1",
        "1, 1.",
        "1, 1.0",
        "1, 1e0",
        "1, 10e-1",
        "1, 0.1E+1",
        "0.5, .5",
        "0, -0",
        "0, 0.000",
        "0, 0e99",
        "-5, -5.00",
        "120, 12e1",
        "0.012, 12e-3",
        "1e400, 10e399"
    })
    void parse_sameNumberWrittenOtherwise_isEqual(String one, String other) { // L98
        assertThat(number(one)).isEqualTo(number(other));
        assertThat(number(one)).isEqualByComparingTo(number(other));
    }

    @ParameterizedTest
    @CsvSource({
        "9, 10",
        "-10, -9",
        "-1, 0",
        "0, 0.0001",
        "-1, 1",
        "1.2, 1.3",
        "1.2, 1.25",
        "9007199254740992, 9007199254740993",
        "0.1, 0.10000000000000000000000000001",
        "1e-400, 1e400",
        "1e99999999999999999999, 1e99999999999999999999999",
        "-1e99999999999999999999, 0"
    })
    void compareTo_smallerAndLarger_exactly(String smaller, String larger) { // L97, L98
        assertThat(number(smaller)).isLessThan(number(larger));
        assertThat(number(larger)).isGreaterThan(number(smaller));
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
                "+",
                "-",
                ".",
                "e5",
                "1e",
                "1e+",
                "1.2.3",
                " 1",
                "1 ",
                "1,5",
                "0x10",
                "1f",
                "1e1.5",
                "--1",
                "+-1",
                "\u0661",
                "${a:b}",
                "1*"
            })
    void parse_noNumber_isEmpty(String text) { // L98, L99
        assertThat(NumberText.parse(text)).isEmpty();
    }

    @Test
    void parse_longNumber_isExact() {
        String digits = "7".repeat(2_000);
        assertThat(number(digits)).isGreaterThan(number(digits.substring(1) + "6"));
        assertThat(number(digits).digits()).hasSize(2_000);
    }
}
