package dev.portcullis.listing;

import dev.portcullis.automaton.Callers;
import dev.portcullis.automaton.Code;
import dev.portcullis.automaton.Heads;
import dev.portcullis.automaton.Predicates;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;

/**
 * Puts records of {@link Code} into words.
 *
 * <p>Programs: {@code *} and {@code ?} match anything, {@code {*}} and {@code {?}} no colon, {@code ${key}} and {@code
 * ${key, 'default'}} are variables, {@code {${key}}} one whose own wildcards, if read as such, match no colon; in literal
 * text these characters have a {@code \} before them.
 */
final class CodeText {

    private static final String[] COMPARISONS = {
        "equals",
        "equalsIgnoreCase",
        "like",
        "binary",
        "arn",
        "=",
        "<",
        "<=",
        ">",
        ">=",
        "=",
        "<",
        "<=",
        ">",
        ">=",
        "bool",
        "ip",
        "null"
    };
    private static final String[] ENTRIES = {
        "everyone",
        "account",
        "user",
        "role",
        "session",
        "federated user",
        "unique id",
        "service",
        "provider",
        "canonical user",
        "nobody"
    };
    private static final String[] ARN_JOINTS = {"", ":", ":", ":", ":", ":"};
    private static final int IP_WORDS = 5;

    private final long[] words;
    private final int[] programs;
    private final int[] lists;
    private final char[] pool;
    private final String[] keys;
    private final String[] principals;
    private final String[] partitions;
    private final String[] services;
    private final String[] regions;
    private final String[] accounts;

    CodeText(Tables tables) {
        words = tables.longs("code.words");
        programs = tables.ints("code.programs");
        lists = tables.ints("code.lists");
        pool = tables.chars("code.pool");
        keys = tables.texts("keys");
        principals = tables.texts("callers.texts");
        partitions = tables.texts("heads.partitions");
        services = tables.texts("heads.services");
        regions = tables.texts("heads.regions");
        accounts = tables.texts("heads.accounts");
    }

    boolean denies(int statement) {
        return (words[statement] & Code.DENY) != 0;
    }

    /** What is special about a statement; begins with a blank if anything is. */
    String flags(int statement) {
        long header = words[statement];
        return ((header & Code.TRUST) != 0 ? ", trust" : "")
                + ((header & Code.ENDPOINT) != 0 ? ", endpoint" : "")
                + ((header & Code.TESTS_PRINCIPAL_ARN) != 0 ? ", tests aws:PrincipalArn" : "")
                + ((header & Code.TIED) != 0 ? ", tied" : "")
                + ((header & Code.HOLDS_NOTHING) != 0 ? ", condition that never holds" : "");
    }

    String actions(int statement) {
        int list = (int) words[statement + 1];
        StringJoiner globs = new StringJoiner(", ");
        for (int i = 0, at = list + 2; i < lists[list + 1]; i++, at += 2) {
            globs.add(program(lists[at]) + ":" + program(lists[at + 1]));
        }
        return (lists[list] != 0 ? "not " : "") + globs;
    }

    /** Empty when it says nothing about principals. */
    String principals(int statement) {
        long header = words[statement];
        int mode = (int) header >>> Code.PRINCIPAL_SHIFT & Code.MODE_MASK;
        if (mode == Code.MODE_ANY) {
            return "";
        }
        if (mode == Code.MODE_NEVER) {
            return "never";
        }
        int list = (int) (words[statement + 1] >>> 32);
        StringJoiner entries = new StringJoiner(", ");
        for (int i = 0, at = list + 1; i < lists[list]; i++, at += Callers.ENTRY_INTS) {
            entries.add(ENTRIES[lists[at]] + " " + principals[lists[at + 1]]);
        }
        return (mode == Code.MODE_NOT ? "not " : "") + entries;
    }

    /** The number that a cover carries. */
    int guard(int statement) {
        return (int) (words[statement + 1] >>> 32);
    }

    List<String> resources(int statement) {
        long header = words[statement];
        int mode = (int) header >>> Code.RESOURCE_SHIFT & Code.MODE_MASK;
        if (mode == Code.MODE_ANY) {
            return List.of("any");
        }
        if (mode == Code.MODE_NEVER) {
            return List.of("never");
        }
        int conditions = (int) (header >>> 16) & 0xFFFF;
        int at = statement + Code.STATEMENT_HEADER + conditions;
        List<String> patterns = new ArrayList<>();
        for (int i = 0; i < (int) (header >>> 32); i++, at += Code.PATTERN_WORDS) {
            patterns.add((mode == Code.MODE_NOT ? "not " : "") + pattern(words[at], words[at + 1]));
        }
        return patterns;
    }

