package dev.portcullis.cli;

import dev.portcullis.sidecar.LibraryEvent;
import java.util.function.Consumer;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What libraries log, as events: the network libraries use the JDK's loggers. */
final class LibraryLog extends Handler {

    private final Consumer<String> out;

    private LibraryLog(Consumer<String> out) {
        this.out = out;
    }

    /** From now on, warnings of libraries go there, a line of JSON each, and nowhere else. */
    static void redirect(Consumer<String> out) {
        LogManager.getLogManager().reset();
        Logger root = Logger.getLogger("");
        root.setLevel(Level.WARNING);
        root.addHandler(new LibraryLog(out));
    }

    @Override
    public void publish(LogRecord entry) {
        if (entry.getLevel().intValue() >= Level.WARNING.intValue()) {
            out.accept(LibraryEvent.line(entry.getLoggerName(), entry.getMessage(), entry.getThrown()));
        }
    }

    @Override
    public void flush() {
        // Every line is flushed when it is written.
    }

    @Override
    public void close() {
        // What it writes to belongs to somebody else.
    }
}
