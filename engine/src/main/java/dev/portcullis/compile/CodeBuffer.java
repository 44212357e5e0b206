package dev.portcullis.compile;

import dev.portcullis.automaton.Code;
import dev.portcullis.policy.Limits;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

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

    private final Map<String, Integer> texts = new HashMap<>();
    private final Map<Ints, Integer> programOffsets = new HashMap<>();
    private final Map<Ints, Integer> listOffsets = new HashMap<>();
    private final Map<Longs, Integer> recordOffsets = new HashMap<>();

    /** Offset of a text in the pool. */
    int text(String text) {
        Integer known = texts.get(text);
        if (known != null) {
            return known;
        }
        int offset = poolCount;
        int end = TooLarge.sum(offset, text.length(), Limits.COMPILED_TEXT_UNITS, "characters in patterns");
        if (end > pool.length) {
            pool = Arrays.copyOf(pool, grown(pool.length, end));
        }
        text.getChars(0, text.length(), pool, offset);
        poolCount = end;
        texts.put(text, offset);
        return offset;
    }

    /** Offset of a program; {@code prefix} leading ints stand before it and belong to it. */
    int program(int[] tokens, int prefix) {
        Ints key = new Ints(tokens);
        Integer known = programOffsets.get(key);
        if (known != null) {
            return known + prefix;
        }
        int offset = programCount;
        int end = TooLarge.sum(offset, tokens.length, Limits.COMPILED_WORDS, "parts of patterns");
        if (end > programs.length) {
            programs = Arrays.copyOf(programs, grown(programs.length, end));
        }
        System.arraycopy(tokens, 0, programs, offset, tokens.length);
        programCount = end;
        programOffsets.put(key, offset);
        return offset + prefix;
    }

    /** Offset of a list. */
    int list(int[] list) {
        Ints key = new Ints(list);
        Integer known = listOffsets.get(key);
        if (known != null) {
            return known;
        }
        int offset = listCount;
        int end = TooLarge.sum(offset, list.length, Limits.COMPILED_WORDS, "entries of lists");
        if (end > lists.length) {
            lists = Arrays.copyOf(lists, grown(lists.length, end));
        }
        System.arraycopy(list, 0, lists, offset, list.length);
        listCount = end;
        listOffsets.put(key, offset);
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
        Longs key = new Longs(record);
        Integer known = recordOffsets.get(key);
        if (known != null) {
            return known;
        }
        int offset = wordCount;
        int end = TooLarge.sum(offset, record.length, Limits.COMPILED_WORDS, "words of statements and conditions");
        if (end > words.length) {
            words = Arrays.copyOf(words, grown(words.length, end));
        }
        System.arraycopy(record, 0, words, offset, record.length);
        wordCount = end;
        recordOffsets.put(key, offset);
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

    /** An int array as a key. */
    private static final class Ints {
        private final int[] values;

        Ints(int[] values) {
            this.values = values;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Ints that && Arrays.equals(values, that.values);
        }

        @Override
        public int hashCode() {
            return KeyedHash.of(values);
        }
    }

    /** A long array as a key. */
    private static final class Longs {
        private final long[] values;

        Longs(long[] values) {
            this.values = values;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Longs that && Arrays.equals(values, that.values);
        }

        @Override
        public int hashCode() {
            return KeyedHash.of(values);
        }
    }
}
