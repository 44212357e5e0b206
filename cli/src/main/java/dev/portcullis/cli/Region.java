package dev.portcullis.cli;

import dev.portcullis.policy.Span;

/**
 * A stretch of a text by lines and columns, which count from 1; columns count UTF-16 units, {@code endColumn} is that
 * after the last unit.
 */
record Region(int startLine, int startColumn, int endLine, int endColumn) {

    /** The span's region in its text; LF, CR and CRLF each end a line. */
    static Region of(Span span, String text) {
        int line = span.line();
        int column = span.column();
        for (int i = span.start(); i < Math.min(span.end(), text.length()); i++) {
            char unit = text.charAt(i);
            boolean insideCrLf = unit == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n';
            if ((unit == '\n' || unit == '\r') && !insideCrLf) {
                line++;
                column = 1;
            } else {
                column++;
            }
        }
        return new Region(span.line(), span.column(), line, column);
    }
}
