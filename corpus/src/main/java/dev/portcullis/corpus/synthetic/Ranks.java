package dev.portcullis.corpus.synthetic;

import dev.portcullis.corpus.generate.RandomNumbers;

/** Draws by rank, the first ones most often, as names and callers occur. Stateless. */
final class Ranks {

    private static final double UNIT = 0x1.0p-53;

    private Ranks() {}

    /**
     * A rank from 0 up to, not including, {@code count}: Zipf's law with exponent 1, by a continuous law of the same
     * shape. {@link StrictMath} gives the same bits everywhere.
     */
    static int zipf(RandomNumbers random, int count) {
        double unit = (random.next() >>> 11) * UNIT;
        int rank = (int) StrictMath.exp(unit * StrictMath.log(count + 1.0)) - 1;
        return Math.min(rank, count - 1);
    }

    /** An index with a probability in proportion to its share of the running totals. */
    static int weighted(RandomNumbers random, int[] totals) {
        int drawn = random.below(totals[totals.length - 1]);
        int low = 0;
        int high = totals.length - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (totals[middle] > drawn) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    /** Running totals of weights. */
    static int[] totals(int... weights) {
        int[] totals = new int[weights.length];
        int sum = 0;
        for (int i = 0; i < weights.length; i++) {
            sum += weights[i];
            totals[i] = sum;
        }
        return totals;
    }
}
