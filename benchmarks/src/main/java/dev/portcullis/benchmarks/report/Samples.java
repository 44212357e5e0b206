package dev.portcullis.benchmarks.report;

import java.util.Arrays;
import java.util.List;

/**
 * What the iterations of a benchmark measured, fork by fork. A busy neighbour only ever makes a time longer, so the least and
 * the lower quartile say more about the code, the median more about the machine. Immutable.
 */
final class Samples {

    private final List<double[]> forks;
    private final double[] sorted;

    /** @param forks at least one, none of them empty */
    Samples(List<double[]> forks) {
        this.forks = forks.stream().map(double[]::clone).toList();
        this.sorted =
                this.forks.stream().flatMapToDouble(Arrays::stream).sorted().toArray();
        if (sorted.length == 0 || forks.stream().anyMatch(fork -> fork.length == 0)) {
            throw new IllegalArgumentException("a fork without iterations");
        }
    }

    /** By fork, in the order in which they were measured. */
    List<double[]> forks() {
        return forks.stream().map(double[]::clone).toList();
    }

    int size() {
        return sorted.length;
    }

    /** The value that this share of the iterations is at most, between two of them in proportion. */
    double quantile(double share) {
        return quantile(sorted, share);
    }

    /** The same of any values in order. */
    static double quantile(double[] sorted, double share) {
        double place = share * (sorted.length - 1);
        int below = (int) place;
        double rest = place - below;
        return rest == 0 ? sorted[below] : sorted[below] + rest * (sorted[below + 1] - sorted[below]);
    }

    double median() {
        return quantile(0.5);
    }

    double lowerQuartile() {
        return quantile(0.25);
    }

    double least() {
        return sorted[0];
    }
}
