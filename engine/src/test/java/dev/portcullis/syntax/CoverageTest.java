package dev.portcullis.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CoverageTest {

    private static boolean covers(String wide, String narrow) {
        return new Coverage(1_000).covers(Coverage.symbols(wide), Coverage.symbols(narrow));
    }

    @ParameterizedTest
    @CsvSource({
        "*, s3:Get*, true",
        "s3:*, s3:Get*, true",
        "s3:Get*, s3:*, false",
        "s3:Get*, s3:GetObject, true",
        "s3:Get*, s3:Get, true",
        "s3:Get?, s3:Get, false",
        "s3:Get?, s3:Get?, true",
        "s3:Get?, s3:Get*, false",
        "s3:Get*, s3:Get?, true",
        "a*b*c, axbxc, true",
        "a*b*c, a*c, false",
        "a*c, a*b*c, true",
        "*a, b*ca, true",
        "*a?, xa, false",
        "'', '', true",
        "*, '', true",
        "?, '', false",
        "a, ab, false"
    })
    void covers_twoPatterns_onlyIfEveryTextIsTakenIn(String wide, String narrow, boolean expected) {
        assertThat(covers(wide, narrow)).isEqualTo(expected);
    }

    @Test
    void covers_stepsUsedUp_saysNo() {
        Coverage coverage = new Coverage(3);
        assertThat(coverage.covers(Coverage.symbols("*"), Coverage.symbols("abcdef")))
                .isFalse();
        assertThat(coverage.isSpent()).isTrue();
        assertThat(coverage.covers(Coverage.symbols("a"), Coverage.symbols("a")))
                .isFalse();
    }
}