    private String pattern(long head, long tail) {
        int offset = (int) tail;
        int length = (int) (tail >>> 32) & 0x7FFFFF;
        int mask = (int) (tail >>> 56) & 15;
        return switch ((int) (tail >>> 60)) {
            case Code.PATTERN_EVERYTHING -> "any";
            case Code.PATTERN_EXACT -> "exact " + head(head, mask) + literal(offset, length);
            case Code.PATTERN_PREFIX -> "prefix " + head(head, mask) + literal(offset, length) + "*";
            case Code.PATTERN_REST -> "rest " + head(head, mask) + program(offset) + crossing(tail, offset);
            case Code.PATTERN_WHOLE -> "whole " + program(offset);
            case Code.PATTERN_TEMPLATE -> "template " + program(offset);
            case Code.PATTERN_NOTHING -> "nothing";
            default -> "unresolved";
        };
    }

    private String crossing(long tail, int offset) {
        if ((tail & Code.PATTERN_CROSSING) == 0) {
            return "";
        }
        return " or, of more than " + programs[offset + Code.CROSSING_COLONS] + " colons, "
                + program(programs[offset + Code.CROSSING_PROGRAM]);
    }

    /** The first five fields of an ARN, {@code *} for those that aren't fixed. */
    private String head(long head, int mask) {
        int partition = (int) (head >>> Heads.PARTITION_SHIFT) & Heads.MAX_PARTITIONS;
        int service = (int) (head >>> Heads.SERVICE_SHIFT) & Heads.MAX_SERVICES;
        int region = (int) (head >>> Heads.REGION_SHIFT) & Heads.MAX_REGIONS;
        long account = head & (1L << Heads.REGION_SHIFT) - 1;
        return "arn:" + ((mask & 8) == 0 ? "*" : partitions[partition - 1])
                + ":" + ((mask & 4) == 0 ? "*" : services[service - 1])
                + ":" + ((mask & 2) == 0 ? "*" : regions[region - 1])
                + ":" + ((mask & 1) == 0 ? "*" : account(account)) + ":";
    }

    private String account(long number) {
        return number < Heads.OTHER_ACCOUNT ? digits(number) : accounts[(int) (number - Heads.otherAccount(0))];
    }

    /** An account as twelve digits. */
    static String digits(long account) {
        return String.format(Locale.ROOT, "%012d", account);
    }

    /** Offsets of a statement's predicates. */
    int[] conditions(int statement) {
        int[] offsets = new int[(int) (words[statement] >>> 16) & 0xFFFF];
        for (int i = 0; i < offsets.length; i++) {
            offsets[i] = (int) words[statement + Code.STATEMENT_HEADER + i];
        }
        return offsets;
    }

    /** A predicate: quantifier, operator and flags, key, values. */
    String predicate(int at) {
        long header = words[at];
        int operator = (int) header & 0xFF;
        int quantifier = (int) (header >>> Predicates.QUANTIFIER_SHIFT) & 3;
        StringBuilder text = new StringBuilder();
        text.append(quantifier == Predicates.FOR_ALL ? "for all " : quantifier == Predicates.FOR_ANY ? "for any " : "");
        text.append(keys[(int) (header >>> Predicates.SLOT_SHIFT) & Predicates.MASK_24])
                .append(' ');
        text.append((header & Predicates.NEGATED) != 0 ? "not " : "");
        if (operator >= Predicates.NUMERIC_EQUALS && operator <= Predicates.DATE_GREATER_EQUALS) {
            text.append(operator < Predicates.DATE_EQUALS ? "number " : "date ");
        }
        text.append(COMPARISONS[operator]);
        text.append((header & Predicates.IF_EXISTS) != 0 ? " if exists" : "");
        text.append((header & Predicates.ANY_OF_ABSENT_HOLDS) != 0 ? ", any of absent holds" : "");
        text.append((header & Predicates.EMPTY_HOLDS) != 0 ? ", empty holds" : "");
        text.append((header & Predicates.SPOILS) != 0 ? ", unresolved spoils" : "");
        int count = (int) (header >>> Predicates.COUNT_SHIFT);
        int size = operator == Predicates.IP
                ? IP_WORDS
                : operator >= Predicates.NUMERIC_EQUALS && operator <= Predicates.DATE_GREATER_EQUALS ? 2 : 1;
        for (int i = 0; i < count; i++) {
            text.append(i == 0 ? ": " : ", ").append(value(operator, at + 1 + i * size));
        }
        return text.toString();
    }

