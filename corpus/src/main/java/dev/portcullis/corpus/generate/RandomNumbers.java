package dev.portcullis.corpus.generate;

import java.util.ArrayList;
import java.util.List;

/** Pseudo-random numbers by SplitMix64, the same on every machine and JDK. For one thread. */
public final class RandomNumbers {

    private static final long GAMMA = 0x9E3779B97F4A7C15L;

    private long state;

    /** Numbers that depend on the seed only. */
    public RandomNumbers(long seed) {
        state = seed;
    }

    /** The numbers of one case of a run: they depend on the seed and the case's number, not on the cases before it. */
    public static RandomNumbers ofCase(long seed, long number) {
        return new RandomNumbers(mix(seed + GAMMA) ^ mix(number * GAMMA + 1));
    }

    /** 64 random bits. */
    public long next() {
        state += GAMMA;
        return mix(state);
    }

    private static long mix(long bits) {
        long mixed = (bits ^ bits >>> 30) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
        return mixed ^ mixed >>> 31;
    }

    /** A number from 0 up to, not including, {@code bound}, which is at least 1. */
    public int below(int bound) {
        if (bound < 1) {
            throw new IllegalArgumentException("bound: " + bound + " is not positive");
        }
        return (int) (((next() >>> 32) * bound) >>> 32);
    }

    /** A number between the two, both included. */
    public int between(int least, int most) {
        return least + below(most - least + 1);
    }

    /** True in {@code percent} of a hundred cases. */
    public boolean chance(int percent) {
        return below(100) < percent;
    }

    /** One of the list's elements. */
    public <T> T one(List<T> list) {
        return list.get(below(list.size()));
    }

    /** A number of the list's elements, in any order, none twice; all of them if there are fewer. */
    public <T> List<T> some(List<T> list, int count) {
        List<T> shuffled = shuffled(list);
        return List.copyOf(shuffled.subList(0, Math.min(count, shuffled.size())));
    }

    /** The list's elements in any order. */
    public <T> List<T> shuffled(List<T> list) {
        List<T> shuffled = new ArrayList<>(list);
        for (int i = shuffled.size() - 1; i > 0; i--) {
            int j = below(i + 1);
            T other = shuffled.get(j);
            shuffled.set(j, shuffled.get(i));
            shuffled.set(i, other);
        }
        return shuffled;
    }
}
