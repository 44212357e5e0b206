package dev.portcullis.image;

/** Bytes that are no image, or not one that this version can read. The message says what is wrong with them. */
public final class MalformedImage extends RuntimeException {

    private static final long serialVersionUID = 1L;

    MalformedImage(String message) {
        super(message);
    }

    MalformedImage(String message, Throwable cause) {
        super(message, cause);
    }
}
