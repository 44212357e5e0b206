package dev.portcullis.corpus;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** Splits a stream of JSON lines, one at a time, so that memory is bounded by the longest line. For one thread. */
final class JsonLines {

    /** Bytes of one line: room for sixteen documents of the largest size. */
    static final int LINE_BYTES = 16 << 20;

    private static final int CHUNK = 1 << 16;

    private final InputStream in;
    private final CharsetDecoder decoder = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    private byte[] buffer = new byte[CHUNK];
    private int from;
    private int to;
    private boolean ended;
    private int number;

    JsonLines(InputStream in) {
        this.in = in;
    }

    /**
     * A line that isn't blank.
     *
     * @param number its number, from 1
     * @param text its text; empty when {@code problem} says why it can't be read
     * @param problem why it can't be read
     */
    record RawLine(int number, String text, Optional<Problem> problem) {}

    /** The next line that isn't blank; empty at the end. */
    Optional<RawLine> next() throws IOException {
        while (true) {
            int scanned = from;
            int end = -1;
            boolean tooLong = false;
            while (end < 0) {
                end = indexOfLineFeed(scanned);
                if (end < 0 && ended) {
                    if (from == to && !tooLong) {
                        return Optional.empty();
                    }
                    end = to;
                }
                if (end < 0) {
                    scanned = to;
                    if (to - from > LINE_BYTES) {
                        tooLong = true;
                        from = to;
                    }
                    int moved = from;
                    fill();
                    scanned -= moved - from;
                }
            }
            number++;
            int start = from;
            from = Math.min(end + 1, to);
            if (tooLong || end - start > LINE_BYTES) {
                return Optional.of(faulty("the line is longer than " + LINE_BYTES + " bytes"));
            }
            if (!isBlank(start, end)) {
                return Optional.of(decode(start, end));
            }
        }
    }

    /** Whether {@link #next} may have to wait for input: no whole line is at hand, and the stream has nothing ready. */
    boolean mayWait() throws IOException {
        return !ended && indexOfLineFeed(from) < 0 && in.available() == 0;
    }

    private RawLine decode(int start, int end) {
        try {
            return new RawLine(
                    number,
                    decoder.decode(ByteBuffer.wrap(buffer, start, end - start)).toString(),
                    Optional.empty());
        } catch (CharacterCodingException e) {
            return faulty("the line is not UTF-8 text");
        }
    }

    private RawLine faulty(String message) {
        return new RawLine(number, "", Optional.of(new Problem(number, 0, message)));
    }

    private int indexOfLineFeed(int start) {
        for (int i = start; i < to; i++) {
            if (buffer[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    private boolean isBlank(int start, int end) {
        for (int i = start; i < end; i++) {
            if (buffer[i] != ' ' && buffer[i] != '\t' && buffer[i] != '\r') {
                return false;
            }
        }
        return true;
    }

    /** Reads more, after moving what is unread to the front. */
    private void fill() throws IOException {
        if (from > 0) {
            System.arraycopy(buffer, from, buffer, 0, to - from);
            to -= from;
            from = 0;
        }
        if (to == buffer.length) {
            buffer = Arrays.copyOf(buffer, buffer.length * 2);
        }
        int count = in.read(buffer, to, buffer.length - to);
        if (count < 0) {
            ended = true;
        } else {
            to += count;
        }
    }
}
