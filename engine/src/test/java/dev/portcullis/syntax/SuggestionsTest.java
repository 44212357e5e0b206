package dev.portcullis.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuggestionsTest {

    @ParameterizedTest
    @CsvSource({
        "'', '', 0",
        "abc, abc, 0",
        "abc, '', 3",
        "'', abc, 3",
        "abc, abd, 1",
        "abc, acb, 1",
        "abc, abcd, 1",
        "kitten, sitting, 3"
    })
    void distance_twoTexts_countsEdits(String from, String to, int expected) {
        assertThat(Suggestions.distance(from, to)).isEqualTo(expected);
    }

    @Test
    void nearest_typingErrors_findTheName() {
        List<String> names = List.of("Effect", "Action", "NotAction", "Condition");
        assertThat(Suggestions.nearest("Efect", names)).contains("Effect");
        assertThat(Suggestions.nearest("ACTION", names)).contains("Action");
        assertThat(Suggestions.nearest("notaction", names)).contains("NotAction");
        assertThat(Suggestions.nearest("Conditions ", names)).contains("Condition");
    }

    @Test
    void nearest_nothingNear_findsNothing() {
        assertThat(Suggestions.nearest("Comment", List.of("Effect", "Sid"))).isEmpty();
        assertThat(Suggestions.nearest("x".repeat(100_000), List.of("Effect"))).isEmpty();
    }
}
