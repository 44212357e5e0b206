package dev.portcullis.corpus.synthetic;

import java.util.Map;
import java.util.TreeMap;

/** How often each number occurred. For one thread. */
final class Tally {

    private final TreeMap<Integer, Long> counts = new TreeMap<>();
    private long total;
    private long sum;

    void add(int value) {
        counts.merge(value, 1L, Long::sum);
        total++;
        sum += value;
    }

    long total() {
        return total;
    }

    long sum() {
        return sum;
    }

    double mean() {
        return total == 0 ? 0 : (double) sum / total;
    }

    /** The greatest; 0 when there is none. */
    int max() {
        return counts.isEmpty() ? 0 : counts.lastKey();
    }

    /** The least number that so many of a hundred do not exceed. */
    int percentile(int percent) {
        long seen = 0;
        for (Map.Entry<Integer, Long> entry : counts.entrySet()) {
            seen += entry.getValue();
            if (seen * 100 >= total * percent) {
                return entry.getKey();
            }
        }
        return 0;
    }

    /** The share of the numbers between the two, both included. */
    double share(int least, int most) {
        long within = counts.subMap(least, true, most, true).values().stream()
                .mapToLong(Long::longValue)
                .sum();
        return total == 0 ? 0 : (double) within / total;
    }
}
