package dev.portcullis.cli;

import dev.portcullis.policy.Span;
import java.util.ArrayList;
import java.util.List;

/** The lines of a document that a span covers, numbered, for people to read. */
final class Excerpt {

    private static final int LINES = 24;
    private static final int UNITS = 160;

    private Excerpt() {}

    /**
     * The numbered lines, fit for a terminal and stripped of the indentation they share; long ones and long excerpts end
     * in an ellipsis. Empty when the span points nowhere in the text.
     *
     * @param text the text the span's offsets count in
     */
    static List<String> of(String text, Span span) {
        if (span.line() == 0 || span.start() < 0 || span.end() > text.length() || span.start() >= span.end()) {
            return List.of();
        }
        List<String> lines = new ArrayList<>();
        int lineStart = lineStart(text, span.start());
        // A statement that starts far inside its line is shown from its own start.
        boolean inside = !text.substring(lineStart, span.start()).isBlank();
        String covered = text.substring(inside ? span.start() : lineStart, span.end());
        for (String line : covered.split("\r\n|[\r\n]", -1)) {
            lines.add(Printable.line(line));
        }
        return numbered(lines, span.line());
    }

    private static int lineStart(String text, int offset) {
        int at = offset;
        while (at > 0 && text.charAt(at - 1) != '\n' && text.charAt(at - 1) != '\r') {
            at--;
        }
        return at;
    }

    private static List<String> numbered(List<String> lines, int firstLine) {
        int indentation = lines.stream()
                .filter(line -> !line.isBlank())
                .mapToInt(line -> line.length() - line.stripLeading().length())
                .min()
                .orElse(0);
        int shown = Math.min(lines.size(), LINES);
        int width = String.valueOf(firstLine + shown - 1).length();
        List<String> numbered = new ArrayList<>();
        for (int i = 0; i < shown; i++) {
            String line = lines.get(i);
            String number = String.valueOf(firstLine + i);
            String content = line.isBlank() ? "" : shortened(line.substring(indentation));
            numbered.add((" ".repeat(width - number.length()) + number + " | " + content).stripTrailing());
        }
        if (shown < lines.size()) {
            numbered.add(" ".repeat(width) + " | … " + (lines.size() - shown) + " more lines");
        }
        return numbered;
    }

    private static String shortened(String line) {
        if (line.length() <= UNITS) {
            return line;
        }
        int end = Character.isHighSurrogate(line.charAt(UNITS - 1)) ? UNITS - 1 : UNITS;
        return line.substring(0, end) + "…";
    }
}
