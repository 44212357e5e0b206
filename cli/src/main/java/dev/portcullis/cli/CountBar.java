package dev.portcullis.cli;

import java.util.Locale;
import java.util.function.IntConsumer;

/** Shows on a terminal how far long work has come, on one line that disappears at the end. For one thread. */
final class CountBar implements IntConsumer, AutoCloseable {

    private static final int BAR = 30;
    private static final long PAUSE_NANOS = 100_000_000;

    private final Terminal terminal;
    private final String what;
    private final long total;
    private final boolean watched;
    private long shownAt;
    private int width;

    /**
     * Shows nothing yet.
     *
     * @param what what is counted, such as {@code policies}
     */
    CountBar(Terminal terminal, String what, long total) {
        this.terminal = terminal;
        this.what = what;
        this.total = total;
        this.watched = terminal.isTerminal("err");
        this.shownAt = System.nanoTime();
    }

    @Override
    public void accept(int done) {
        if (!watched || System.nanoTime() - shownAt < PAUSE_NANOS) {
            return;
        }
        shownAt = System.nanoTime();
        int filled = (int) (BAR * Math.min(done, total) / Math.max(1, total));
        String line = String.format(
                Locale.ROOT, "[%s%s] %,d of %,d %s", "#".repeat(filled), ".".repeat(BAR - filled), done, total, what);
        width = Math.max(width, line.length());
        terminal.err().print("\r" + line);
        terminal.err().flush();
    }

    @Override
    public void close() {
        if (width > 0) {
            terminal.err().print("\r" + " ".repeat(width) + "\r");
            terminal.err().flush();
        }
    }
}
