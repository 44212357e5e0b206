package dev.portcullis.automaton;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.policy.Limits;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * The machines that run patterns, against the plainest one there is, and what they may take for the worst of patterns.
 * {@code *} and {@code ?} as usual; {@code +} and {@code -} are those that mind colons.
 */
class PatternMachinesTest {

    private static final long SEED = Long.getLong("portcullis.seed", 20_261_122);
    private static final int RUNS = 40_000;
    /** Longer than three words of bits. */
    private static final int LONGEST = 200;

    private final Positions positions = new Positions();
    private final Template template = new Template(false);

    @Test
    void exact_anyPattern_asThePlainestMachine() {
        Random random = new Random(SEED);
        int matched = 0;
        for (int run = 0; run < RUNS; run++) {
            String text = text(random);
            String pattern = pattern(random, text, "*?+-");
            boolean expected = matches(pattern, text);
            assertThat(exact(pattern, text)).as("%s on %s", pattern, text).isEqualTo(expected);
            assertThat(expanded(pattern, text)).as("%s on %s", pattern, text).isEqualTo(expected);
            matched += expected ? 1 : 0;
        }
        assertThat(matched).isBetween(RUNS / 20, RUNS - RUNS / 20);
    }

    @Test
    void greedy_anyPattern_asThePlainestMachine() {
        Random random = new Random(SEED);
        int matched = 0;
        for (int run = 0; run < RUNS; run++) {
            String text = text(random);
            String pattern = pattern(random, text, "*?");
            boolean expected = matches(pattern, text);
            assertThat(greedy(pattern, text)).as("%s on %s", pattern, text).isEqualTo(expected);
            assertThat(greedyExpanded(pattern, text))
                    .as("%s on %s", pattern, text)
                    .isEqualTo(expected);
            matched += expected ? 1 : 0;
        }
        assertThat(matched).isBetween(RUNS / 20, RUNS - RUNS / 20);
    }

    /** The bound that Limits and the design decisions state, for 2 KiB patterns and 8 KiB values. */
    @Test
    void allMachines_worstPatterns_stayWithinTheBound() {
        long most = 0;
        for (Map.Entry<String, String> worst : worst().entrySet()) {
            String pattern = worst.getKey();
            String text = worst.getValue();
            long bound = bound(pattern.length(), text.length());
            boolean expected = matches(pattern, text);
            boolean minding = pattern.indexOf('+') >= 0 || pattern.indexOf('-') >= 0;
            String shown = pattern.substring(0, 12);

            long before = positions.steps();
            assertThat(minding ? exact(pattern, text) : greedy(pattern, text))
                    .as(shown)
                    .isEqualTo(expected);
            long program = positions.steps() - before;
            before = positions.steps();
            assertThat(minding ? expanded(pattern, text) : greedyExpanded(pattern, text))
                    .as(shown)
                    .isEqualTo(expected);
            long units = positions.steps() - before;

            assertThat(Math.max(program, units)).as(shown).isLessThan(bound);
            most = Math.max(most, Math.max(program, units));
        }
        // Most of them have the greedy machine give up.
        assertThat(most).isGreaterThan(Limits.CONTEXT_VALUE_UNITS * 30L);
    }

    /** A variable's value may make a pattern far longer than its text: what can't be reached any more costs nothing. */
    @Test
    void template_longerThanItsText_staysWithinTheBound() {
        String text = "a".repeat(Limits.CONTEXT_VALUE_UNITS);
        String pattern = "*" + "a".repeat(32 * Limits.CONTEXT_VALUE_UNITS) + "+b";
        long before = positions.steps();

        assertThat(expanded(pattern, text)).isFalse();
        assertThat(greedyExpanded(pattern.replace('+', '*'), text)).isFalse();

        assertThat(positions.steps() - before).isLessThan(2 * bound(2L * text.length(), text.length()));
    }

    /** Steps for a pattern of m units and a text of n, those included that the machines don't count. */
    private static long bound(long m, long n) {
        return n * m / 32 + 16 * n + 4 * m + 512;
    }

    private static Map<String, String> worst() {
        int m = Limits.PATTERN_UNITS;
        int n = Limits.CONTEXT_VALUE_UNITS;
        String letters = "abcdefghijklmnopqrstuvwxyz";
        Map<String, String> worst = new LinkedHashMap<>();
        worst.put("*?".repeat(m / 2), "a".repeat(n));
        worst.put("*?".repeat(m / 2 - 1) + "*b", "a".repeat(n));
        worst.put("*a".repeat(m / 2 - 1) + "*b", "a".repeat(n));
        worst.put("+a".repeat(m / 2 - 1) + "+b", "a".repeat(n));
        worst.put("+-".repeat(m / 2 - 1) + "+b", "a:".repeat(n / 2));
        worst.put("*" + "a".repeat(m - 2) + "b", "a".repeat(n));
        worst.put("*" + "a".repeat(m / 2) + "?" + "a".repeat(m / 2 - 3) + "b", "a".repeat(n));
        worst.put("*" + "?a".repeat(m / 2 - 1) + "b", "a".repeat(n));
        worst.put("+" + "-a".repeat(m / 2 - 1) + "b", "a".repeat(n));
        worst.put("*" + "ab".repeat(m / 2 - 1) + "*", "ab".repeat(n / 4) + "aa".repeat(n / 4));
        StringBuilder stars = new StringBuilder();
        for (int i = 0; i < m / 2; i++) {
            stars.append('*').append(letters.charAt(i % 26));
        }
        worst.put(stars.toString(), letters.repeat(n / 26));
        worst.put(stars + "*?!", letters.repeat(n / 26));
        // Each unit of the text in few places: the lists of places, not their masks.
        StringBuilder wide = new StringBuilder();
        for (int i = 0; i < n; i++) {
            wide.append((char) (0x4E00 + i % 1000));
        }
        worst.put("*" + wide.substring(0, m - 2) + "!", wide.toString());
        worst.put("*" + wide.substring(0, m - 4).replace((char) (0x4E00 + 7), '?') + "!", wide.toString());
        return worst;
    }

