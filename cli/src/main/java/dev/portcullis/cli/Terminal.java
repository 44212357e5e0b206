package dev.portcullis.cli;

import java.io.BufferedWriter;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Where a command reads and writes: always UTF-8, coloured only where that is wanted. */
final class Terminal {

    /** Names of the standard streams that are terminals, {@code out} and {@code err}; the launcher knows, Java doesn't. */
    static final String TERMINALS_PROPERTY = "portcullis.terminals";

    private final InputStream in;
    private final Writer writer;
    private final PrintWriter out;
    private final PrintWriter err;
    private final Set<String> terminals;
    private final Map<String, String> environment;
    private ColorMode mode = ColorMode.AUTO;
    private boolean broken;

    /**
     * @param terminals which of {@code out} and {@code err} are terminals
     * @param environment the environment variables
     */
    Terminal(
            InputStream in,
            OutputStream out,
            OutputStream err,
            Set<String> terminals,
            Map<String, String> environment) {
        this.in = in;
        this.writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8), 1 << 16);
        this.out = new PrintWriter(writer);
        this.err = new PrintWriter(new OutputStreamWriter(err, StandardCharsets.UTF_8), true);
        this.terminals = Set.copyOf(terminals);
        this.environment = Map.copyOf(environment);
    }

    /** The streams of this process. */
    static Terminal ofProcess() {
        return new Terminal(
                System.in,
                new FileOutputStream(FileDescriptor.out),
                new FileOutputStream(FileDescriptor.err),
                Set.copyOf(List.of(System.getProperty(TERMINALS_PROPERTY, "").split(",", -1))),
                System.getenv());
    }

    InputStream in() {
        return in;
    }

    PrintWriter out() {
        return out;
    }

    /** Standard output, where a failure to write shows at once. */
    Writer writer() {
        return writer;
    }

    PrintWriter err() {
        return err;
    }

    void colorMode(ColorMode mode) {
        this.mode = mode;
    }

    /** The text for standard output, in the style if that is coloured. */
    String out(Style style, String text) {
        return colored("out") ? style.paint(text) : text;
    }

    /** The text for standard error, in the style if that is coloured. */
    String err(Style style, String text) {
        return colored("err") ? style.paint(text) : text;
    }

    /** Prints an error; {@code message} is fit for a terminal. */
    void error(String message) {
        tell(Style.BAD, "error:", message);
    }

    /** Prints a warning; {@code message} is fit for a terminal. */
    void warning(String message) {
        tell(Style.CAUTION, "warning:", message);
    }

    /** Prints something worth knowing; {@code message} is fit for a terminal. */
    void note(String message) {
        tell(Style.FAINT, "note:", message);
    }

    private void tell(Style style, String kind, String message) {
        out.flush();
        err.print(err(style, kind) + " " + message + "\n");
        err.flush();
    }

    /** Whether {@code out} or {@code err} is seen by somebody. */
    boolean isTerminal(String stream) {
        return terminals.contains(stream)
                && !environment.getOrDefault("TERM", "").equals("dumb");
    }

    boolean colored(String stream) {
        return switch (mode) {
            case ALWAYS -> true;
            case NEVER -> false;
            case AUTO ->
                terminals.contains(stream)
                        && environment.getOrDefault("NO_COLOR", "").isEmpty()
                        && !environment.getOrDefault("TERM", "").equals("dumb");
        };
    }

    /**
     * Brings everything written so far to its destination.
     *
     * @throws CommandFailure the first time that standard output can't be written: what was decided has not been told
     */
    void flush() {
        if (out.checkError() && !broken) {
            broken = true;
            throw new CommandFailure("standard output can't be written");
        }
        err.flush();
    }
}
