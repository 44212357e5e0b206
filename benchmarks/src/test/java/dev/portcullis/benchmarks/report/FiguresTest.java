package dev.portcullis.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiguresTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 | 0",
                "0.034 | 0.03",
                "1.3249 | 1.32",
                "12.36 | 12.4",
                "99.96 | 100",
                "256.4 | 256",
                "1601 | 1,600",
                "32696 | 32,700",
                "3997479 | 4,000,000",
                "0.5 | 0.5",
                "2 | 2",
                "100000 | 100,000"
            })
    void of_numbers_haveThreeDigits(double number, String expected) {
        assertThat(Figures.of(number)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"70 | 70 ns", "999 | 999 ns", "1601 | 1.6 µs", "2500000 | 2.5 ms", "3000000000 | 3 s"})
    void time_inTheUnitThatSuits(double nanos, String expected) {
        assertThat(LogScale.time(nanos)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"84.3 | 84.3 B", "386000000 | 386 MB", "12345 | 12.3 KB"})
    void bytes_inTheUnitThatSuits(double bytes, String expected) {
        assertThat(Figures.bytes(bytes)).isEqualTo(expected);
    }
}