    private static String text(Random random) {
        int size = random.nextInt(random.nextInt(4) == 0 ? LONGEST : 20);
        String alphabet = random.nextBoolean() ? "aab:" : "ab:\u0161\u4E61\uD83D\uDE00";
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < size; i++) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }

    /** Often the text itself with wildcards in some places, so that many match. */
    private static String pattern(Random random, String text, String wildcards) {
        StringBuilder pattern = new StringBuilder();
        int dense = 1 + random.nextInt(12);
        for (int at = 0; at < text.length(); ) {
            if (random.nextInt(dense) == 0) {
                char wildcard = wildcards.charAt(random.nextInt(wildcards.length()));
                pattern.append(wildcard);
                at += wildcard == '*' || wildcard == '+' ? random.nextInt(4) : 1;
            } else {
                pattern.append(text.charAt(at++));
            }
        }
        if (random.nextInt(3) == 0) {
            pattern.insert(random.nextInt(pattern.length() + 1), "*");
        }
        if (random.nextInt(4) == 0 && pattern.length() > 0) {
            pattern.setCharAt(random.nextInt(pattern.length()), 'b');
        }
        return pattern.toString();
    }

    /** One flag a place, one token after the other. */
    private static boolean matches(String pattern, String text) {
        boolean[] now = new boolean[text.length() + 1];
        now[0] = true;
        for (int at = 0; at < pattern.length(); at++) {
            char token = pattern.charAt(at);
            boolean[] next = new boolean[now.length];
            boolean star = token == '*' || token == '+';
            boolean minds = token == '+' || token == '-';
            for (int place = 0; place < now.length; place++) {
                next[place] |= star && now[place];
                if (place < text.length()) {
                    char unit = text.charAt(place);
                    boolean wild = star || token == '?' || token == '-';
                    boolean passes = wild ? !(minds && unit == ':') : unit == token;
                    next[place + 1] |= passes && (now[place] || (star && next[place]));
                }
            }
            now = next;
        }
        return now[text.length()];
    }

    private boolean greedy(String pattern, String text) {
        String padded = "x" + text + "y";
        return Globs.greedy(code(pattern), 0, padded.toCharArray(), 1, 1 + text.length(), positions);
    }

    private boolean exact(String pattern, String text) {
        String padded = "x" + text + "y";
        return Globs.exact(code(pattern), 0, padded.toCharArray(), 1, 1 + text.length(), positions);
    }

    private boolean expanded(String pattern, String text) {
        expand(pattern);
        return template.exact((":" + text + ":").toCharArray(), 1, 1 + text.length(), positions);
    }

    private boolean greedyExpanded(String pattern, String text) {
        expand(pattern);
        return template.greedy(0, template.length, (":" + text + ":").toCharArray(), 1, 1 + text.length(), positions);
    }

    private void expand(String pattern) {
        template.units = pattern.toCharArray();
        template.kinds = new byte[pattern.length()];
        template.length = pattern.length();
        for (int i = 0; i < pattern.length(); i++) {
            template.kinds[i] = switch (pattern.charAt(i)) {
                case '*' -> Template.ANY;
                case '+' -> Template.ANY_IN_FIELD;
                case '?' -> Template.ONE;
                case '-' -> Template.ONE_IN_FIELD;
                default -> Template.LITERAL;
            };
        }
    }

    private static Code code(String pattern) {
        int[] tokens = new int[3 * pattern.length() + 1];
        int count = 0;
        for (int at = 0; at < pattern.length(); ) {
            int token = wildcard(pattern.charAt(at));
            if (token != Code.TEXT) {
                tokens[count++] = token;
                at++;
                continue;
            }
            int start = at;
            while (at < pattern.length() && wildcard(pattern.charAt(at)) == Code.TEXT) {
                at++;
            }
            tokens[count++] = Code.TEXT;
            tokens[count++] = start;
            tokens[count++] = at - start;
        }
        tokens[count++] = Code.END;
        return new Code(new long[0], Arrays.copyOf(tokens, count), new int[0], pattern.toCharArray());
    }

    private static int wildcard(char unit) {
        return switch (unit) {
            case '*' -> Code.ANY;
            case '+' -> Code.ANY_IN_FIELD;
            case '?' -> Code.ONE;
            case '-' -> Code.ONE_IN_FIELD;
            default -> Code.TEXT;
        };
    }
}
