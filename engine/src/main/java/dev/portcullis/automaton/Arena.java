package dev.portcullis.automaton;

import java.nio.ByteOrder;
import java.util.Arrays;
import org.agrona.DirectBuffer;

/**
 * The units of one request: first what it brings, behind that what deciding it writes. Grows to the size of its requests
 * and stays so. Reused; one thread.
 */
public abstract sealed class Arena permits RequestValues {

    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;
    private static final int WORD = Long.BYTES;
    private static final int MALFORMED = -1;
    private static final char CAPITAL_SIGMA = '\u03A3';
    private static final char CAPITAL_I_WITH_DOT = '\u0130';

    char[] text = new char[2048];
    int end;

    /** Where the fields of the ARN split last begin and end: after one of these, before the next. */
    final int[] arnBounds = new int[Arns.FIELDS + 1];

    final Positions positions = new Positions();

    /** Room for {@code size} units in {@link #text}. */
    final int reserve(int size) {
        int start = end;
        if (start + size > text.length) {
            text = Arrays.copyOf(text, Integer.highestOneBit(start + size) * 2);
        }
        end = start + size;
        return start;
    }

    /** Appends a text; its start. */
    public final int put(String given) {
        int length = given.length();
        int start = reserve(length);
        given.getChars(0, length, text, start);
        return start;
    }

    /** A part of the units; allocates. */
    public final String text(int from, int to) {
        return new String(text, from, to - from);
    }

    /** One of the units. */
    public final char unit(int at) {
        return text[at];
    }

    /** Where the units end. */
    public final int end() {
        return end;
    }

    /** Appends units that stand in the arena already; where they start now. */
    final int putAgain(int from, int to) {
        int start = reserve(to - from);
        System.arraycopy(text, from, text, start, to - from);
        return start;
    }

    /**
     * Appends UTF-8 text; its start, or -1 when it is malformed, surrogates and overlong forms included. The units reach
     * to {@link #end}.
     *
     * @throws IndexOutOfBoundsException if the buffer has no such range
     */
    public final int put(DirectBuffer buffer, int offset, int length) {
        buffer.boundsCheck(offset, length);
        int start = reserve(length);
        char[] to = text;
        int at = start;
        int from = offset;
        int stop = offset + length;
        if (length >= WORD) {
            for (; from + WORD <= stop; from += WORD, at += WORD) {
                long word = buffer.getLong(from, ByteOrder.LITTLE_ENDIAN);
                if ((word & HIGH_BITS) != 0) {
                    return putBeyondAscii(buffer, from, stop, start, at);
                }
                spread(word, to, at);
            }
            // The last word overlaps what is there: no loop over the rest, whose length can't be foretold.
            long last = buffer.getLong(stop - WORD, ByteOrder.LITTLE_ENDIAN);
            if ((last & HIGH_BITS) != 0) {
                return putBeyondAscii(buffer, from, stop, start, at);
            }
            spread(last, to, start + length - WORD);
            return start;
        }
        for (; from < stop; from++) {
            int unit = buffer.getByte(from);
            if (unit < 0) {
                return putBeyondAscii(buffer, from, stop, start, at);
            }
            to[at++] = (char) unit;
        }
        return start;
    }

    private static void spread(long word, char[] to, int at) {
        to[at] = (char) (word & 0x7F);
        to[at + 1] = (char) (word >>> 8 & 0x7F);
        to[at + 2] = (char) (word >>> 16 & 0x7F);
        to[at + 3] = (char) (word >>> 24 & 0x7F);
        to[at + 4] = (char) (word >>> 32 & 0x7F);
        to[at + 5] = (char) (word >>> 40 & 0x7F);
        to[at + 6] = (char) (word >>> 48 & 0x7F);
        to[at + 7] = (char) (word >>> 56);
    }

