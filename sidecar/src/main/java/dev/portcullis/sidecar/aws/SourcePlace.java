package dev.portcullis.sidecar.aws;

import dev.portcullis.policy.PolicyDocument;
import dev.portcullis.policy.Span;
import dev.portcullis.policy.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

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

    /** The places of a document's statements, by index. */
    static List<SourcePlace> of(PolicyDocument document) {
        String text = document.source();
        int[] lines = lineStarts(text);
        List<SourcePlace> places = new ArrayList<>();
        for (Statement statement : document.statements()) {
            Span span = statement.span();
            int start = afterPreviousToken(text, span.start());
            int startLine = line(lines, start);
            int endLine = line(lines, span.end());
            places.add(new SourcePlace(
                    startLine, start - lines[startLine - 1] + 1, endLine, span.end() - lines[endLine - 1] + 1));
        }
        return List.copyOf(places);
    }

    /** A comma and white space belong to the statement after them. */
    private static int afterPreviousToken(String text, int start) {
        int at = start;
        while (at > 0 && " \t\r\n,".indexOf(text.charAt(at - 1)) >= 0) {
            at--;
        }
        return at > 0 && text.charAt(at - 1) == ':' ? start + 1 : at;
    }

    private static int[] lineStarts(String text) {
        int[] starts = new int[16];
        int lines = 1;
        for (int i = 0; i < text.length(); i++) {
            char unit = text.charAt(i);
            boolean endsLine = unit == '\n' || (unit == '\r' && (i + 1 == text.length() || text.charAt(i + 1) != '\n'));
            if (endsLine) {
                starts = lines == starts.length ? Arrays.copyOf(starts, 2 * lines) : starts;
                starts[lines++] = i + 1;
            }
        }
        return Arrays.copyOf(starts, lines);
    }

    private static int line(int[] starts, int offset) {
        int found = Arrays.binarySearch(starts, offset);
        return found >= 0 ? found + 1 : -found - 1;
    }
}
