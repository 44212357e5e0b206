package dev.portcullis.sidecar.metrics;

import java.util.concurrent.atomic.LongAdder;

/** Durations in fixed buckets. Thread-safe; recording allocates nothing. */
public final class Histogram {

    private static final long[] BOUNDS_NANOS = {
        1_000,
        2_000,
        5_000,
        10_000,
        20_000,
        50_000,
        100_000,
        200_000,
        500_000,
        1_000_000,
        2_000_000,
        5_000_000,
        10_000_000,
        50_000_000,
        100_000_000,
        1_000_000_000
    };

    private final LongAdder[] buckets = new LongAdder[BOUNDS_NANOS.length + 1];
    private final LongAdder sum = new LongAdder();

    /** Nothing recorded yet. */
    public Histogram() {
        for (int i = 0; i < buckets.length; i++) {
            buckets[i] = new LongAdder();
        }
    }

    /** Records one duration. */
    public void record(long nanos) {
        int bucket = 0;
        while (bucket < BOUNDS_NANOS.length && nanos > BOUNDS_NANOS[bucket]) {
            bucket++;
        }
        buckets[bucket].increment();
        sum.add(nanos);
    }

    /** How many were recorded. */
    public long count() {
        long count = 0;
        for (LongAdder bucket : buckets) {
            count += bucket.sum();
        }
        return count;
    }

    void write(StringBuilder out, String name, String labels) {
        long count = 0;
        for (int i = 0; i < buckets.length; i++) {
            count += buckets[i].sum();
            String bound = i < BOUNDS_NANOS.length ? Double.toString(BOUNDS_NANOS[i] / 1e9) : "+Inf";
            out.append(name)
                    .append("_bucket{")
                    .append(labels)
                    .append(",le=\"")
                    .append(bound)
                    .append("\"} ")
                    .append(count)
                    .append('\n');
        }
        out.append(name)
                .append("_sum{")
                .append(labels)
                .append("} ")
                .append(sum.sum() / 1e9)
                .append('\n');
        out.append(name)
                .append("_count{")
                .append(labels)
                .append("} ")
                .append(count)
                .append('\n');
    }
}
