package dev.portcullis.automaton;

/**
 * Evaluates one compiled condition against the request (section 5 of the semantics).
 *
 * <pre>
 *   values behind the header word, by operator
 *     EQUALS, IGNORE_CASE, LIKE, BINARY   1 word   kind:8 | length:24 | offset:32
 *     ARN                                 1 word   kind:8 | length:24 | offset:32    offset of six program offsets in lists
 *     NUMERIC_…                           2 words  sign:2 | length:30 | offset:32 ; magnitude
 *     DATE_…                              2 words  seconds ; milliseconds, -1 when unreadable
 *     BOOL, NULL                          1 word   0 or 1
 *     IP                                  5 words  family ; high ; low ; high mask ; low mask
 * </pre>
 */
public final class Predicates {

    /** The condition holds. */
    public static final int TRUE = 1;
    /** It doesn't. */
    public static final int FALSE = 0;
    /** It can't be evaluated (rules E7, L120). */
    public static final int ERROR = -1;

    public static final int EQUALS = 0;
    public static final int IGNORE_CASE = 1;
    public static final int LIKE = 2;
    public static final int BINARY = 3;
    public static final int ARN = 4;
    public static final int NUMERIC_EQUALS = 5;
    public static final int NUMERIC_LESS = 6;
    public static final int NUMERIC_LESS_EQUALS = 7;
    public static final int NUMERIC_GREATER = 8;
    public static final int NUMERIC_GREATER_EQUALS = 9;
    public static final int DATE_EQUALS = 10;
    public static final int DATE_LESS = 11;
    public static final int DATE_LESS_EQUALS = 12;
    public static final int DATE_GREATER = 13;
    public static final int DATE_GREATER_EQUALS = 14;
    public static final int BOOL = 15;
    public static final int IP = 16;
    public static final int NULL = 17;

    public static final int PLAIN = 0;
    public static final int FOR_ALL = 1;
    public static final int FOR_ANY = 2;

    /** Value kinds of text operators. */
    public static final int VALUE_EXACT = 0;
    /** The text and anything behind it. */
    public static final int VALUE_PREFIX = 1;
    /** Anything. */
    public static final int VALUE_ANY = 2;
    /** A program without variables. */
    public static final int VALUE_PROGRAM = 3;
    /** A program with variables. */
    public static final int VALUE_TEMPLATE = 4;
    /** A program of text and variables only, compared as it is. */
    public static final int VALUE_TEXT_TEMPLATE = 7;
    /** Equals nothing. */
    public static final int VALUE_NOTHING = 5;
    /** An ARN operator's value that is no ARN (rule L120). */
    public static final int VALUE_BAD = 6;

    public static final int QUANTIFIER_SHIFT = 8;
    public static final int IF_EXISTS = 1 << 10;
    public static final int NEGATED = 1 << 11;
    /** ForAnyValue with IfExists holds if the key is absent (L123, a setting). */
    public static final int ANY_OF_ABSENT_HOLDS = 1 << 12;
    /** An empty value list holds for a plain positive operator (U5). */
    public static final int EMPTY_HOLDS = 1 << 13;
    /** One unresolved variable spoils the whole condition (U24). */
    public static final int SPOILS = 1 << 14;

    public static final int SLOT_SHIFT = 16;
    public static final int COUNT_SHIFT = 40;
    public static final int MASK_24 = (1 << 24) - 1;

    /** A variable of a value has none, and that spoils the condition (U24). */
    static final int UNRESOLVED = 2;
    /** The request's value is none that the operator can read: not even the negated one holds (rules L88, L120). */
    private static final int UNREADABLE = 3;

    private Predicates() {}

    /** Tests the predicate at {@code at}. */
    static int test(Code code, int at, Frame frame) {
        long header = code.words[at];
        int operator = (int) header & 0xFF;
        int slot = (int) (header >>> SLOT_SHIFT) & MASK_24;
        int state = frame.state(slot);
        int quantifier = (int) (header >>> QUANTIFIER_SHIFT) & 3;
        if (operator == NULL) {
            return nullTest(code, at, header, quantifier, state);
        }
        if (header >>> COUNT_SHIFT == 0) {
            return withoutValues(header, quantifier, slot, state, frame);
        }
        if (quantifier != PLAIN) {
            return quantified(code, at, header, quantifier, slot, state, frame);
        }
        if (state == Frame.ABSENT) {
            return (header & (IF_EXISTS | NEGATED)) != 0 ? TRUE : FALSE;
        }
        if (state == Frame.MULTIPLE) {
            return FALSE;
        }
        return one(code, at, header, operator, frame.first(slot), frame);
    }

    /** Words of each value of an operator. */
    static int valueWords(int operator) {
        if (operator == IP) {
            return 5;
        }
        return operator >= NUMERIC_EQUALS && operator <= DATE_GREATER_EQUALS ? 2 : 1;
    }

    /** The slot of the context key in a predicate's header. */
    static int slot(long header) {
        return (int) (header >>> SLOT_SHIFT) & MASK_24;
    }

