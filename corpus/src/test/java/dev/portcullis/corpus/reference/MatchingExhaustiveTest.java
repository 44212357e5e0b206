package dev.portcullis.corpus.reference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.policy.PolicyType;
import dev.portcullis.policy.Semantics;
import dev.portcullis.policy.Semantics.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every short pattern against every short text, compared with a recursion that only follows the words of the rules. */
class MatchingExhaustiveTest {

    @Test
    void string_everyPatternUpToFive_equalsTheRecursion() throws Pattern.BadVariable {
        // L31, L93
        List<String> texts = words("ab:", 5);
        long matches = 0;
        for (String pattern : words("ab*?:", 5)) {
            Glob glob = Pattern.of(pattern, true, true)
                    .resolve(new Context(Map.of(), Semantics.defaults()), Semantics.defaults())
                    .orElseThrow();
            for (String text : texts) {
                boolean expected = plain(pattern, text);
                if (glob.matches(text) != expected) {
                    assertThat(pattern + " / " + text).isEqualTo(expected ? "match" : "no match");
                }
                matches += expected ? 1 : 0;
            }
        }
        assertThat(matches).isGreaterThan(10_000);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void resource_everyPatternUpToFour_equalsTheRecursion(boolean starsCross) {
        // L43, L44, U27; the pattern stands where the second field begins, and there are always six fields.
        Semantics semantics = Semantics.defaults().with(Point.STAR_ENDING_A_FIELD_CROSSES_COLONS, starsCross);
        Context context = new Context(Map.of(), semantics);
        List<String> texts = words("ab:", 5);
        long matches = 0;
        for (String word : words("ab*?:", 4)) {
            String pattern = "arn:" + word + ":::::x";
            StatementText statement = Scenes.policy(
                            PolicyType.RESOURCE,
                            "{`Effect`:`Allow`,`Principal`:`*`,`Action`:`*`,`Resource`:`" + pattern + "`}")
                    .statements()
                    .get(0);
            for (String end : List.of(":::::x", "::::x")) {
                for (String text : texts) {
                    String resource = "arn:" + text + end;
                    boolean expected = fields(pattern, resource, 1, starsCross);
                    if (new Resources(resource, context, semantics).match(statement, PolicyType.RESOURCE) != expected) {
                        assertThat(pattern + " / " + resource).isEqualTo(expected ? "match" : "no match");
                    }
                    matches += expected ? 1 : 0;
                }
            }
        }
        assertThat(matches).isGreaterThan(10_000);
    }

    /** Whether the pattern matches the text, star and question mark over anything. */
    private static boolean plain(String pattern, String text) {
        if (pattern.isEmpty()) {
            return text.isEmpty();
        }
        char first = pattern.charAt(0);
        if (first == '*') {
            return plain(pattern.substring(1), text) || (!text.isEmpty() && plain(pattern, text.substring(1)));
        }
        return !text.isEmpty()
                && (first == '?' || first == text.charAt(0))
                && plain(pattern.substring(1), text.substring(1));
    }

    /** The same where the pattern is in its given field, of which the sixth is the rest. */
    private static boolean fields(String pattern, String text, int field, boolean starsCross) {
        if (pattern.isEmpty()) {
            return text.isEmpty();
        }
        char first = pattern.charAt(0);
        String rest = pattern.substring(1);
        boolean colonNext = !text.isEmpty() && text.charAt(0) == ':';
        if (first == '*') {
            boolean lastOfField = rest.isEmpty() || rest.charAt(0) == ':';
            boolean takesColon = field == 6 || (lastOfField && starsCross);
            return fields(rest, text, field, starsCross)
                    || (!text.isEmpty()
                            && (!colonNext || takesColon)
                            && fields(pattern, text.substring(1), field, starsCross));
        }
        if (text.isEmpty()) {
            return false;
        }
        if (first == '?') {
            return (!colonNext || field == 6) && fields(rest, text.substring(1), field, starsCross);
        }
        int nextField = first == ':' && field < 6 ? field + 1 : field;
        return first == text.charAt(0) && fields(rest, text.substring(1), nextField, starsCross);
    }

    private static List<String> words(String alphabet, int longest) {
        List<String> words = new ArrayList<>(List.of(""));
        int start = 0;
        for (int length = 1; length <= longest; length++) {
            int end = words.size();
            for (int i = start; i < end; i++) {
                for (int k = 0; k < alphabet.length(); k++) {
                    words.add(words.get(i) + alphabet.charAt(k));
                }
            }
            start = end;
        }
        return words;
    }
}
