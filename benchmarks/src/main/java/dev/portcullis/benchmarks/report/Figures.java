package dev.portcullis.benchmarks.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;
import java.util.Optional;

/** Numbers as tables show them: three digits that count, groups of three. */
final class Figures {

    static final String NOT_RUN = "not run";

    private static final MathContext THREE_DIGITS = new MathContext(3);

    private Figures() {}

    /** A number. */
    static String of(double number) {
        if (number == 0) {
            return "0";
        }
        BigDecimal rounded = new BigDecimal(number).round(THREE_DIGITS).stripTrailingZeros();
        int fraction = Math.max(0, Math.min(2, rounded.scale()));
        return String.format(Locale.ROOT, "%,." + fraction + "f", rounded);
    }

    /** A whole number with all its digits. */
    static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** How many times, such as {@code 6.3 ×}. */
    static String times(double ratio) {
        return of(ratio) + " ×";
    }

    /** Median and least, in a unit of so many nanoseconds: {@code 256 (241)}. */
    static String both(Optional<Measured> measured, double unit) {
        return measured.map(one ->
                        of(one.nanos().median() / unit) + " (" + of(one.nanos().least() / unit) + ")")
                .orElse(NOT_RUN);
    }

    /** Bytes, in the unit that suits them. */
    static String bytes(double bytes) {
        if (bytes < 10_000) {
            return of(bytes) + " B";
        }
        return bytes < 10_000_000 ? of(bytes / 1_000) + " KB" : of(bytes / 1_000_000) + " MB";
    }
}
