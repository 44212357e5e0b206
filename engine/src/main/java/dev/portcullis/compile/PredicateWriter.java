package dev.portcullis.compile;

import dev.portcullis.automaton.Address;
import dev.portcullis.automaton.DateTime;
import dev.portcullis.automaton.Decimal;
import dev.portcullis.automaton.Lowering;
import dev.portcullis.automaton.Predicates;
import dev.portcullis.policy.Condition;
import dev.portcullis.policy.ConditionOperator;
import dev.portcullis.policy.ConditionOperator.Comparison;
import dev.portcullis.policy.ConditionOperator.Family;
import dev.portcullis.policy.ConditionValue;
import dev.portcullis.policy.Semantics;
import dev.portcullis.policy.Semantics.Point;
import dev.portcullis.policy.TextPattern;
import dev.portcullis.policy.TextPattern.Segment;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/** Conditions to the predicate records of {@link Predicates}. */
final class PredicateWriter {

    private static final int ARN_FIELDS = 6;

    private final CodeBuffer code;
    private final Symbols symbols;
    private final Semantics semantics;
    private final ProgramWriter program;
    private final Decimal decimal = new Decimal();
    private final Address address = new Address();
    private final DateTime date = new DateTime();

    PredicateWriter(CodeBuffer code, Symbols symbols, Semantics semantics) {
        this.code = code;
        this.symbols = symbols;
        this.semantics = semantics;
        this.program = new ProgramWriter(code, symbols);
    }

    /** Offset of the condition's predicate. */
    int write(Condition condition) {
        ConditionOperator operator = condition.operator();
        Comparison comparison = operator.comparison();
        LongList record = new LongList();
        int kind = operator(comparison);
        int slot = symbols.key(condition.key());
        int count = condition.values().size();
        long flags = 0;
        flags |= operator.ifExists() ? Predicates.IF_EXISTS : 0;
        flags |= comparison.negated() ? Predicates.NEGATED : 0;
        flags |= semantics.is(Point.EMPTY_VALUE_LIST_HOLDS) ? Predicates.EMPTY_HOLDS : 0;
        flags |= semantics.is(Point.UNRESOLVED_VALUE_SPOILS_CONDITION) ? Predicates.SPOILS : 0;
        int quantifier = switch (operator.quantifier()) {
            case NONE -> Predicates.PLAIN;
            case FOR_ALL_VALUES -> Predicates.FOR_ALL;
            case FOR_ANY_VALUE -> Predicates.FOR_ANY;
        };
        boolean anyOfAbsent = quantifier == Predicates.FOR_ANY
                && operator.ifExists()
                && !semantics.is(Point.FOR_ANY_VALUE_IGNORES_IF_EXISTS);
        flags |= anyOfAbsent ? Predicates.ANY_OF_ABSENT_HOLDS : 0;
        if (slot > Predicates.MASK_24 || count > Predicates.MASK_24) {
            throw new TooLarge("context keys, or values of one condition", Predicates.MASK_24);
        }
        record.add(kind
                | (long) quantifier << Predicates.QUANTIFIER_SHIFT
                | flags
                | (long) slot << Predicates.SLOT_SHIFT
                | (long) count << Predicates.COUNT_SHIFT);
        for (ConditionValue value : condition.values()) {
            value(comparison, value.text(), record);
        }
        return code.predicate(record.toArray());
    }

    /** Offset of a predicate that is never true: {@code ForAnyValue:Null} (rule L126). */
    int never() {
        return code.predicate(new long[] {Predicates.NULL | (long) Predicates.FOR_ANY << Predicates.QUANTIFIER_SHIFT});
    }

    private static int operator(Comparison comparison) {
        return switch (comparison) {
            case STRING_EQUALS, STRING_NOT_EQUALS -> Predicates.EQUALS;
            case STRING_EQUALS_IGNORE_CASE, STRING_NOT_EQUALS_IGNORE_CASE -> Predicates.IGNORE_CASE;
            case STRING_LIKE, STRING_NOT_LIKE -> Predicates.LIKE;
            case NUMERIC_EQUALS, NUMERIC_NOT_EQUALS -> Predicates.NUMERIC_EQUALS;
            case NUMERIC_LESS_THAN -> Predicates.NUMERIC_LESS;
            case NUMERIC_LESS_THAN_EQUALS -> Predicates.NUMERIC_LESS_EQUALS;
            case NUMERIC_GREATER_THAN -> Predicates.NUMERIC_GREATER;
            case NUMERIC_GREATER_THAN_EQUALS -> Predicates.NUMERIC_GREATER_EQUALS;
            case DATE_EQUALS, DATE_NOT_EQUALS -> Predicates.DATE_EQUALS;
            case DATE_LESS_THAN -> Predicates.DATE_LESS;
            case DATE_LESS_THAN_EQUALS -> Predicates.DATE_LESS_EQUALS;
            case DATE_GREATER_THAN -> Predicates.DATE_GREATER;
            case DATE_GREATER_THAN_EQUALS -> Predicates.DATE_GREATER_EQUALS;
            case BOOL -> Predicates.BOOL;
            case BINARY_EQUALS -> Predicates.BINARY;
            case IP_ADDRESS, NOT_IP_ADDRESS -> Predicates.IP;
            case ARN_EQUALS, ARN_NOT_EQUALS, ARN_LIKE, ARN_NOT_LIKE -> Predicates.ARN;
            case NULL -> Predicates.NULL;
        };
    }

