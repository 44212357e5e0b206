package dev.portcullis.automaton;

/**
 * What statements compile to: flat arrays, offsets instead of references. Immutable once built.
 *
 * <pre>
 *   STATEMENT in words, at its offset
 *     +0   flags:16 | conditions:16 | patterns:32         flags: DENY, resource mode, principal mode, …
 *     +1   action list:32 | principal list:32
 *     +2.. one word a condition: offset of its PREDICATE in words
 *     then two words a pattern:
 *            head   partition:3 | service:11 | region:8 | account:40, only the fields that the mask fixes
 *            tail   kind:4 | mask:4 | crossing:1 | length:23 | offset:32   in pool (EXACT, PREFIX) or programs
 *
 *   PREDICATE in words, at its offset
 *     +0   operator:8 | quantifier:2 | ifExists:1 | negated:1 | .:4 | slot:24 | values:24
 *     +1.. the values, as many words each as {@link Predicates} says
 *
 *   PROGRAM in programs: tokens, each an opcode and its operands
 *     END | TEXT start length | ONE | ONE_IN_FIELD | ANY | ANY_IN_FIELD | VARIABLE slot start length | VARIABLE_IN_FIELD
 *     (start, length: the default in pool; start -1 when there is none)
 *
 *   ACTION LIST in lists, at its offset: negated, count, then per entry the programs of service and name
 *   PRINCIPAL LIST in lists, at its offset: count, then per entry {@link Callers#ENTRY_INTS}
 * </pre>
 */
public final class Code {

    public static final int STATEMENT_HEADER = 2;
    public static final int PATTERN_WORDS = 2;

    public static final int DENY = 1;
    public static final int RESOURCE_SHIFT = 1;
    public static final int PRINCIPAL_SHIFT = 3;
    public static final int MODE_MASK = 3;

    /** A condition tests aws:PrincipalArn (rule E21). */
    public static final int TESTS_PRINCIPAL_ARN = 1 << 5;
    /** The statement belongs to a role trust policy. */
    public static final int TRUST = 1 << 6;
    /** The statement belongs to a VPC endpoint policy. */
    public static final int ENDPOINT = 1 << 7;
    /** A condition ties the statement to a fixed value: what it grants to everyone isn't public (rule E94). */
    public static final int TIED = 1 << 8;

    /** Its condition block is empty and read as one that never holds (U4); it has one predicate that is never true. */
    public static final int HOLDS_NOTHING = 1 << 9;

    /** Resource or principal mode: nothing to test. */
    public static final int MODE_ANY = 0;
    /** One entry has to match. */
    public static final int MODE_LIST = 1;
    /** No entry may match. */
    public static final int MODE_NOT = 2;
    /** Never applies: an empty list (rules L18 to L20, U29). */
    public static final int MODE_NEVER = 3;

    /** Pattern kinds. {@code *}: everything, also a request without a resource (rule L52). */
    public static final int PATTERN_EVERYTHING = 0;
    /** Head, then exactly the text. */
    public static final int PATTERN_EXACT = 1;
    /** Head, then the text and anything behind it. */
    public static final int PATTERN_PREFIX = 2;
    /** Head, then a program over the sixth field. */
    public static final int PATTERN_REST = 3;
    /** A program over the whole ARN. */
    public static final int PATTERN_WHOLE = 4;
    /** A program with variables over the whole ARN. */
    public static final int PATTERN_TEMPLATE = 5;
    /** Matches nothing. */
    public static final int PATTERN_NOTHING = 6;
    /** A variable where none is read: like one without a value (U9). */
    public static final int PATTERN_UNRESOLVED = 7;

    /** In a pattern's tail: tried again as a whole when the text has more colons; kind is {@link #PATTERN_REST}. */
    public static final long PATTERN_CROSSING = 1L << 55;
    /** Before a crossing pattern's program: the program over the whole ARN. */
    public static final int CROSSING_PROGRAM = -1;
    /** Before a crossing pattern's program: colons of the pattern's sixth field. */
    public static final int CROSSING_COLONS = -2;

    public static final int END = 0;
    public static final int TEXT = 1;
    public static final int ONE = 2;
    public static final int ONE_IN_FIELD = 3;
    public static final int ANY = 4;
    public static final int ANY_IN_FIELD = 5;
    public static final int VARIABLE = 6;
    /** In one of the first five fields of an ARN; operands as VARIABLE. */
    public static final int VARIABLE_IN_FIELD = 7;

    public static final int NONE = -1;

    final long[] words;
    final int[] programs;
    final int[] lists;
    final char[] pool;

    public Code(long[] words, int[] programs, int[] lists, char[] pool) {
        this.words = words;
        this.programs = programs;
        this.lists = lists;
        this.pool = pool;
    }

    void write(ArraySink out) {
        out.longs("code.words", words);
        out.ints("code.programs", programs);
        out.ints("code.lists", lists);
        out.chars("code.pool", pool);
    }

    /** Takes its arrays back, as yet unchecked: {@link CodeCheck} does that. */
    static Code read(ArraySource in) {
        return new Code(in.longs("code.words"), in.ints("code.programs"), in.ints("code.lists"), in.chars("code.pool"));
    }

    /** Offset of a statement's action list in {@link #lists}. */
    int actionList(int statement) {
        return (int) words[statement + 1];
    }

    /** Offset of a statement's principal list in {@link #lists}. */
    int principalList(int statement) {
        return (int) (words[statement + 1] >>> 32);
    }

    /** Bytes held by the arrays. */
    public long bytes() {
        return 8L * words.length + 4L * programs.length + 4L * lists.length + 2L * pool.length;
    }

    /** One of the words. */
    public long word(int offset) {
        return words[offset];
    }

    /** One int of a program. */
    public int programWord(int offset) {
        return programs[offset];
    }

    /** One int of a list. */
    public int listWord(int offset) {
        return lists[offset];
    }

    /** One unit of the pool. */
    public char unit(int offset) {
        return pool[offset];
    }
}
