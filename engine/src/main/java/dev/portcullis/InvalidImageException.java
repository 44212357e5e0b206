package dev.portcullis;

/**
 * Thrown when a file is no image of an engine: damaged, cut off, of another version, or something else altogether. The
 * message names the file and says what is wrong. Nothing of it has been used.
 */
public final class InvalidImageException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    InvalidImageException(String message, Throwable cause) {
        super(message, cause);
    }
}
