package dev.portcullis.automaton;

import dev.portcullis.policy.Limits;

/**
 * Checks that a {@link Code} which was read from outside can be run: that whatever its statements lead to is there, and
 * is what they take it for. Each record is checked once, in the order in which it stands, however many lead to it.
 *
 * <pre>
 *   statements, predicates   a bit for each word          to be checked
 *   greedy, exact, filled    a bit for each program int   checked as a program of {@link Globs#greedy}, of
 *                                                         {@link Globs#exact}, of {@link Template}
 *   actions, principals      a bit for each list int      checked as an action list, as a principal list
 * </pre>
 */
final class CodeCheck {

    private static final String WORDS = "code.words";
    private static final String PROGRAMS = "code.programs";
    private static final String LISTS = "code.lists";

    private final long[] words;
    private final int[] programs;
    private final int[] lists;
    private final int units;
    private final long[] bitmaps;
    private final int keys;
    private final ArraySource in;

    private final long[] statements;
    private final long[] predicates;
    private final long[] greedy;
    private final long[] exact;
    private final long[] filled;
    private final long[] actions;
    private final long[] principals;
    private long patterns;

    /** @param keys how many context keys there are */
    CodeCheck(Code code, long[] bitmaps, int keys, ArraySource in) {
        this.words = code.words;
        this.programs = code.programs;
        this.lists = code.lists;
        this.units = code.pool.length;
        this.bitmaps = bitmaps;
        this.keys = keys;
        this.in = in;
        statements = bits(words.length);
        predicates = bits(words.length);
        greedy = bits(programs.length);
        exact = bits(programs.length);
        filled = bits(programs.length);
        actions = bits(lists.length);
        principals = bits(lists.length);
    }

    private static long[] bits(int count) {
        return new long[(count >> 6) + 1];
    }

    /** Sets a bit; whether it was clear. */
    private static boolean isNew(long[] bits, int at) {
        long bit = 1L << at;
        boolean fresh = (bits[at >> 6] & bit) == 0;
        bits[at >> 6] |= bit;
        return fresh;
    }

    private void require(boolean holds, String name, String why) {
        if (!holds) {
            throw in.refusal(name, why);
        }
    }

    /** Notes the statements of a list's elements, and checks the rest of each. */
    void elements(long... elements) {
        int last = words.length - Code.STATEMENT_HEADER;
        for (long element : elements) {
            int statement = (int) element;
            if (statement < 0 || statement > last) {
                throw in.refusal("dispatch.elements", "a statement that isn't there");
            }
            statements[statement >> 6] |= 1L << statement;
            int mode = (int) (element >>> Dispatch.MODE_SHIFT);
            if (mode == Dispatch.BITMAP) {
                int bitmap = (int) (element >>> Dispatch.BITMAP_SHIFT) & Dispatch.BITMAP_MASK;
                boolean there = bitmap < bitmaps.length
                        && bitmaps[bitmap] >= 0
                        && bitmaps[bitmap] <= bitmaps.length - bitmap - 1L;
                require(there, "dispatch.bitmaps", "a bitmap that isn't there");
            }
        }
    }

    /** The same of the covers of guards: each carries the number of its guard. */
    void covers(int guards, long[] elements, int from, int to) {
        for (int at = from; at < to; at++) {
            int guard = (int) (words[(int) elements[at] + 1] >>> 32);
            require(guard >= 0 && guard < guards, WORDS, "a guard that isn't there");
        }
    }

    /** Checks the statements noted, and what they lead to. */
    void statements() {
        in.requireMost(WORDS, words.length, Limits.COMPILED_WORDS, "words");
        in.requireMost(PROGRAMS, programs.length, Limits.COMPILED_WORDS, "words");
        in.requireMost(LISTS, lists.length, Limits.COMPILED_WORDS, "words");
        in.requireMost("code.pool", units, Limits.COMPILED_TEXT_UNITS, "characters");
        in.requireMost(WORDS, count(statements), Limits.COMPILED_STATEMENTS, "statements");
        for (int i = 0; i < statements.length; i++) {
            for (long rest = statements[i]; rest != 0; rest &= rest - 1) {
                statement((i << 6) + Long.numberOfTrailingZeros(rest));
            }
        }
        in.requireMost(WORDS, patterns, Limits.COMPILED_PATTERNS, "patterns");
        in.requireMost(WORDS, count(predicates), Limits.COMPILED_PREDICATES, "predicates");
        for (int i = 0; i < predicates.length; i++) {
            for (long rest = predicates[i]; rest != 0; rest &= rest - 1) {
                predicate((i << 6) + Long.numberOfTrailingZeros(rest));
            }
        }
    }

