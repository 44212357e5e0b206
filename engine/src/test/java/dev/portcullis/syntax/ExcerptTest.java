package dev.portcullis.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.policy.Diagnostic;
import dev.portcullis.policy.Severity;
import dev.portcullis.policy.Span;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ExcerptTest {

    @Test
    void render_span_isUnderlinedInItsLine() {
        assertThat(render("{\n  \"Efect\": \"Allow\"\n}", "\"Efect\"")).isEqualTo("""
                error[CODE] p:2:3: message
                 2 |   "Efect": "Allow"
                   |   ^^^^^^^""");
    }

    @Test
    void render_help_standsBelow() {
        String source = "{\r\n\"a\"}";
        Diagnostic diagnostic = new Diagnostic(
                "CODE",
                Severity.WARNING,
                "p",
                new Lines(source).span(3, 6),
                "message",
                Optional.of("did you mean `b`?"));

        assertThat(Excerpt.render(diagnostic, source)).isEqualTo("""
                warning[CODE] p:2:1: message
                 2 | "a"}
                   | ^^^
                help: did you mean `b`?""");
    }

    @Test
    void render_tabs_stayInBothLines() {
        assertThat(render("\t{\t\"a\"\t}", "\"a\""))
                .isEqualTo("error[CODE] p:1:4: message\n 1 | \t{\t\"a\"\t}\n   | \t \t^^^");
    }

    @Test
    void render_spanOverLines_isMarkedToTheEndOfItsFirst() {
        assertThat(render("a {\n}", "{\n}")).isEqualTo("error[CODE] p:1:3: message\n 1 | a {\n   |   ^");
    }

    @Test
    void render_endOfText_isMarkedBehindIt() {
        String source = "{\n ";
        Diagnostic diagnostic = JsonReader.read("p", source, JsonReader.Bounds.DOCUMENT)
                .diagnostics()
                .get(0);

        assertThat(Excerpt.render(diagnostic, source)).isEqualTo("""
                error[JSON_SYNTAX_ERROR] p:2:2: expected a name in double quotes or `}`, found the end of the text
                 2 | \s
                   |  ^
                help: `{` of 1:1 is not closed""");
    }

    @Test
    void render_emptyText_isMarkedAtItsStart() {
        Diagnostic diagnostic = JsonReader.read("p", "", JsonReader.Bounds.DOCUMENT)
                .diagnostics()
                .get(0);

        assertThat(Excerpt.render(diagnostic, "")).endsWith("\n 1 | \n   | ^");
    }

    @Test
    void render_longLine_isCutAroundTheSpan() {
        String source = "x".repeat(500) + "\"here\"" + "y".repeat(500);
        List<String> lines = render(source, "\"here\"").lines().toList();

        assertThat(lines.get(1)).startsWith(" 1 | …xxx").endsWith("yyy…").contains("x\"here\"y");
        assertThat(lines.get(1).length()).isLessThan(140);
        assertThat(lines.get(2).indexOf('^')).isEqualTo(lines.get(1).indexOf('"'));
        assertThat(lines.get(2)).endsWith("^^^^^^").doesNotContain("^^^^^^^");
    }

    @Test
    void render_longSpan_isCutWithItsLine() {
        String source = "[" + "x".repeat(500) + "]";
        List<String> lines = render(source, "x".repeat(500)).lines().toList();

        assertThat(lines.get(1)).startsWith(" 1 | [xxx").endsWith("xxx…");
        assertThat(lines.get(2))
                .startsWith("   |  ^^^")
                .hasSameSizeAs(lines.get(1).substring(1));
    }

    @Test
    void render_cutLine_keepsSurrogatePairsWhole() {
        String source = "\uD83D\uDE00".repeat(300);
        for (int at = 0; at < source.length(); at += 2) {
            Span span = new Lines(source).span(at, at + 2);
            String text = Excerpt.render(new Diagnostic("CODE", Severity.ERROR, "p", span, "message"), source);

            assertThat(StringLiteral.refused(text, 0)).isEqualTo(-1);
            assertThat(text).doesNotContain("\\u");
        }
    }

    @Test
    void render_controlCharacters_neverLeak() {
        String source = "[\u001B[2J\u0007\u202E\u009B \"a\" \u2028]";
        Diagnostic diagnostic = new Diagnostic(
                "CODE",
                Severity.ERROR,
                "name\u001B[1m\n",
                new Lines(source).span(source.indexOf('"'), source.indexOf('"') + 3),
                "bad\r\u001B",
                Optional.of("help\u0085"));

        String text = Excerpt.render(diagnostic, source);

        assertThat(text.chars()).allMatch(c -> c == '\n' || (c >= ' ' && c < 0x7F));
        assertThat(text.lines()).hasSize(4);
        assertThat(text).contains("[\\u001B[2J\\u0007\\u202E\\u009B \"a\" \\u2028]");
        List<String> lines = text.lines().toList();
        assertThat(lines.get(2).indexOf('^')).isEqualTo(lines.get(1).indexOf('"'));
    }

    @Test
    void render_noPlace_isTheSummaryAlone() {
        Diagnostic diagnostic = new Diagnostic("CODE", Severity.ERROR, "p", Span.NONE, "message");

        assertThat(Excerpt.render(diagnostic, "{}")).isEqualTo("error[CODE] p: message");
    }

    @Test
    void render_spanOfAnotherText_isTheSummaryAlone() {
        Diagnostic diagnostic = new Diagnostic("CODE", Severity.ERROR, "p", new Span(40, 50, 3, 1), "message");

        assertThat(Excerpt.render(diagnostic, "{}")).isEqualTo("error[CODE] p:3:1: message");
    }

    private static String render(String source, String marked) {
        int start = source.indexOf(marked);
        Span span = new Lines(source).span(start, start + marked.length());
        return Excerpt.render(new Diagnostic("CODE", Severity.ERROR, "p", span, "message"), source);
    }
}
