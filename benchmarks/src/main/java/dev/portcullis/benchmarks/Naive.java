package dev.portcullis.benchmarks;

import dev.portcullis.Decision;
import java.util.List;

/**
 * What anybody writes first: walk the principal's statements, match globs without regular expressions. Knows the operators of
 * {@link Workload} and nothing else of IAM.
 */
final class Naive {

    private Naive() {}

    static Decision decide(Rule[] rules, Ask ask) {
        boolean allowed = false;
        for (Rule rule : rules) {
            if (any(rule.actions(), ask.action(), true)
                    && any(rule.resources(), ask.resource(), false)
                    && conditions(rule, ask)) {
                if (rule.deny()) {
                    return Decision.EXPLICIT_DENY;
                }
                allowed = true;
            }
        }
        return allowed ? Decision.ALLOW : Decision.IMPLICIT_DENY;
    }

    static boolean any(String[] patterns, String text, boolean fold) {
        for (String pattern : patterns) {
            if (glob(pattern, text, fold)) {
                return true;
            }
        }
        return false;
    }

    static boolean conditions(Rule rule, Ask ask) {
        for (Rule.Test test : rule.tests()) {
            if (!holds(test, ask)) {
                return false;
            }
        }
        return true;
    }

    private static boolean holds(Rule.Test test, Ask ask) {
        if (test.operator().equals("ForAnyValue:StringEquals")) {
            List<String> given = test.key().equals(Ask.TAG_KEYS) ? ask.tagKeys() : List.of();
            for (int i = 0; i < given.size(); i++) {
                if (matches("StringEquals", test.values(), given.get(i))) {
                    return true;
                }
            }
            return false;
        }
        String given = ask.value(test.key());
        if (test.operator().equals("StringNotEquals")) {
            return given == null || !matches("StringEquals", test.values(), given);
        }
        return given != null && matches(test.operator(), test.values(), given);
    }

    private static boolean matches(String operator, String[] values, String given) {
        for (String value : values) {
            boolean matched = switch (operator) {
                case "StringEquals" -> value.equals(given);
                case "StringLike" -> glob(value, given, false);
                case "Bool" -> value.equalsIgnoreCase(given);
                case "IpAddress" -> inBlock(value, given);
                default -> throw new IllegalArgumentException(operator);
            };
            if (matched) {
                return true;
            }
        }
        return false;
    }

    private static boolean inBlock(String block, String address) {
        int slash = block.indexOf('/');
        int shift = 32 - Integer.parseInt(block, slash + 1, block.length(), 10);
        return number(block, slash) >>> shift == number(address, address.length()) >>> shift;
    }

    private static long number(String address, int end) {
        long number = 0;
        long part = 0;
        for (int i = 0; i < end; i++) {
            char unit = address.charAt(i);
            if (unit == '.') {
                number = number << 8 | part;
                part = 0;
            } else {
                part = part * 10 + unit - '0';
            }
        }
        return number << 8 | part;
    }

    static boolean glob(String pattern, String text, boolean fold) {
        int p = 0;
        int t = 0;
        int star = -1;
        int mark = 0;
        while (t < text.length()) {
            if (p < pattern.length() && pattern.charAt(p) == '*') {
                star = ++p;
                mark = t;
            } else if (p < pattern.length() && same(pattern.charAt(p), text.charAt(t), fold)) {
                p++;
                t++;
            } else if (star >= 0) {
                p = star;
                t = ++mark;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }

    private static boolean same(char wanted, char read, boolean fold) {
        return wanted == read || wanted == '?' || (fold && lower(wanted) == lower(read));
    }

    private static int lower(char unit) {
        return unit >= 'A' && unit <= 'Z' ? unit | 0x20 : unit;
    }
}