    /** Null, read like Bool (rules L124 to L126): holds if any value wants what is so. */
    private static int nullTest(Code code, int at, long header, int quantifier, int state) {
        if (quantifier != PLAIN) {
            return quantifier == FOR_ALL ? TRUE : FALSE;
        }
        int wanted = state == Frame.ABSENT ? 1 : 0;
        int count = (int) (header >>> COUNT_SHIFT);
        if (count == 0) {
            return (header & EMPTY_HOLDS) != 0 ? TRUE : FALSE;
        }
        for (int i = 1; i <= count; i++) {
            if (code.words[at + i] == wanted) {
                return TRUE;
            }
        }
        return FALSE;
    }

    /** A key with an empty list (rule L22, U5). */
    private static int withoutValues(long header, int quantifier, int slot, int state, Frame frame) {
        boolean holds;
        if (quantifier != PLAIN) {
            holds = quantifier == FOR_ALL && (state == Frame.ABSENT || frame.count(slot) == 0);
        } else if ((header & IF_EXISTS) != 0) {
            holds = state == Frame.ABSENT;
        } else if ((header & NEGATED) != 0) {
            holds = state == Frame.ABSENT || (state == Frame.SINGLE && isReadable((int) header & 0xFF, slot, frame));
        } else {
            holds = (header & EMPTY_HOLDS) != 0;
        }
        return holds ? TRUE : FALSE;
    }

    /** Whether the operator can read the key's value, where it matters: IP and ARN operators (rules L88, L120). */
    private static boolean isReadable(int operator, int slot, Frame frame) {
        int value = frame.first(slot);
        int start = frame.start(value);
        int end = start + frame.length(value);
        return switch (operator) {
            case ARN -> frame.splitArn(start, end);
            case IP -> frame.address.readAddress(frame.text, start, end);
            default -> true;
        };
    }

    /** ForAllValues and ForAnyValue (rules L128 to L133): the first value that settles it does. */
    private static int quantified(Code code, int at, long header, int quantifier, int slot, int state, Frame frame) {
        int neutral = quantifier == FOR_ALL ? TRUE : FALSE;
        if (state == Frame.ABSENT) {
            return (header & ANY_OF_ABSENT_HOLDS) != 0 ? TRUE : neutral;
        }
        int operator = (int) header & 0xFF;
        int first = frame.first(slot);
        int end = first + frame.count(slot);
        for (int value = first; value < end; value++) {
            int result = one(code, at, header, operator, value, frame);
            if (result != neutral) {
                return result;
            }
        }
        return neutral;
    }

    /** One request value against all policy values. */
    private static int one(Code code, int at, long header, int operator, int value, Frame frame) {
        int start = frame.start(value);
        int end = start + frame.length(value);
        int matched;
        switch (operator) {
            case EQUALS, LIKE, BINARY -> matched = text(code, at, header, start, end, frame);
            case IGNORE_CASE -> {
                long lower = frame.lower(value);
                matched = ignoreCase(code, at, header, (int) (lower >>> 32), (int) lower, frame);
            }
            case BOOL -> matched = bool(code, at, header, frame.isTrue(start, end));
            default -> matched = read(code, at, header, operator, start, end, frame);
        }
        if (matched == ERROR) {
            return ERROR;
        }
        if (matched == UNREADABLE) {
            return FALSE;
        }
        boolean negated = (header & NEGATED) != 0;
        if (matched == UNRESOLVED) {
            return negated ? TRUE : FALSE;
        }
        return negated ? 1 - matched : matched;
    }

    /** The operators whose values mean something that has to be read first. */
    private static int read(Code code, int at, long header, int operator, int start, int end, Frame frame) {
        switch (operator) {
            case ARN -> {
                if (!frame.splitArn(start, end)) {
                    return UNREADABLE;
                }
                return (header & SPOILS) != 0 && Arns.hasUnresolved(code, at, header, frame)
                        ? UNRESOLVED
                        : Arns.anyMatch(code, at, header, frame);
            }
            case IP -> {
                return frame.address.readAddress(frame.text, start, end)
                        ? address(code, at, header, frame.address)
                        : UNREADABLE;
            }
            case DATE_EQUALS, DATE_LESS, DATE_LESS_EQUALS, DATE_GREATER, DATE_GREATER_EQUALS -> {
                return date(code, at, header, operator, start, end, frame);
            }
            default -> {
                return numeric(code, at, header, operator, start, end, frame);
            }
        }
    }

    private static int text(Code code, int at, long header, int start, int end, Frame frame) {
        int count = (int) (header >>> COUNT_SHIFT);
        int result = FALSE;
        for (int i = 1; i <= count; i++) {
            long word = code.words[at + i];
            int matched = value(code, word, frame.text, start, end, frame);
            if (matched == TRUE) {
                result = TRUE;
                if ((header & SPOILS) == 0) {
                    return TRUE;
                }
            } else if (matched == UNRESOLVED && (header & SPOILS) != 0) {
                return UNRESOLVED;
            }
        }
        return result;
    }