    private String value(int operator, int at) {
        long word = words[at];
        return switch (operator) {
            case Predicates.EQUALS, Predicates.IGNORE_CASE, Predicates.LIKE, Predicates.BINARY -> text(word);
            case Predicates.ARN -> arn(word);
            case Predicates.BOOL, Predicates.NULL -> word == 0 ? "false" : "true";
            case Predicates.IP -> block(at);
            case Predicates.DATE_EQUALS,
                    Predicates.DATE_LESS,
                    Predicates.DATE_LESS_EQUALS,
                    Predicates.DATE_GREATER,
                    Predicates.DATE_GREATER_EQUALS ->
                words[at + 1] < 0 ? "unreadable" : word + "." + String.format(Locale.ROOT, "%03d", words[at + 1]);
            default -> number(word, words[at + 1]);
        };
    }

    private String number(long word, long magnitude) {
        int sign = (int) (word >>> 62);
        if (sign == 3) {
            return "unreadable";
        }
        int count = (int) (word >>> 32) & 0x3FFFFFFF;
        String digits = new String(pool, (int) word, count);
        return sign == 0 ? "0" : (sign == 2 ? "-" : "") + "0." + digits + "e" + magnitude;
    }

    private String block(int at) {
        if (words[at] == 0) {
            return "nothing";
        }
        boolean four = words[at] == 4;
        int bits = Long.bitCount(words[at + 3]) + Long.bitCount(words[at + 4]);
        String address = four
                ? String.format(Locale.ROOT, "%08x", words[at + 2])
                : String.format(Locale.ROOT, "%016x%016x", words[at + 1], words[at + 2]);
        return "ipv" + words[at] + " " + address + "/" + bits;
    }

    private String text(long word) {
        int offset = (int) word;
        int length = (int) (word >>> 32) & Predicates.MASK_24;
        return switch ((int) (word >>> 56)) {
            case Predicates.VALUE_EXACT -> "exact `" + literal(offset, length) + "`";
            case Predicates.VALUE_PREFIX -> "prefix `" + literal(offset, length) + "*`";
            case Predicates.VALUE_ANY -> "any";
            case Predicates.VALUE_PROGRAM -> "glob `" + program(offset) + "`";
            case Predicates.VALUE_TEMPLATE -> "template `" + program(offset) + "`";
            case Predicates.VALUE_TEXT_TEMPLATE -> "text `" + program(offset) + "`";
            default -> "nothing";
        };
    }

    private String arn(long word) {
        int offset = (int) word;
        switch ((int) (word >>> 56)) {
            case Predicates.VALUE_PROGRAM -> {
                StringBuilder fields = new StringBuilder("fields `");
                for (int i = 0; i < ARN_JOINTS.length; i++) {
                    fields.append(ARN_JOINTS[i]).append(program(lists[offset + i]));
                }
                return fields.append('`').toString();
            }
            case Predicates.VALUE_TEMPLATE -> {
                return "template `" + program(offset) + "`";
            }
            case Predicates.VALUE_ANY -> {
                return "any";
            }
            default -> {
                return "no ARN";
            }
        }
    }

    private String program(int program) {
        StringBuilder text = new StringBuilder();
        int at = program;
        while (programs[at] != Code.END) {
            switch (programs[at]) {
                case Code.TEXT -> {
                    text.append(literal(programs[at + 1], programs[at + 2]));
                    at += 3;
                }
                case Code.ONE -> {
                    text.append('?');
                    at++;
                }
                case Code.ONE_IN_FIELD -> {
                    text.append("{?}");
                    at++;
                }
                case Code.ANY -> {
                    text.append('*');
                    at++;
                }
                case Code.ANY_IN_FIELD -> {
                    text.append("{*}");
                    at++;
                }
                default -> {
                    boolean inField = programs[at] == Code.VARIABLE_IN_FIELD;
                    text.append(inField ? "{" : "").append(variable(at)).append(inField ? "}" : "");
                    at += 4;
                }
            }
        }
        return text.toString();
    }

    private String variable(int at) {
        String fallback =
                programs[at + 2] == Code.NONE ? "" : ", '" + literal(programs[at + 2], programs[at + 3]) + "'";
        return "${" + keys[programs[at + 1]] + fallback + "}";
    }

    private String literal(int offset, int length) {
        return escaped(new String(pool, offset, length));
    }

    /** Text on one line that can't be taken for anything else. */
    static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char unit = text.charAt(i);
            if (unit == '*' || unit == '?' || unit == '$' || unit == '{' || unit == '}' || unit == '\\') {
                escaped.append('\\').append(unit);
            } else if (unit < ' ' || unit > '~') {
                escaped.append(String.format(Locale.ROOT, "\\u%04x", (int) unit));
            } else {
                escaped.append(unit);
            }
        }
        return escaped.toString();
    }
}
