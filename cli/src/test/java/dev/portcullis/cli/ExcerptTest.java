package dev.portcullis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.policy.Span;
import org.junit.jupiter.api.Test;

class ExcerptTest {

    @Test
    void of_statementOnItsOwnLines_isNumberedAndLosesItsIndentation() {
        String text = "{\n  \"Statement\": [\n    {\n      \"Effect\": \"Allow\"\n    }\n  ]\n}";
        int start = text.indexOf("{\n      \"Effect");
        Span span = new Span(start, text.indexOf('}') + 1, 3, 5);

        assertThat(Excerpt.of(text, span)).containsExactly("3 | {", "4 |   \"Effect\": \"Allow\"", "5 | }");
    }

    @Test
    void of_statementInsideALine_startsAtTheStatement() {
        String text = "{\"Statement\":[{\"Effect\":\"Allow\"}]}";
        Span span = new Span(14, 32, 1, 15);

        assertThat(Excerpt.of(text, span)).containsExactly("1 | {\"Effect\":\"Allow\"}");
    }

    @Test
    void of_numbersOfTwoWidths_areAligned() {
        String text = "a\n".repeat(8) + "{\n\n}";

        assertThat(Excerpt.of(text, new Span(16, 20, 9, 1))).containsExactly(" 9 | {", "10 |", "11 | }");
    }

    @Test
    void of_carriageReturns_endLines() {
        assertThat(Excerpt.of("{\r1\r\n2}", new Span(0, 7, 1, 1))).containsExactly("1 | {", "2 | 1", "3 | 2}");
    }

    @Test
    void of_longExcerpt_endsInACount() {
        String text = "[" + "\n".repeat(40) + "]";

        assertThat(Excerpt.of(text, new Span(0, 42, 1, 1))).hasSize(25).last().isEqualTo("   | … 17 more lines");
    }

    @Test
    void of_longLine_endsInAnEllipsis() {
        String text = "x".repeat(159) + "😀" + "y".repeat(100);

        assertThat(Excerpt.of(text, new Span(0, text.length(), 1, 1))).containsExactly("1 | " + "x".repeat(159) + "…");
    }

    @Test
    void of_controlCharacters_areReplaced() {
        assertThat(Excerpt.of("\u001B[31m", new Span(0, 5, 1, 1))).containsExactly("1 | ␛[31m");
    }

    @Test
    void of_spanOutsideTheText_isEmpty() {
        assertThat(Excerpt.of("{}", Span.NONE)).isEmpty();
        assertThat(Excerpt.of("{}", new Span(0, 3, 1, 1))).isEmpty();
        assertThat(Excerpt.of("{}", new Span(1, 1, 1, 2))).isEmpty();
    }
}