    /** One policy value; also used for the components of an ARN. */
    static int value(Code code, long word, char[] text, int start, int end, Frame frame) {
        int kind = (int) (word >>> 56);
        int length = (int) (word >>> 32) & MASK_24;
        int offset = (int) word;
        switch (kind) {
            case VALUE_EXACT -> {
                return end - start == length && Units.same(code.pool, offset, text, start, length) ? TRUE : FALSE;
            }
            case VALUE_PREFIX -> {
                return end - start >= length && Units.same(code.pool, offset, text, start, length) ? TRUE : FALSE;
            }
            case VALUE_ANY -> {
                return TRUE;
            }
            case VALUE_PROGRAM -> {
                return Globs.greedy(code, offset, text, start, end, frame.positions) ? TRUE : FALSE;
            }
            case VALUE_TEMPLATE -> {
                Template template = frame.template;
                if (!template.expand(code, offset, frame)) {
                    return UNRESOLVED;
                }
                // The arena may have moved while variables were read into it.
                return template.greedy(0, template.length, frame.text, start, end, frame.positions) ? TRUE : FALSE;
            }
            case VALUE_TEXT_TEMPLATE -> {
                Template template = frame.template;
                if (!template.expand(code, offset, frame)) {
                    return UNRESOLVED;
                }
                return template.equalsText(frame.text, start, end) ? TRUE : FALSE;
            }
            default -> {
                return FALSE;
            }
        }
    }

    private static int ignoreCase(Code code, int at, long header, int start, int length, Frame frame) {
        int count = (int) (header >>> COUNT_SHIFT);
        int result = FALSE;
        for (int i = 1; i <= count; i++) {
            long word = code.words[at + i];
            int matched;
            if ((int) (word >>> 56) == VALUE_TEXT_TEMPLATE) {
                Template template = frame.template;
                if (!template.expand(code, (int) word, frame)) {
                    matched = UNRESOLVED;
                } else {
                    matched = template.equalsLowered(frame, start, length) ? TRUE : FALSE;
                }
            } else {
                matched = value(code, word, frame.text, start, start + length, frame);
            }
            if (matched == TRUE) {
                result = TRUE;
                if ((header & SPOILS) == 0) {
                    return TRUE;
                }
            } else if (matched == UNRESOLVED && (header & SPOILS) != 0) {
                return UNRESOLVED;
            }
        }
        return result;
    }

    private static int bool(Code code, int at, long header, int value) {
        int count = (int) (header >>> COUNT_SHIFT);
        for (int i = 1; i <= count; i++) {
            if (code.words[at + i] == value) {
                return TRUE;
            }
        }
        return FALSE;
    }

    private static int address(Code code, int at, long header, Address address) {
        int count = (int) (header >>> COUNT_SHIFT);
        long[] words = code.words;
        int family = address.family;
        for (int i = 0, block = at + 1; i < count; i++, block += 5) {
            if (words[block] == family
                    && ((address.high ^ words[block + 1]) & words[block + 3]) == 0
                    && ((address.low ^ words[block + 2]) & words[block + 4]) == 0) {
                return TRUE;
            }
        }
        return FALSE;
    }

    private static int date(Code code, int at, long header, int operator, int start, int end, Frame frame) {
        DateTime date = frame.date;
        if (!date.read(frame.text, start, end, frame.readings.fourDigitsAreYear)) {
            return FALSE;
        }
        int count = (int) (header >>> COUNT_SHIFT);
        for (int i = 0, value = at + 1; i < count; i++, value += 2) {
            long millis = code.words[value + 1];
            if (millis >= 0 && compares(operator - DATE_EQUALS, date.compare(code.words[value], millis))) {
                return TRUE;
            }
        }
        return FALSE;
    }

    private static int numeric(Code code, int at, long header, int operator, int start, int end, Frame frame) {
        Decimal number = frame.decimal;
        if (!number.read(frame.text, start, end)) {
            return FALSE;
        }
        int count = (int) (header >>> COUNT_SHIFT);
        for (int i = 0, value = at + 1; i < count; i++, value += 2) {
            long word = code.words[value];
            int sign = (int) (word >>> 62);
            if (sign != 3
                    && compares(
                            operator - NUMERIC_EQUALS,
                            number.compare(
                                    sign == 2 ? -1 : sign,
                                    code.words[value + 1],
                                    code.pool,
                                    (int) word,
                                    (int) (word >>> 32) & 0x3FFFFFFF))) {
                return TRUE;
            }
        }
        return FALSE;
    }

    /** Request value OP policy value (rule L97); operators in the order EQUALS, LESS, LESS_EQUALS, GREATER, … */
    private static boolean compares(int operator, int compared) {
        return switch (operator) {
            case 0 -> compared == 0;
            case 1 -> compared < 0;
            case 2 -> compared <= 0;
            case 3 -> compared > 0;
            default -> compared >= 0;
        };
    }
}
