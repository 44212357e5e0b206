package dev.portcullis.automaton;

/**
 * Statements of the store, or of policies that come with a request, tested on a prepared frame part by part: the tests
 * that a decision is made of. A statement is its offset in the code. One thread.
 */
public final class StatementProbe {

    private final Frame frame;
    private final Code code;
    private final SourceMap sources;
    private final Fragment fragment;

    /** @param fragment what the code is of, or null for the store's */
    StatementProbe(Frame frame, Code code, SourceMap sources, Fragment fragment) {
        this.frame = frame;
        this.code = code;
        this.sources = sources;
        this.fragment = fragment;
    }

    /** Where the statements come from. */
    public SourceMap sources() {
        return sources;
    }

    /** Whether it is a Deny. */
    public boolean denies(int statement) {
        return (code.words[statement] & Code.DENY) != 0;
    }

    /** How its principal element covers the caller, from {@link Inspection#NONE} to {@link Inspection#DIRECT}. */
    public int coverage(int statement) {
        Caller asking = frame.caller;
        if (fragment != null) {
            frame.caller = frame.visitor(fragment);
        }
        int coverage = Grants.of(code, statement, code.words[statement], frame);
        frame.caller = asking;
        return coverage;
    }

    /** Whether it is about the action. */
    public boolean namesAction(int statement) {
        return Actions.matches(code, code.actionList(statement), frame);
    }

    /** Whether it is about the resource. */
    public boolean namesResource(int statement) {
        frame.evaluated = fragment;
        return Statements.namesResource(code, statement, frame);
    }

    /** Whether its condition block is empty and read as one that never holds (U4). */
    public boolean holdsNothing(int statement) {
        return (code.words[statement] & Code.HOLDS_NOTHING) != 0;
    }

    /** How many resource patterns it tests. */
    public int resources(int statement) {
        return (int) (code.words[statement] >>> 32);
    }

    /** What one of its resource patterns was written as, where that can be told ({@link PatternText}). */
    public String resource(int statement, int number) {
        int predicates = (int) (code.words[statement] >>> 16) & 0xFFFF;
        int at = statement + Code.STATEMENT_HEADER + predicates + Code.PATTERN_WORDS * number;
        String text = PatternText.of(code, frame.vocabulary().heads()).of(code.words[at], code.words[at + 1]);
        if (text == null) {
            throw new IllegalStateException("a resource without its text");
        }
        return text;
    }

    /** How many conditions it has. */
    public int conditions(int statement) {
        return holdsNothing(statement) ? 0 : (int) (code.words[statement] >>> 16) & 0xFFFF;
    }

    /**
     * What comes of one of its conditions: {@link Predicates#TRUE}, {@link Predicates#FALSE} or {@link
     * Predicates#ERROR}.
     */
    public int condition(int statement, int number) {
        frame.evaluated = fragment;
        return Predicates.test(code, predicate(statement, number), frame);
    }

    /** The slot of the context key that one of its conditions tests. */
    public int slot(int statement, int number) {
        return Predicates.slot(code.words[predicate(statement, number)]);
    }

    private int predicate(int statement, int number) {
        return (int) code.words[statement + Code.STATEMENT_HEADER + number];
    }

    /** Whether the request has a context key, given or supplied. */
    public boolean has(int slot) {
        frame.evaluated = fragment;
        return frame.state(slot) != Frame.ABSENT;
    }

    /** The values of a context key; null if the request doesn't have it. */
    public String[] values(int slot) {
        if (!has(slot)) {
            return null;
        }
        int first = frame.first(slot);
        String[] values = new String[frame.count(slot)];
        for (int i = 0; i < values.length; i++) {
            values[i] = frame.valueText(first + i);
        }
        return values;
    }
}
