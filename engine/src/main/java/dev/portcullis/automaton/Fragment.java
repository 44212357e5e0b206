package dev.portcullis.automaton;

/**
 * Policies that come with a request: session policies, or a resource policy that the caller holds. Compiled apart from
 * the automaton, with its vocabulary and its numbers of principals; what only they name has numbers behind those.
 * Walked, not dispatched: there are few statements. Immutable.
 *
 * <pre>
 *   statements   offsets in code, Denies first
 *   extraKeys    context keys, folded, that the vocabulary lacks, in slot order; extraKinds, extraTags as in {@link AutomaticKeys}
 *   texts        texts of principal entries that {@link Callers} lacks: number n here is firstText + n in the code
 *   names        the same of names
 * </pre>
 */
public final class Fragment {

    private final Code code;
    private final int[] statements;
    private final String[] extraKeys;
    private final byte[] extraKinds;
    private final int[] extraTags;
    private final TextTable texts;
    private final int firstText;
    private final TextTable names;
    private final int firstName;
    private final SourceMap sources;

    public Fragment(
            Code code,
            int[] statements,
            String[] extraKeys,
            byte[] extraKinds,
            int[] extraTags,
            TextTable texts,
            int firstText,
            TextTable names,
            int firstName,
            SourceMap sources) {
        this.code = code;
        this.statements = statements;
        this.extraKeys = extraKeys;
        this.extraKinds = extraKinds;
        this.extraTags = extraTags;
        this.texts = texts;
        this.firstText = firstText;
        this.names = names;
        this.firstName = firstName;
        this.sources = sources;
    }

    public Code code() {
        return code;
    }

    /** Whether it names principals that the automaton has no number for. */
    boolean namesPrincipals() {
        return texts.size() > 0 || names.size() > 0;
    }

    /** Where its statements come from: all documents are one layer. */
    public SourceMap sources() {
        return sources;
    }

    String extraKey(int number) {
        return extraKeys[number];
    }

    byte extraKind(int number) {
        return extraKinds[number];
    }

    int extraTag(int number) {
        return extraTags[number];
    }

    /** Bytes held by its arrays. */
    public long bytes() {
        long keys = 0;
        for (String key : extraKeys) {
            keys += 2L * key.length();
        }
        return code.bytes() + 4L * statements.length + keys + texts.bytes() + names.bytes() + sources.bytes();
    }

    int evaluate(Frame frame) {
        int said = Grants.NONE;
        for (int statement : statements) {
            boolean deny = (code.words[statement] & Code.DENY) != 0;
            if (!deny && said == Grants.DIRECT) {
                return said;
            }
            if (Actions.matches(code, code.actionList(statement), frame)) {
                int coverage = Statements.coverage(code, statement, frame);
                if (coverage != Grants.NONE) {
                    if (deny) {
                        return Dispatch.DENIES;
                    }
                    said = Math.max(said, coverage);
                }
            }
        }
        return said;
    }

    /** Who the caller is to these policies: where the automaton has no number for it, these may have. */
    void name(Caller caller, Frame frame, Caller visitor) {
        visitor.copy(caller);
        if (!namesPrincipals()) {
            return;
        }
        int start = caller.place(frame);
        if (caller.self < 0) {
            visitor.self = text(start, start + caller.length, frame);
        }
        if (caller.hasAccount()) {
            nameAccount(caller, start, frame, visitor);
        }
        Facts facts = frame.facts;
        PatchedPrincipal patch = frame.patch;
        PatchedPrincipal.Description now = patch == null ? null : patch.description();
        if (caller.unique < 0) {
            visitor.unique = uniqueId(facts, now, frame);
        }
        if (caller.canonical < 0 && facts.canonical >= 0) {
            visitor.canonical = text(facts.canonical, facts.canonicalEnd, frame);
        }
        if (caller.bareRole) {
            visitor.role = visitor.self;
        } else if (caller.kind == Caller.SESSION && caller.role < 0) {
            visitor.role = role(facts, now, frame);
        }
        if (caller.kind == Caller.FEDERATED_USER && caller.user < 0 && facts.user >= 0) {
            visitor.user = text(facts.user, facts.userEnd, frame);
        }
    }

    private int uniqueId(Facts facts, PatchedPrincipal.Description now, Frame frame) {
        if (facts.unique >= 0) {
            return text(facts.unique, facts.uniqueEnd, frame);
        }
        return now == null || now.uniqueId() == null ? Caller.NONE : text(now.uniqueId(), frame);
    }

    private int role(Facts facts, PatchedPrincipal.Description now, Frame frame) {
        if (facts.role >= 0) {
            return text(facts.role, facts.roleEnd, frame);
        }
        return now == null ? Caller.NONE : text(now.arn(), frame);
    }

    private void nameAccount(Caller caller, int start, Frame frame, Caller visitor) {
        if (caller.accountId < 0) {
            int from = start + caller.accountStart;
            visitor.accountId = text(from, from + Arns.ACCOUNT_UNITS, frame);
        }
        if (caller.accountRoot < 0) {
            int root = Callers.rootArn(frame, start, caller);
            visitor.accountRoot = text(root, frame.end, frame);
        }
        boolean named = caller.kind == Caller.FEDERATED_USER || (caller.kind == Caller.SESSION && !caller.bareRole);
        if (named && caller.name < 0) {
            int key = Callers.nameKey(frame, start, caller);
            int number = names.find(frame.text, key, frame.end - key);
            visitor.name = number < 0 ? Caller.NONE : firstName + number;
        }
    }

    private int text(String text, Frame frame) {
        int start = frame.put(text);
        return text(start, frame.end, frame);
    }

    private int text(int from, int to, Frame frame) {
        int number = texts.find(frame.text, from, to - from);
        return number < 0 ? Caller.NONE : firstText + number;
    }
}