    private void value(Comparison comparison, TextPattern text, LongList record) {
        Family family = comparison.family();
        switch (family) {
            case STRING -> {
                boolean fold = comparison == Comparison.STRING_EQUALS_IGNORE_CASE
                        || comparison == Comparison.STRING_NOT_EQUALS_IGNORE_CASE;
                record.add(text(text, fold, comparison.wildcards()));
            }
            case BINARY -> record.add(binary(text.source()));
            case ARN -> record.add(arn(text));
            case BOOL, NULL -> record.add(text.source().toLowerCase(Locale.ROOT).equals("true") ? 1 : 0);
            case DATE -> date(text.source(), record);
            case NUMERIC -> number(text.source(), record);
            case IP -> block(text.source(), record);
        }
    }

    private long text(TextPattern pattern, boolean fold, boolean wildcards) {
        if (pattern.hasVariables()) {
            return value(
                    wildcards ? Predicates.VALUE_TEMPLATE : Predicates.VALUE_TEXT_TEMPLATE,
                    0,
                    program.start().segments(pattern.segments()).end());
        }
        String exact = ProgramWriter.exact(pattern.segments());
        if (exact != null) {
            String text = fold ? Lowering.lower(exact) : exact;
            return value(Predicates.VALUE_EXACT, text.length(), code.text(text));
        }
        String prefix = ProgramWriter.prefix(pattern.segments());
        if (prefix != null) {
            return prefix.isEmpty()
                    ? value(Predicates.VALUE_ANY, 0, 0)
                    : value(Predicates.VALUE_PREFIX, prefix.length(), code.text(prefix));
        }
        return value(
                Predicates.VALUE_PROGRAM,
                0,
                program.start().segments(pattern.segments()).end());
    }

    /** The canonical text of the bytes that the policy names (rule L107). */
    private long binary(String text) {
        try {
            String canonical =
                    Base64.getEncoder().encodeToString(Base64.getDecoder().decode(text));
            return value(Predicates.VALUE_EXACT, canonical.length(), code.text(canonical));
        } catch (IllegalArgumentException notBase64) {
            return value(Predicates.VALUE_NOTHING, 0, 0);
        }
    }

    private static long value(int kind, int length, int offset) {
        return (long) kind << 56 | (long) length << 32 | offset;
    }

    /** An ARN operator's value: six programs, or why there are none (rule L120, U23). */
    private long arn(TextPattern pattern) {
        String source = pattern.source();
        if (pattern.hasVariables()) {
            return value(
                    Predicates.VALUE_TEMPLATE,
                    0,
                    program.start().segments(pattern.segments()).end());
        }
        if (source.equals("*")) {
            return value(semantics.is(Point.ARN_LIKE_STAR_MATCHES) ? Predicates.VALUE_ANY : Predicates.VALUE_BAD, 0, 0);
        }
        List<List<Segment>> fields = ResourceWriter.fields(pattern.segments());
        if (fields.size() < ARN_FIELDS || !"arn".equals(ProgramWriter.exact(fields.get(0)))) {
            return value(Predicates.VALUE_BAD, 0, 0);
        }
        int[] programs = new int[ARN_FIELDS];
        for (int i = 0; i < ARN_FIELDS; i++) {
            programs[i] = program.start().segments(fields.get(i)).end();
        }
        return value(Predicates.VALUE_PROGRAM, 0, code.list(programs));
    }

    private void date(String text, LongList record) {
        char[] units = text.toCharArray();
        boolean readable = date.read(units, 0, units.length, semantics.is(Point.FOUR_DIGITS_ARE_A_YEAR));
        record.add(date.seconds());
        record.add(readable ? date.millis() : -1);
    }

    private void number(String text, LongList record) {
        char[] units = text.toCharArray();
        if (!decimal.read(units, 0, units.length)) {
            record.add(3L << 62);
            record.add(0);
            return;
        }
        String digits = decimal.digitText();
        long sign = decimal.sign() < 0 ? 2 : decimal.sign();
        record.add(sign << 62 | (long) decimal.count() << 32 | code.text(digits));
        record.add(decimal.magnitude());
    }

    /** A block (rules L109 to L112); one that matches nothing gets the family 0. */
    private void block(String text, LongList record) {
        char[] units = text.toCharArray();
        long family = 0;
        long high = 0;
        long low = 0;
        long highMask = 0;
        long lowMask = 0;
        if (address.readBlock(units, 0, units.length)) {
            family = address.family();
            int prefix = address.prefix();
            if (family == 4) {
                lowMask = prefix == 0 ? 0 : (-1L << (32 - prefix)) & 0xFFFFFFFFL;
                low = address.low() & lowMask;
            } else {
                highMask = prefix == 0 ? 0 : prefix >= 64 ? -1 : -1L << (64 - prefix);
                lowMask = prefix <= 64 ? 0 : prefix == 128 ? -1 : -1L << (128 - prefix);
                high = address.high();
                low = address.low();
                if ((high & ~highMask) != 0 || (low & ~lowMask) != 0) {
                    family = 0;
                }
            }
        }
        record.add(family);
        record.add(high);
        record.add(low);
        record.add(highMask);
        record.add(lowMask);
    }

    /** A growing array of words. */
    static final class LongList {
        private long[] values = new long[8];
        private int count;

        void add(long value) {
            if (count == values.length) {
                values = Arrays.copyOf(values, 2 * count);
            }
            values[count++] = value;
        }

        long[] toArray() {
            return Arrays.copyOf(values, count);
        }
    }
}
