package dev.portcullis.sidecar.live;

/** A version that can't go live; the message is for the operator, with file, line and column where they are known. */
public final class LoadException extends Exception {

    private static final long serialVersionUID = 1L;

    /** @param message one line or several */
    public LoadException(String message) {
        super(message);
    }

    /** @param message one line or several */
    public LoadException(String message, Throwable cause) {
        super(message, cause);
    }
}
