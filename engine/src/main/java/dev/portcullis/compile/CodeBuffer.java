package dev.portcullis.compile;

import dev.portcullis.automaton.Code;
import dev.portcullis.policy.Limits;
import java.util.Arrays;

/** Growing arrays of a {@link Code}. Equal texts, programs, lists and records are stored once. */
final class CodeBuffer implements CodeView {

    private long[] words = new long[1024];
    private int wordCount;
    private int statements;
    private int patterns;
    private int predicates;
    private int[] programs = new int[1024];
    private int programCount;
    private int[] lists = new int[1024];
    private int listCount;
    private char[] pool = new char[4096];
    private int poolCount;

    private final Places texts = new Places();
    private final Places programOffsets = new Places();
    private final Places listOffsets = new Places();
    private final Places recordOffsets = new Places();

    /** Offset of a text in the pool. */
    int text(String text) {
        return text(text, 0, text.length());
    }

    /** Offset of a part of a text in the pool. */
    int text(String text, int from, int to) {
        int offset = poolCount;
        int end = TooLarge.sum(offset, to - from, Limits.COMPILED_TEXT_UNITS, "characters in patterns");
        if (end > pool.length) {
            pool = Arrays.copyOf(pool, grown(pool.length, end));
        }
        // Written behind the others, then kept or forgotten.
        text.getChars(from, to, pool, offset);
        int hash = Places.hash(pool, offset, end);
        int slot = texts.first(hash);
        while (texts.isTaken(slot)) {
            int known = texts.place(slot);
            if (texts.is(slot, hash) && known + to - from <= offset && isAt(known, offset, end)) {
                return known;
            }
            slot = texts.next(slot);
        }
        texts.put(slot, hash, offset);
        poolCount = end;
        return offset;
    }

    private boolean isAt(int known, int from, int to) {
        return Arrays.equals(pool, known, known + to - from, pool, from, to);
    }

    /** Offset of a program; {@code prefix} leading ints stand before it and belong to it. */
    int program(int[] tokens, int prefix) {
        int hash = KeyedHash.of(tokens);
        int slot = programOffsets.first(hash);
        while (programOffsets.isTaken(slot)) {
            int known = programOffsets.place(slot);
            if (programOffsets.is(slot, hash) && isAt(tokens, programs, known, programCount)) {
                return known + prefix;
            }
            slot = programOffsets.next(slot);
        }
        int offset = programCount;
        int end = TooLarge.sum(offset, tokens.length, Limits.COMPILED_WORDS, "parts of patterns");
        if (end > programs.length) {
            programs = Arrays.copyOf(programs, grown(programs.length, end));
        }
        System.arraycopy(tokens, 0, programs, offset, tokens.length);
        programCount = end;
        programOffsets.put(slot, hash, offset);
        return offset + prefix;
    }

    /** Offset of a list. */
    int list(int[] list) {
        int hash = KeyedHash.of(list);
        int slot = listOffsets.first(hash);
        while (listOffsets.isTaken(slot)) {
            int known = listOffsets.place(slot);
            if (listOffsets.is(slot, hash) && isAt(list, lists, known, listCount)) {
                return known;
            }
            slot = listOffsets.next(slot);
        }
        int offset = listCount;
        int end = TooLarge.sum(offset, list.length, Limits.COMPILED_WORDS, "entries of lists");
        if (end > lists.length) {
            lists = Arrays.copyOf(lists, grown(lists.length, end));
        }
        System.arraycopy(list, 0, lists, offset, list.length);
        listCount = end;
        listOffsets.put(slot, hash, offset);
        return offset;
    }

    /** Offset of a predicate. */
    int predicate(long[] record) {
        int before = wordCount;
        int offset = record(record);
        if (wordCount > before) {
            predicates = TooLarge.next(predicates, Limits.COMPILED_PREDICATES, "different conditions");
        }
        return offset;
    }

    /** Offset of a statement. */
    int statement(long[] record, int patternCount) {
        int before = wordCount;
        int offset = record(record);
        if (wordCount > before) {
            statements = TooLarge.next(statements, Limits.COMPILED_STATEMENTS, "different statements");
            patterns = TooLarge.sum(patterns, patternCount, Limits.COMPILED_PATTERNS, "resource patterns");
        }
        return offset;
    }

    private int record(long[] record) {
        int hash = KeyedHash.of(record);
        int slot = recordOffsets.first(hash);
        while (recordOffsets.isTaken(slot)) {
            int known = recordOffsets.place(slot);
            if (recordOffsets.is(slot, hash)
                    && known + record.length <= wordCount
                    && Arrays.equals(words, known, known + record.length, record, 0, record.length)) {
                return known;
            }
            slot = recordOffsets.next(slot);
        }
        int offset = wordCount;
        int end = TooLarge.sum(offset, record.length, Limits.COMPILED_WORDS, "words of statements and conditions");
        if (end > words.length) {
            words = Arrays.copyOf(words, grown(words.length, end));
        }
        System.arraycopy(record, 0, words, offset, record.length);
        wordCount = end;
        recordOffsets.put(slot, hash, offset);
        return offset;
    }

    @Override
    public long word(int offset) {
        return words[offset];
    }

    @Override
    public int programWord(int offset) {
        return programs[offset];
    }

    @Override
    public char unit(int offset) {
        return pool[offset];
    }

    private static boolean isAt(int[] sought, int[] all, int known, int count) {
        return known + sought.length <= count
                && Arrays.equals(all, known, known + sought.length, sought, 0, sought.length);
    }

    private static int grown(int length, int needed) {
        return Math.max(needed, length + (length >> 1));
    }

    Code freeze() {
        return new Code(
                Arrays.copyOf(words, wordCount),
                Arrays.copyOf(programs, programCount),
                Arrays.copyOf(lists, listCount),
                Arrays.copyOf(pool, poolCount));
    }
}
