package dev.portcullis.corpus;

/**
 * Something wrong in a line of a file.
 *
 * @param line the line, from 1
 * @param column the column, in UTF-16 units from 1; 0 when the line as a whole is meant
 * @param message what is wrong, naming the field
 */
public record Problem(int line, int column, String message) {

    /** {@code line:column: message}. */
    @Override
    public String toString() {
        return column == 0 ? line + ": " + message : line + ":" + column + ": " + message;
    }
}
