package dev.portcullis.automaton;

import dev.portcullis.policy.Limits;
import java.util.Arrays;

/**
 * The context keys of a request that no policy of the automaton names: all that is asked of them is whether one is given
 * twice, and what policies that come with the request want of them. Reused; one thread.
 *
 * <pre>
 *   given    the caller's String, null when it was bytes      hashes   of the folded units
 *   starts   of the folded units in the arena, NOT_READ until somebody compares them      lengths
 * </pre>
 */
final class OtherKeys {

    private final String[] given = new String[Limits.CONTEXT_KEYS];
    private final int[] hashes = new int[Limits.CONTEXT_KEYS];
    private final int[] starts = new int[Limits.CONTEXT_KEYS];
    private final int[] lengths = new int[Limits.CONTEXT_KEYS];
    private int count;

    void clear() {
        count = 0;
    }

    /** Forgets what has been written to the arena from {@code end} on. */
    void rewind(int end) {
        for (int i = 0; i < count; i++) {
            if (given[i] != null && starts[i] >= end) {
                starts[i] = RequestContext.NOT_READ;
            }
        }
    }

    int hash(int number) {
        return hashes[number];
    }

    /** Adds a key whose folded hash is known; -1 when it may be here already. */
    int add(String key, int hash) {
        int number = count;
        if (number == given.length) {
            return RequestContext.NOT_READ;
        }
        for (int i = 0; i < number; i++) {
            if (hashes[i] == hash) {
                return RequestContext.NOT_READ;
            }
        }
        given[number] = key;
        hashes[number] = hash;
        starts[number] = RequestContext.NOT_READ;
        count = number + 1;
        return number;
    }

    /** The number of the key whose folded units stand in the arena, a new one if it is new. */
    int add(int start, int length, int hash, RequestContext context) {
        for (int i = 0; i < count; i++) {
            if (hashes[i] == hash) {
                int from = start(i, context);
                char[] text = context.text;
                if (Arrays.equals(text, from, from + lengths[i], text, start, start + length)) {
                    return i;
                }
            }
        }
        given[count] = null;
        hashes[count] = hash;
        starts[count] = start;
        lengths[count] = length;
        return count++;
    }

    /** The number of a folded key, or -1. */
    int find(String folded, RequestContext context) {
        for (int i = 0; i < count; i++) {
            int start = start(i, context);
            if (lengths[i] == folded.length() && same(folded, context.text, start)) {
                return i;
            }
        }
        return RequestContext.NOT_READ;
    }

    private static boolean same(String folded, char[] text, int start) {
        for (int i = 0; i < folded.length(); i++) {
            if (folded.charAt(i) != text[start + i]) {
                return false;
            }
        }
        return true;
    }

    private int start(int number, RequestContext context) {
        if (starts[number] == RequestContext.NOT_READ) {
            long folded = context.foldKey(context.put(given[number]));
            starts[number] = (int) (folded >>> 32);
            lengths[number] = (int) folded;
        }
        return starts[number];
    }
}
