package dev.portcullis.store;

import java.util.Locale;
import java.util.Optional;

/**
 * "Did you mean": the known word nearest to an unknown one. Comparing takes time, so that one store gets a fixed number
 * of comparisons; who asks later gets no suggestion.
 */
final class Spelling {

    private static final int COMPARISONS = 2_000_000;
    private static final int LONGEST = 200;

    private int left = COMPARISONS;

    /** {@code did you mean `…`?}, or empty when nothing is near. */
    Optional<String> help(String word, Iterable<String> known) {
        return nearest(word, known).map(found -> "did you mean " + Quoted.of(found) + "?");
    }

    /** The nearest of the known words; the first of several. Case counts for less than letters. */
    Optional<String> nearest(String word, Iterable<String> known) {
        String lower = word.toLowerCase(Locale.ROOT);
        int best = word.length() < 3 ? 1 : Math.min(4, 2 + word.length() / 6);
        Optional<String> nearest = Optional.empty();
        for (String candidate : known) {
            if (left-- <= 0 || word.length() > LONGEST) {
                return Optional.empty();
            }
            int distance = distance(lower, candidate.toLowerCase(Locale.ROOT), best);
            if (distance < best) {
                best = distance;
                nearest = Optional.of(candidate);
            }
        }
        return nearest;
    }

    /** Letters to insert, remove, replace or swap with their neighbour; {@code bound} when it takes as many or more. */
    private static int distance(String from, String to, int bound) {
        if (Math.abs(from.length() - to.length()) >= bound) {
            return bound;
        }
        int[] beforeLast = new int[to.length() + 1];
        int[] last = new int[to.length() + 1];
        int[] row = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            last[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            row[0] = i;
            int least = i;
            for (int j = 1; j <= to.length(); j++) {
                int replaced = last[j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replaced, 1 + Math.min(last[j], row[j - 1]));
                boolean swapped = i > 1
                        && j > 1
                        && from.charAt(i - 1) == to.charAt(j - 2)
                        && from.charAt(i - 2) == to.charAt(j - 1);
                if (swapped) {
                    row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
                }
                least = Math.min(least, row[j]);
            }
            if (least >= bound) {
                return bound;
            }
            int[] spare = beforeLast;
            beforeLast = last;
            last = row;
            row = spare;
        }
        return Math.min(last[to.length()], bound);
    }
}
