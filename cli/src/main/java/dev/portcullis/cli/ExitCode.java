package dev.portcullis.cli;

/** What the commands exit with. */
final class ExitCode {

    /** ALLOW, every case passes, no finding; also a file of requests that was decided to its end. */
    static final int OK = 0;

    /** DENY, a case differs, a finding. */
    static final int NEGATIVE = 1;

    /** Wrong usage, unreadable input, or an internal error: nothing was decided. */
    static final int ERROR = 2;

    private ExitCode() {}
}