    private int putBeyondAscii(DirectBuffer buffer, int first, int stop, int start, int firstUnit) {
        char[] to = text;
        int at = firstUnit;
        int from = first;
        while (from < stop) {
            int lead = buffer.getByte(from) & 0xFF;
            int size = size(lead);
            int point = size > stop - from ? MALFORMED : codePoint(buffer, from, lead, size);
            if (point < 0) {
                end = start;
                return MALFORMED;
            }
            if (point > Character.MAX_VALUE) {
                to[at++] = Character.highSurrogate(point);
                to[at++] = Character.lowSurrogate(point);
            } else {
                to[at++] = (char) point;
            }
            from += size;
        }
        end = at;
        return start;
    }

    private static int size(int lead) {
        if (lead < 0x80) {
            return 1;
        }
        return lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    }

    /** The code point of a sequence, or -1. */
    private static int codePoint(DirectBuffer buffer, int at, int lead, int size) {
        if (size == 1) {
            return lead;
        }
        if (lead < 0xC2 || lead > 0xF4) {
            return MALFORMED;
        }
        int point = lead & (0x7F >> size);
        for (int i = 1; i < size; i++) {
            int next = buffer.getByte(at + i) & 0xFF;
            if ((next & 0xC0) != 0x80) {
                return MALFORMED;
            }
            point = point << 6 | (next & 0x3F);
        }
        boolean overlong = point < (size == 3 ? 0x800 : size == 4 ? 0x1_0000 : 0x80);
        boolean surrogate = point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
        return overlong || surrogate || point > Character.MAX_CODE_POINT ? MALFORMED : point;
    }

    /**
     * Lowers units as {@link String#toLowerCase} with the root locale does, surrogate pairs left alone (rule L92), into
     * fresh room. Texts with a capital sigma, whose lower case depends on its neighbours, are lowered by the JDK itself:
     * the one place that allocates.
     *
     * @return start in {@link #text} {@code << 32 |} length
     */
    final long lowerUnits(char[] from, int start, int length) {
        int grown = 0;
        for (int at = start; at < start + length; at++) {
            char unit = from[at];
            if (unit == CAPITAL_SIGMA) {
                return lowerSigma(from, start, length);
            }
            if (unit == CAPITAL_I_WITH_DOT) {
                grown++;
            }
        }
        boolean own = from == text;
        int into = reserve(length + grown);
        char[] source = own ? text : from;
        int to = into;
        for (int at = start; at < start + length; at++) {
            char unit = source[at];
            if (unit < 0x80) {
                text[to++] = unit >= 'A' && unit <= 'Z' ? (char) (unit | 0x20) : unit;
            } else if (unit == CAPITAL_I_WITH_DOT) {
                text[to++] = 'i';
                text[to++] = '\u0307';
            } else {
                text[to++] = Character.toLowerCase(unit);
            }
        }
        return (long) into << 32 | to - into;
    }

    private long lowerSigma(char[] from, int start, int length) {
        String lower = Lowering.lower(new String(from, start, length));
        return (long) put(lower) << 32 | lower.length();
    }

    /** Bool and Null read only {@code true}, in any letter case, as true (rule L105). */
    final int isTrue(int start, int stop) {
        return stop - start == 4
                        && (text[start] | 0x20) == 't'
                        && (text[start + 1] | 0x20) == 'r'
                        && (text[start + 2] | 0x20) == 'u'
                        && (text[start + 3] | 0x20) == 'e'
                ? 1
                : 0;
    }

    /** Splits a six-part ARN into {@link #arnBounds}; false if the text is none (rule L120). */
    final boolean splitArn(int start, int stop) {
        if (stop - start < 8
                || text[start] != 'a'
                || text[start + 1] != 'r'
                || text[start + 2] != 'n'
                || text[start + 3] != ':') {
            return false;
        }
        arnBounds[0] = start - 1;
        int field = 1;
        for (int at = start + 3; at < stop && field < Arns.FIELDS; at++) {
            if (text[at] == ':') {
                arnBounds[field++] = at;
            }
        }
        arnBounds[Arns.FIELDS] = stop;
        return field == Arns.FIELDS;
    }
}
