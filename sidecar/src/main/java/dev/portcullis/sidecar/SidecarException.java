package dev.portcullis.sidecar;

/** The sidecar can't start; the message is for the operator. */
public final class SidecarException extends Exception {

    private static final long serialVersionUID = 1L;

    /** @param message one line or several */
    public SidecarException(String message, Throwable cause) {
        super(message, cause);
    }
}
