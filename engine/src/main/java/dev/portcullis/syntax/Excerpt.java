package dev.portcullis.syntax;

import dev.portcullis.policy.Diagnostic;
import dev.portcullis.policy.Span;

/**
 * A diagnostic with the line it is about:
 *
 * <pre>
 * error[INVALID_CONDITION_OPERATOR] deny.json:7:9: `StringEqual` is no condition operator
 *  7 |         "StringEqual": {
 *    |         ^^^^^^^^^^^^^
 * help: did you mean `StringEquals`?
 * </pre>
 *
 * Tabs stay, so that the carets stand under their text whatever a tab's width; other control characters of the document
 * are shown as escapes. A span over several lines is marked to the end of its first.
 */
public final class Excerpt {

    /** Units of a line that are shown; of a longer one, those around the span. */
    private static final int WINDOW = 120;

    private static final int BEFORE_SPAN = 40;

    private final StringBuilder line = new StringBuilder();
    private final StringBuilder marks = new StringBuilder();

    private Excerpt() {}

    /**
     * The text: several lines, without a line end after the last.
     *
     * @param source the text that the diagnostic's span counts in; of another text no line is shown
     */
    public static String render(Diagnostic diagnostic, String source) {
        StringBuilder text = new StringBuilder(Shown.escaped(diagnostic.summary()));
        Span span = diagnostic.span();
        int lineStart = span.start() - (span.column() - 1);
        if (span.line() > 0 && lineStart >= 0 && span.start() <= span.end() && span.end() <= source.length()) {
            Excerpt excerpt = new Excerpt();
            excerpt.draw(source, lineStart, span);
            String number = Integer.toString(span.line());
            text.append("\n ").append(number).append(" | ").append(excerpt.line);
            text.append("\n ").append(" ".repeat(number.length())).append(" | ").append(excerpt.marks);
        }
        diagnostic.help().ifPresent(help -> text.append("\nhelp: ").append(Shown.escaped(help)));
        return text.toString();
    }

    private void draw(String source, int lineStart, Span span) {
        int lineEnd = span.start();
        while (lineEnd < source.length() && source.charAt(lineEnd) != '\n' && source.charAt(lineEnd) != '\r') {
            lineEnd++;
        }
        int from = lineStart;
        int to = lineEnd;
        if (lineEnd - lineStart > WINDOW) {
            from = wholeCharacter(source, Math.max(lineStart, Math.min(span.start() - BEFORE_SPAN, lineEnd - WINDOW)));
            to = wholeCharacter(source, from + WINDOW);
        }
        if (from > lineStart) {
            append("…", false);
        }
        for (int i = from; i < to; ) {
            int point = source.codePointAt(i);
            boolean marked = i == span.start() || (i > span.start() && i < span.end());
            if (point == '\t' && !marked) {
                line.append('\t');
                marks.append('\t');
            } else {
                append(Shown.escaped(Character.toString(point)), marked);
            }
            i += Character.charCount(point);
        }
        if (to < lineEnd) {
            append("…", false);
        } else if (span.start() == lineEnd) {
            marks.append('^');
        }
        marks.setLength(marks.lastIndexOf("^") + 1);
    }

    private void append(String shown, boolean marked) {
        line.append(shown);
        marks.append((marked ? "^" : " ").repeat(shown.codePointCount(0, shown.length())));
    }

    /** The offset, or the one before it if it is amid a surrogate pair. */
    private static int wholeCharacter(String source, int offset) {
        boolean amid = offset > 0
                && offset < source.length()
                && Character.isLowSurrogate(source.charAt(offset))
                && Character.isHighSurrogate(source.charAt(offset - 1));
        return amid ? offset - 1 : offset;
    }
}
