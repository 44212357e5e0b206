package dev.portcullis.sidecar.json;

/** A text that isn't the JSON that was expected; the message says where and why, without quoting secrets. */
public final class JsonException extends Exception {

    private static final long serialVersionUID = 1L;

    private final int line;
    private final int column;

    /** @param line from 1; 0 when there is no place */
    public JsonException(String message, int line, int column) {
        super(message);
        this.line = line;
        this.column = column;
    }

    /** Line of the text, from 1; 0 when there is no place. */
    public int line() {
        return line;
    }

    /** Column in UTF-16 units, from 1; 0 when there is no place. */
    public int column() {
        return column;
    }

    /** The message, after its place where there is one. */
    public String located() {
        return line == 0 ? getMessage() : line + ":" + column + ": " + getMessage();
    }
}