    private static long count(long... bits) {
        long count = 0;
        for (long word : bits) {
            count += Long.bitCount(word);
        }
        return count;
    }

    private void statement(int at) {
        long header = words[at];
        int conditions = (int) (header >>> 16) & 0xFFFF;
        long ofStatement = header >>> 32;
        patterns += ofStatement;
        int first = at + Code.STATEMENT_HEADER;
        require(
                conditions + Code.PATTERN_WORDS * ofStatement <= words.length - first,
                WORDS,
                "a statement that runs over the end");
        for (int i = first; i < first + conditions; i++) {
            long predicate = words[i];
            require(predicate >= 0 && predicate < words.length, WORDS, "a predicate that isn't there");
            predicates[(int) predicate >> 6] |= 1L << predicate;
        }
        int end = first + conditions + (int) ofStatement * Code.PATTERN_WORDS;
        for (int i = first + conditions; i < end; i += Code.PATTERN_WORDS) {
            pattern(words[i + 1]);
        }
        actionList((int) words[at + 1]);
        int mode = (int) header >>> Code.PRINCIPAL_SHIFT & Code.MODE_MASK;
        if (mode == Code.MODE_LIST || mode == Code.MODE_NOT) {
            principalList((int) (words[at + 1] >>> 32));
        }
    }

    private void actionList(int at) {
        require(at >= 0 && at <= lists.length - 2, LISTS, "an action list that isn't there");
        if (isNew(actions, at)) {
            int count = lists[at + 1];
            require(count >= 0 && 2L * count <= lists.length - at - 2, LISTS, "an action list that runs over the end");
            for (int i = at + 2; i < at + 2 + 2 * count; i++) {
                greedy(lists[i]);
            }
        }
    }

    private void principalList(int at) {
        require(at >= 0 && at < lists.length, LISTS, "a principal list that isn't there");
        if (isNew(principals, at)) {
            long ints = (long) Callers.ENTRY_INTS * lists[at];
            require(ints >= 0 && ints <= lists.length - at - 1, LISTS, "a principal list that runs over the end");
        }
    }

    private void pattern(long tail) {
        int offset = (int) tail;
        switch ((int) (tail >>> 60)) {
            case Code.PATTERN_EVERYTHING, Code.PATTERN_NOTHING, Code.PATTERN_UNRESOLVED -> {}
            case Code.PATTERN_EXACT, Code.PATTERN_PREFIX -> text(offset, (int) (tail >>> 32) & 0x7FFFFF);
            case Code.PATTERN_REST -> greedy(offset);
            case Code.PATTERN_WHOLE -> exact(offset);
            case Code.PATTERN_TEMPLATE -> filled(offset);
            default -> require(false, WORDS, "an unknown kind of pattern");
        }
        if ((tail & Code.PATTERN_CROSSING) != 0) {
            require(
                    offset + Code.CROSSING_COLONS >= 0 && offset < programs.length,
                    PROGRAMS,
                    "a program that isn't there");
            exact(programs[offset + Code.CROSSING_PROGRAM]);
        }
    }

