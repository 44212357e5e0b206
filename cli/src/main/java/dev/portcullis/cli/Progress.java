package dev.portcullis.cli;

import java.time.Duration;

/** Tells on a terminal what is being done, once it takes more than a moment; silent elsewhere. */
final class Progress {

    private static final long TICK_MILLIS = 500;
    private static final String ERASE_LINE = "\r\u001b[K";

    private final Terminal terminal;
    private Thread ticker;

    Progress(Terminal terminal) {
        this.terminal = terminal;
    }

    /** What was being done is done; this is next. */
    void begin(String what) {
        end();
        if (terminal.isTerminal("err")) {
            ticker = new Thread(() -> tick(what), "portcullis-progress");
            ticker.setDaemon(true);
            ticker.start();
        }
    }

    /** It is done; nothing is left to see. */
    void end() {
        if (ticker == null) {
            return;
        }
        ticker.interrupt();
        boolean interrupted = false;
        while (ticker.isAlive()) {
            try {
                ticker.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        ticker = null;
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void tick(String what) {
        long start = System.nanoTime();
        boolean told = false;
        try {
            while (true) {
                Thread.sleep(TICK_MILLIS);
                long seconds = Duration.ofNanos(System.nanoTime() - start).toSeconds();
                terminal.err().print(ERASE_LINE + what + " … " + seconds + " s");
                terminal.err().flush();
                told = true;
            }
        } catch (InterruptedException done) {
            if (told) {
                terminal.err().print(ERASE_LINE);
                terminal.err().flush();
            }
        }
    }
}
