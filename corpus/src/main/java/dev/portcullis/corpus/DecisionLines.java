package dev.portcullis.corpus;

import dev.portcullis.Decision;
import java.io.Flushable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/**
 * Turns a stream of questions into a stream of decisions, a line for a line, in the same order. Other threads read the
 * lines into situations, a batch at a time; the calling thread alone decides and writes. Where no further input waits,
 * what was read is answered before more is awaited, so that a program at the other end of a pipe gets its answers.
 *
 * @param <T> what a line holds
 */
final class DecisionLines<T> {

    private static final int BATCH_LINES = 128;

    /** UTF-16 units of a batch, unless one line alone has more; with the number of batches it bounds the memory. */
    private static final int BATCH_UNITS = 1 << 20;

    private static final int THREADS =
            Math.max(1, Math.min(8, Runtime.getRuntime().availableProcessors() - 1));

    private static final int MOST_PENDING = THREADS + 2;

    private final Function<JsonLines.RawLine, Line<T>> reader;
    private final Function<T, Question> questions;
    private final Appendable out;
    private final Deque<Future<List<Entry>>> pending = new ArrayDeque<>();
    private long decisions;
    private long errors;

    DecisionLines(Function<JsonLines.RawLine, Line<T>> reader, Function<T, Question> questions, Appendable out) {
        this.reader = reader;
        this.questions = questions;
        this.out = out;
    }

    /**
     * A line that was read.
     *
     * @param id its id
     * @param question what to decide; empty when that isn't clear
     * @param error why it isn't
     */
    private record Entry(String id, Optional<Question> question, String error) {}

    CaseRunner.Decided decide(InputStream in) throws IOException {
        ExecutorService readers = Executors.newFixedThreadPool(THREADS, work -> {
            Thread thread = new Thread(work, "portcullis-reader");
            thread.setDaemon(true);
            return thread;
        });
        try {
            JsonLines lines = new JsonLines(in);
            List<JsonLines.RawLine> batch = new ArrayList<>();
            int units = 0;
            Optional<JsonLines.RawLine> line = lines.next();
            while (line.isPresent()) {
                batch.add(line.get());
                units += line.get().text().length();
                boolean waiting = lines.mayWait();
                if (waiting || batch.size() == BATCH_LINES || units >= BATCH_UNITS) {
                    List<JsonLines.RawLine> whole = batch;
                    pending.add(readers.submit(() -> read(whole)));
                    batch = new ArrayList<>();
                    units = 0;
                    answer(waiting ? 0 : MOST_PENDING);
                }
                line = lines.next();
            }
            List<JsonLines.RawLine> rest = batch;
            pending.add(readers.submit(() -> read(rest)));
            answer(0);
        } finally {
            readers.shutdownNow();
        }
        return new CaseRunner.Decided(decisions, errors);
    }

    private List<Entry> read(List<JsonLines.RawLine> batch) {
        List<Entry> entries = new ArrayList<>(batch.size());
        for (JsonLines.RawLine raw : batch) {
            Line<T> line = reader.apply(raw);
            if (line instanceof Line.Read<T> read) {
                try {
                    entries.add(new Entry(line.id(), Optional.of(questions.apply(read.value())), ""));
                } catch (RuntimeException | StackOverflowError e) {
                    entries.add(new Entry(line.id(), Optional.empty(), CaseRunner.message(e)));
                }
            } else {
                entries.add(new Entry(line.id(), Optional.empty(), ((Line.Faulty<T>) line).message()));
            }
        }
        return entries;
    }

    /** Answers the oldest batches until at most so many are left. */
    private void answer(int left) throws IOException {
        while (pending.size() > left) {
            try {
                for (Entry entry : pending.remove().get()) {
                    answer(entry);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw (IOException) new InterruptedIOException("interrupted while reading").initCause(e);
            } catch (ExecutionException e) {
                throw new IllegalStateException("a line could not be read", e.getCause());
            }
        }
        if (left == 0 && out instanceof Flushable flushable) {
            flushable.flush();
        }
    }

    private void answer(Entry entry) throws IOException {
        Decision decision = null;
        String error = entry.error();
        if (entry.question().isPresent()) {
            try {
                decision = entry.question().get().decide();
            } catch (RuntimeException | StackOverflowError e) {
                error = CaseRunner.message(e);
            }
        }
        out.append("{\"id\":");
        JsonText.write(out, entry.id());
        if (decision != null) {
            decisions++;
            out.append(",\"decision\":\"").append(decision.name()).append("\"}\n");
        } else {
            errors++;
            out.append(",\"error\":");
            JsonText.write(out, error);
            out.append("}\n");
        }
    }
}