    private void predicate(int at) {
        long header = words[at];
        int operator = (int) header & 0xFF;
        int slot = Predicates.slot(header);
        int count = (int) (header >>> Predicates.COUNT_SHIFT);
        require(operator <= Predicates.NULL, WORDS, "an unknown operator");
        require(slot < keys, WORDS, "a context key that isn't there");
        int size = Predicates.valueWords(operator);
        require((long) size * count <= words.length - at - 1, WORDS, "a predicate that runs over the end");
        int end = at + 1 + size * count;
        switch (operator) {
            case Predicates.EQUALS, Predicates.IGNORE_CASE, Predicates.LIKE, Predicates.BINARY -> {
                for (int i = at + 1; i < end; i++) {
                    value(words[i]);
                }
            }
            case Predicates.ARN -> {
                for (int i = at + 1; i < end; i++) {
                    arn(words[i]);
                }
            }
            default -> {
                if (operator >= Predicates.NUMERIC_EQUALS && operator <= Predicates.NUMERIC_GREATER_EQUALS) {
                    for (int i = at + 1; i < end; i += size) {
                        text((int) words[i], (int) (words[i] >>> 32) & 0x3FFFFFFF);
                    }
                }
            }
        }
    }

    private void value(long word) {
        int offset = (int) word;
        switch ((int) (word >>> 56)) {
            case Predicates.VALUE_EXACT, Predicates.VALUE_PREFIX ->
                text(offset, (int) (word >>> 32) & Predicates.MASK_24);
            case Predicates.VALUE_PROGRAM -> greedy(offset);
            case Predicates.VALUE_TEMPLATE, Predicates.VALUE_TEXT_TEMPLATE -> filled(offset);
            case Predicates.VALUE_ANY, Predicates.VALUE_NOTHING, Predicates.VALUE_BAD -> {}
            default -> require(false, WORDS, "an unknown kind of value");
        }
    }

    private void arn(long word) {
        int offset = (int) word;
        switch ((int) (word >>> 56)) {
            case Predicates.VALUE_PROGRAM -> {
                require(offset >= 0 && offset <= lists.length - Arns.FIELDS, LISTS, "an ARN that isn't there");
                for (int i = offset; i < offset + Arns.FIELDS; i++) {
                    greedy(lists[i]);
                }
            }
            case Predicates.VALUE_TEMPLATE -> filled(offset);
            case Predicates.VALUE_ANY, Predicates.VALUE_BAD -> {}
            default -> require(false, WORDS, "an unknown kind of value");
        }
    }

    private void text(int offset, int length) {
        require(offset >= 0 && length <= units - offset, WORDS, "a text that isn't there");
    }

    private void greedy(int program) {
        program(program, greedy, false, false);
    }

    private void exact(int program) {
        program(program, exact, true, false);
    }

    private void filled(int program) {
        program(program, filled, true, true);
    }

    /** A program ends before the programs do, and has only tokens that its machine knows. */
    private void program(int program, long[] checked, boolean fields, boolean variables) {
        require(program >= 0 && program < programs.length, PROGRAMS, "a program that isn't there");
        if (!isNew(checked, program)) {
            return;
        }
        int at = program;
        while (true) {
            require(at < programs.length, PROGRAMS, "a program that doesn't end");
            int token = programs[at];
            switch (token) {
                case Code.END -> {
                    return;
                }
                case Code.TEXT -> {
                    operands(at, 2);
                    text(programs[at + 1], programs[at + 2], PROGRAMS);
                    at += 3;
                }
                case Code.ONE, Code.ANY -> at++;
                case Code.ONE_IN_FIELD, Code.ANY_IN_FIELD -> {
                    require(fields, PROGRAMS, "an unknown token");
                    at++;
                }
                case Code.VARIABLE, Code.VARIABLE_IN_FIELD -> {
                    require(variables, PROGRAMS, "an unknown token");
                    operands(at, 3);
                    int slot = programs[at + 1];
                    require(slot >= 0 && slot < keys, PROGRAMS, "a context key that isn't there");
                    if (programs[at + 2] != Code.NONE) {
                        text(programs[at + 2], programs[at + 3], PROGRAMS);
                    }
                    at += 4;
                }
                default -> throw in.refusal(PROGRAMS, "an unknown token");
            }
        }
    }

    private void operands(int at, int count) {
        require(count < programs.length - at, PROGRAMS, "a program that doesn't end");
    }

    private void text(int offset, int length, String name) {
        require(offset >= 0 && length >= 0 && length <= units - offset, name, "a text that isn't there");
    }
}
