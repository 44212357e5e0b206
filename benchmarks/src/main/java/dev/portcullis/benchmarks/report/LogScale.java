package dev.portcullis.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * A logarithmic axis over whole powers of ten.
 *
 * @param low exponent that it begins with
 * @param high exponent that it ends with, greater
 * @param from where it begins, in pixels
 * @param to where it ends
 */
record LogScale(int low, int high, double from, double to) {

    /** The shortest that holds all values, which are positive. */
    static LogScale over(DoubleStream values, double from, double to) {
        var range = values.summaryStatistics();
        int low = (int) Math.floor(Math.log10(range.getMin()) + 1e-9);
        int high = (int) Math.ceil(Math.log10(range.getMax()) - 1e-9);
        return new LogScale(low, Math.max(high, low + 1), from, to);
    }

    /** Where a value is. */
    double at(double value) {
        return from + (to - from) * (Math.log10(value) - low) / (high - low);
    }

    /** The powers of ten. */
    List<Double> marks() {
        List<Double> marks = new ArrayList<>();
        for (int exponent = low; exponent <= high; exponent++) {
            marks.add(Math.pow(10, exponent));
        }
        return marks;
    }

    /** Nanoseconds in the unit that suits them. */
    static String time(double nanos) {
        if (nanos < 1_000) {
            return Figures.of(nanos) + " ns";
        }
        if (nanos < 1e6) {
            return Figures.of(nanos / 1e3) + " µs";
        }
        return nanos < 1e9 ? Figures.of(nanos / 1e6) + " ms" : Figures.of(nanos / 1e9) + " s";
    }
}
