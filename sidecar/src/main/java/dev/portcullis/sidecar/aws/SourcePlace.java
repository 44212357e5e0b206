package dev.portcullis.sidecar.aws;

import dev.portcullis.policy.Span;

/**
 * Where a statement stands in a text, as the simulator counts (rule S3): lines and columns from 1, columns in UTF-16 units;
 * LF, CR and CRLF each end a line.
 *
 * @param startLine line right after the JSON token before the statement, or after the own brace of a lone statement
 * @param startColumn column there
 * @param endLine line right after the closing brace
 * @param endColumn column there
 */
record SourcePlace(int startLine, int startColumn, int endLine, int endColumn) {

    static SourcePlace of(String text, Span statement) {
        int[] start = count(text, afterPreviousToken(text, statement.start()));
        int[] end = count(text, statement.end());
        return new SourcePlace(start[0], start[1], end[0], end[1]);
    }

    /** A comma and white space belong to the statement after them. */
    private static int afterPreviousToken(String text, int start) {
        int at = start;
        while (at > 0 && " \t\r\n,".indexOf(text.charAt(at - 1)) >= 0) {
            at--;
        }
        return at > 0 && text.charAt(at - 1) == ':' ? start + 1 : at;
    }

    private static int[] count(String text, int offset) {
        int line = 1;
        int lineStart = 0;
        for (int i = 0; i < offset; i++) {
            char unit = text.charAt(i);
            boolean endsLine = unit == '\n' || (unit == '\r' && (i + 1 == text.length() || text.charAt(i + 1) != '\n'));
            if (endsLine) {
                line++;
                lineStart = i + 1;
            }
        }
        return new int[] {line, offset - lineStart + 1};
    }
}
