package dev.portcullis.cli;

/** Something the user has to mend: printed as it is, without a stack trace; the exit code is {@link ExitCode#ERROR}. */
final class CommandFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param message one line or several, already fit for a terminal */
    CommandFailure(String message) {
        super(message);
    }

    /** @param message one line or several, already fit for a terminal */
    CommandFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
