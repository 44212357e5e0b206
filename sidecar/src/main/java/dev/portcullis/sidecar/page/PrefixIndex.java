package dev.portcullis.sidecar.page;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds words by how they begin, or by how their last part begins: {@code arn:…:user/alice} by {@code ali}, {@code
 * q:SendMessage} by {@code send}. ASCII letter case doesn't matter. Immutable.
 */
final class PrefixIndex {

    private static final String SESSION = ":assumed-role/";

    private final String[] byWhole;
    private final String[] byName;

    PrefixIndex(Collection<String> words) {
        byWhole = words.toArray(new String[0]);
        byName = byWhole.clone();
        Arrays.sort(byWhole, (a, b) -> compare(a, 0, b, 0));
        Comparator<String> names = (a, b) -> compare(a, nameStart(a), b, nameStart(b));
        Arrays.sort(byName, names.thenComparing((a, b) -> compare(a, 0, b, 0)));
    }

    /** Words that begin so: first those whose last part does, each kind in the order of the alphabet. */
    List<String> find(String prefix, int limit) {
        Set<String> found = new LinkedHashSet<>();
        if (!prefix.isEmpty()) {
            for (int i = first(byName, prefix, true); i < byName.length && found.size() < limit; i++) {
                if (!startsWith(byName[i], nameStart(byName[i]), prefix)) {
                    break;
                }
                found.add(byName[i]);
            }
        }
        for (int i = first(byWhole, prefix, false); i < byWhole.length && found.size() < limit; i++) {
            if (!startsWith(byWhole[i], 0, prefix)) {
                break;
            }
            found.add(byWhole[i]);
        }
        return List.copyOf(found);
    }

    private static int first(String[] words, String prefix, boolean named) {
        int low = 0;
        int high = words.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            String word = words[middle];
            if (compare(word, named ? nameStart(word) : 0, prefix, 0) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Where the last part begins; of a session's ARN, the role's name. */
    static int nameStart(String word) {
        int session = word.indexOf(SESSION);
        if (session >= 0) {
            return session + SESSION.length();
        }
        int slash = word.lastIndexOf('/');
        return (slash >= 0 ? slash : word.lastIndexOf(':')) + 1;
    }

    private static boolean startsWith(String word, int from, String prefix) {
        if (word.length() - from < prefix.length()) {
            return false;
        }
        for (int i = 0; i < prefix.length(); i++) {
            if (fold(word.charAt(from + i)) != fold(prefix.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static int compare(String a, int fromA, String b, int fromB) {
        int length = Math.min(a.length() - fromA, b.length() - fromB);
        for (int i = 0; i < length; i++) {
            int difference = fold(a.charAt(fromA + i)) - fold(b.charAt(fromB + i));
            if (difference != 0) {
                return difference;
            }
        }
        return (a.length() - fromA) - (b.length() - fromB);
    }

    private static char fold(char unit) {
        return unit >= 'A' && unit <= 'Z' ? (char) (unit + ('a' - 'A')) : unit;
    }
}
