package dev.portcullis;

import dev.portcullis.policy.Limits;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;

/**
 * Session policies by their texts, compiled once. Bounded in bytes ({@link Limits#SESSION_CACHE_BYTES}, texts included);
 * what was used longest ago goes first. For all threads: a hit takes no lock and allocates nothing.
 *
 * <p>Who makes a session chooses its texts, and can make their hashes collide; so a text has {@link #WAYS} places and no
 * more, and a collision costs compiling, never searching.
 */
final class SessionPolicyCache {

    private static final int WAYS = 8;
    private static final int SETS = 512;
    /** Bytes of an entry besides texts and code: headers, references and the like, generously. */
    private static final long ENTRY_BYTES = 512;

    private static final int CHARACTER_BYTES = 2;

    private final AtomicReferenceArray<Entry> entries = new AtomicReferenceArray<>(WAYS * SETS);
    private final long mostBytes;
    private final AtomicLong clock = new AtomicLong();
    private final LongAdder hits = new LongAdder();
    private final LongAdder misses = new LongAdder();
    private volatile long bytes;

    SessionPolicyCache(long mostBytes) {
        this.mostBytes = mostBytes;
    }

    private static final class Entry {
        private final String[] texts;
        private final SessionPolicies policies;
        private final long bytes;
        /** The cache's clock when it was used last; races only make it a little older. */
        private volatile long used;

        Entry(String[] texts, SessionPolicies policies, long now) {
            this.texts = texts;
            this.policies = policies;
            long characters = 0;
            for (String text : texts) {
                characters += text.length();
            }
            this.bytes = ENTRY_BYTES + CHARACTER_BYTES * characters + policies.bytes();
            this.used = now;
        }

        boolean is(String[] others) {
            if (texts.length != others.length) {
                return false;
            }
            for (int i = 0; i < others.length; i++) {
                if (!texts[i].equals(others[i])) {
                    return false;
                }
            }
            return true;
        }
    }

    /** The compiled policies, or null. */
    SessionPolicies find(String[] texts) {
        int first = first(texts);
        for (int place = first; place < first + WAYS; place++) {
            Entry entry = entries.get(place);
            if (entry != null && entry.is(texts)) {
                long now = clock.get();
                if (entry.used != now) {
                    entry.used = now;
                }
                hits.increment();
                return entry.policies;
            }
        }
        misses.increment();
        return null;
    }

    /** Keeps compiled policies, unless they alone are too large. The texts are copied. */
    synchronized void keep(String[] texts, SessionPolicies policies) {
        Entry entry = new Entry(texts.clone(), policies, clock.incrementAndGet());
        if (entry.bytes > mostBytes) {
            return;
        }
        int first = first(texts);
        int place = first;
        for (int candidate = first; candidate < first + WAYS; candidate++) {
            Entry there = entries.get(candidate);
            if (there == null || there.is(texts)) {
                place = candidate;
                break;
            }
            if (there.used < entries.get(place).used) {
                place = candidate;
            }
        }
        long held = bytes - drop(place) + entry.bytes;
        while (held > mostBytes) {
            held -= drop(oldest());
        }
        entries.set(place, entry);
        bytes = held;
    }

    /** Bytes of the entry that was there. */
    private long drop(int place) {
        Entry there = entries.get(place);
        entries.set(place, null);
        return there == null ? 0 : there.bytes;
    }

    private int oldest() {
        int oldest = 0;
        long used = Long.MAX_VALUE;
        for (int place = 0; place < entries.length(); place++) {
            Entry there = entries.get(place);
            if (there != null && there.used < used) {
                oldest = place;
                used = there.used;
            }
        }
        return oldest;
    }

    private static int first(String[] texts) {
        int hash = texts.length;
        for (String text : texts) {
            hash = hash * 31 + text.hashCode();
        }
        return ((hash * 0x9E3779B1) >>> 23) * WAYS;
    }

    long bytes() {
        return bytes;
    }

    long hits() {
        return hits.sum();
    }

    long misses() {
        return misses.sum();
    }
}
