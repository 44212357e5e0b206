package dev.portcullis.automaton;

/** ArnEquals and ArnLike: component by component (rules L115 to L120). The request's value is already split. */
final class Arns {

    static final int FIELDS = 6;
    static final int ACCOUNT_UNITS = 12;

    private Arns() {}

    /**
     * Whether any policy value matches the split value in the frame: {@link Predicates#TRUE}, {@link Predicates#FALSE},
     * or {@link Predicates#ERROR} when a value that is no ARN comes before one that matches (rule L120).
     */
    static int anyMatch(Code code, int at, long header, Frame frame) {
        int count = (int) (header >>> Predicates.COUNT_SHIFT);
        for (int i = 1; i <= count; i++) {
            long word = code.words[at + i];
            int result = switch ((int) (word >>> 56)) {
                case Predicates.VALUE_PROGRAM -> components(code, (int) word, frame);
                case Predicates.VALUE_TEMPLATE -> template(code, (int) word, frame);
                case Predicates.VALUE_ANY -> Predicates.TRUE;
                case Predicates.VALUE_BAD -> Predicates.ERROR;
                default -> Predicates.FALSE;
            };
            if (result != Predicates.FALSE) {
                return result;
            }
        }
        return Predicates.FALSE;
    }

    private static int components(Code code, int list, Frame frame) {
        int[] bounds = frame.arnBounds;
        char[] text = frame.text;
        for (int field = 0; field < FIELDS; field++) {
            if (!Globs.greedy(
                    code, code.lists[list + field], text, bounds[field] + 1, bounds[field + 1], frame.positions)) {
                return Predicates.FALSE;
            }
        }
        return Predicates.TRUE;
    }

    private static int template(Code code, int program, Frame frame) {
        Template template = frame.template;
        if (!template.expand(code, program, frame)) {
            return Predicates.FALSE;
        }
        // U23
        if (template.length == 1 && template.kinds[0] == Template.ANY && frame.readings.arnLikeStarMatches) {
            return Predicates.TRUE;
        }
        if (!isArn(template)) {
            return Predicates.ERROR;
        }
        int[] bounds = frame.arnBounds;
        char[] text = frame.text;
        int start = 0;
        for (int field = 0; field < FIELDS; field++) {
            int end = field == FIELDS - 1 ? template.length : colon(template, start);
            if (!template.greedy(start, end, text, bounds[field] + 1, bounds[field + 1], frame.positions)) {
                return Predicates.FALSE;
            }
            start = end + 1;
        }
        return Predicates.TRUE;
    }

    /** Whether any value has a variable without a value. */
    static boolean hasUnresolved(Code code, int at, long header, Frame frame) {
        int count = (int) (header >>> Predicates.COUNT_SHIFT);
        for (int i = 1; i <= count; i++) {
            long word = code.words[at + i];
            if ((int) (word >>> 56) == Predicates.VALUE_TEMPLATE && !frame.template.expand(code, (int) word, frame)) {
                return true;
            }
        }
        return false;
    }

    /** Six fields, of which the first is {@code arn}. */
    private static boolean isArn(Template template) {
        char[] units = template.units;
        if (template.length < 4 || units[0] != 'a' || units[1] != 'r' || units[2] != 'n' || units[3] != ':') {
            return false;
        }
        int at = -1;
        for (int colons = 1; colons < FIELDS; colons++) {
            at = colon(template, at + 1);
            if (at < 0) {
                return false;
            }
        }
        return true;
    }

    private static int colon(Template template, int from) {
        for (int at = from; at < template.length; at++) {
            if (template.units[at] == ':' && template.kinds[at] == Template.LITERAL) {
                return at;
            }
        }
        return -1;
    }
}
