package dev.portcullis.policy;

/**
 * A stretch of a document's text. Offsets count UTF-16 units from 0, {@code end} is exclusive; lines and columns count
 * from 1, columns in UTF-16 units, and LF, CR and CRLF each end a line (as the policy simulator counts, rule S3).
 *
 * @param start offset of the first unit
 * @param end offset after the last unit
 * @param line line of {@code start}
 * @param column column of {@code start}
 */
public record Span(int start, int end, int line, int column) {

    /** Where there is no text to point at. */
    public static final Span NONE = new Span(0, 0, 0, 0);

    /** {@code line:column}, or {@code -} for {@link #NONE}. */
    @Override
    public String toString() {
        return line == 0 ? "-" : line + ":" + column;
    }
}
