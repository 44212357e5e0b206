package dev.portcullis.automaton;

/** Tests one statement: principal, resource, conditions; its action has been tested by the dispatch. */
final class Statements {

    private Statements() {}

    /**
     * How the statement applies: {@link Grants#NONE} if it doesn't, else how it covers the caller. A statement that can't
     * be evaluated applies if it denies and doesn't if it allows (rule E7).
     */
    static int coverage(Code code, int at, Frame frame) {
        long header = code.words[at];
        int coverage = Grants.of(code, at, header, frame);
        if (coverage == Grants.NONE) {
            return Grants.NONE;
        }
        int conditions = (int) (header >>> 16) & 0xFFFF;
        int mode = (int) header >>> Code.RESOURCE_SHIFT & Code.MODE_MASK;
        boolean deny = (header & Code.DENY) != 0;
        if (mode != Code.MODE_ANY
                && !resource(code, at + Code.STATEMENT_HEADER + conditions, (int) (header >>> 32), mode, deny, frame)) {
            return Grants.NONE;
        }
        return conditions == 0 || conditions(code, at + Code.STATEMENT_HEADER, conditions, deny, frame)
                ? coverage
                : Grants.NONE;
    }

    /** Whether the request's resource is one that the statement is about. */
    static boolean namesResource(Code code, int at, Frame frame) {
        long header = code.words[at];
        int mode = (int) header >>> Code.RESOURCE_SHIFT & Code.MODE_MASK;
        int patterns = at + Code.STATEMENT_HEADER + ((int) (header >>> 16) & 0xFFFF);
        boolean deny = (header & Code.DENY) != 0;
        return mode == Code.MODE_ANY || resource(code, patterns, (int) (header >>> 32), mode, deny, frame);
    }

    private static boolean conditions(Code code, int at, int count, boolean deny, Frame frame) {
        boolean error = false;
        for (int i = 0; i < count; i++) {
            int result = Predicates.test(code, (int) code.words[at + i], frame);
            if (result == Predicates.FALSE) {
                return false;
            }
            error |= result == Predicates.ERROR;
        }
        return !error || deny;
    }

    private static boolean resource(Code code, int at, int patterns, int mode, boolean deny, Frame frame) {
        if (mode == Code.MODE_NEVER) {
            return false;
        }
        Resource resource = frame.resource;
        if (!resource.everything) {
            resource.place(frame);
        }
        boolean unresolved = false;
        int end = at + patterns * Code.PATTERN_WORDS;
        for (int pattern = at; pattern < end; pattern += Code.PATTERN_WORDS) {
            int result = pattern(code, pattern, resource, frame);
            if (result == Predicates.TRUE) {
                return mode == Code.MODE_LIST;
            }
            unresolved |= result == Predicates.ERROR;
        }
        if (mode == Code.MODE_LIST) {
            return false;
        }
        return !unresolved || deny || !frame.readings.unresolvedNotResourceFailsClosed;
    }

    /** TRUE, FALSE, or ERROR when a variable has no value (rules L54, L55). */
    static int pattern(Code code, int at, Resource resource, Frame frame) {
        long tail = code.words[at + 1];
        int kind = (int) (tail >>> 60);
        if (kind == Code.PATTERN_EVERYTHING) {
            return Predicates.TRUE;
        }
        int offset = (int) tail;
        if (resource.everything) {
            return withoutResource(code, kind, offset, frame);
        }
        long head = code.words[at];
        if (((resource.head ^ head) & Heads.MASKS[(int) (tail >>> 56) & 15]) != 0) {
            return crossing(code, tail, offset, resource, frame);
        }
        int length = (int) (tail >>> 32) & 0x7FFFFF;
        int rest = resource.sixth;
        int size = resource.end - rest;
        switch (kind) {
            case Code.PATTERN_EXACT -> {
                if (size == length && Units.same(code.pool, offset, frame.text, rest, length)) {
                    return Predicates.TRUE;
                }
            }
            case Code.PATTERN_PREFIX -> {
                if (size >= length && Units.same(code.pool, offset, frame.text, rest, length)) {
                    return Predicates.TRUE;
                }
            }
            case Code.PATTERN_REST -> {
                if (Globs.greedy(code, offset, frame.text, rest, resource.end, frame.positions)) {
                    return Predicates.TRUE;
                }
            }
            default -> {
                return whole(code, kind, offset, resource, frame);
            }
        }
        return crossing(code, tail, offset, resource, frame);
    }

    /** L52: only {@code *} matches such a request; but a variable without a value still spoils NotResource (U10). */
    private static int withoutResource(Code code, int kind, int offset, Frame frame) {
        boolean unresolved = kind == Code.PATTERN_UNRESOLVED
                || (kind == Code.PATTERN_TEMPLATE && !frame.template.expand(code, offset, frame));
        return unresolved ? Predicates.ERROR : Predicates.FALSE;
    }

    /**
     * A star that ends one of the first five fields may run on over colons (rule L43). Where text and pattern have as
     * many colons that makes no difference, so only a text with more is tried again, as a whole.
     */
    private static int crossing(Code code, long tail, int offset, Resource resource, Frame frame) {
        if ((tail & Code.PATTERN_CROSSING) == 0) {
            return Predicates.FALSE;
        }
        int[] programs = code.programs;
        return resource.moreColons(frame) > programs[offset + Code.CROSSING_COLONS]
                        && Globs.exact(
                                code,
                                programs[offset + Code.CROSSING_PROGRAM],
                                frame.text,
                                resource.start,
                                resource.end,
                                frame.positions)
                ? Predicates.TRUE
                : Predicates.FALSE;
    }

    private static int whole(Code code, int kind, int offset, Resource resource, Frame frame) {
        switch (kind) {
            case Code.PATTERN_WHOLE -> {
                return Globs.exact(code, offset, frame.text, resource.start, resource.end, frame.positions)
                        ? Predicates.TRUE
                        : Predicates.FALSE;
            }
            case Code.PATTERN_TEMPLATE -> {
                if (!frame.template.expand(code, offset, frame)) {
                    return Predicates.ERROR;
                }
                return frame.template.exact(frame.text, resource.start, resource.end, frame.positions)
                        ? Predicates.TRUE
                        : Predicates.FALSE;
            }
            case Code.PATTERN_UNRESOLVED -> {
                return Predicates.ERROR;
            }
            default -> {
                return Predicates.FALSE;
            }
        }
    }
}
