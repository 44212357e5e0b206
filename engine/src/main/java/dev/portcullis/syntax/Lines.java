package dev.portcullis.syntax;

import dev.portcullis.policy.Span;
import java.util.Arrays;

/** Where the lines of a text start; LF, CR and CRLF each end a line (rule S3). */
final class Lines {

    private final int[] starts;
    private final int count;

    Lines(String text) {
        int[] found = new int[64];
        int size = 1; // line 1 starts at 0
        int length = text.length();
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c > '\r' || (c != '\n' && (c != '\r' || (i + 1 < length && text.charAt(i + 1) == '\n')))) {
                continue;
            }
            if (size == found.length) {
                found = Arrays.copyOf(found, size * 2);
            }
            found[size++] = i + 1;
        }
        starts = found;
        count = size;
    }

    /** The span of {@code [start, end)}. */
    Span span(int start, int end) {
        int line = Arrays.binarySearch(starts, 0, count, start);
        if (line < 0) {
            line = -line - 2;
        }
        return new Span(start, end, line + 1, start - starts[line] + 1);
    }
}
