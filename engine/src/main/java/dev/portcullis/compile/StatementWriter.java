package dev.portcullis.compile;

import dev.portcullis.automaton.Caller;
import dev.portcullis.automaton.Callers;
import dev.portcullis.automaton.Code;
import dev.portcullis.automaton.Folding;
import dev.portcullis.policy.ActionElement;
import dev.portcullis.policy.ActionPattern;
import dev.portcullis.policy.Condition;
import dev.portcullis.policy.Effect;
import dev.portcullis.policy.PolicyType;
import dev.portcullis.policy.Principal;
import dev.portcullis.policy.PrincipalElement;
import dev.portcullis.policy.ResourceElement;
import dev.portcullis.policy.ResourcePattern;
import dev.portcullis.policy.Semantics;
import dev.portcullis.policy.Semantics.Point;
import dev.portcullis.policy.Span;
import dev.portcullis.policy.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Statements to the records of {@link Code}. Equal statements get one record. */
final class StatementWriter {

    private final CodeBuffer code;
    private final Symbols symbols;
    private final Semantics semantics;
    private final PredicateWriter predicates;
    private final ResourceWriter resources;
    private final ProgramWriter program;
    private final Map<Integer, ActionTest> actionTests = new HashMap<>();
    private final Interner actionTexts = new Interner();
    private final Places writtenLists = new Places();
    private final List<WrittenActions> writtenActions = new ArrayList<>();

    /** An action list: its number, whether it is negated and its texts' numbers, and what it came to. */
    private static final class WrittenActions {
        private final int number;
        private final int[] texts;
        private final ActionTest test;

        WrittenActions(int number, int[] texts, ActionTest test) {
            this.number = number;
            this.texts = texts;
            this.test = test;
        }
    }

    StatementWriter(CodeBuffer code, Symbols symbols, Semantics semantics) {
        this.code = code;
        this.symbols = symbols;
        this.semantics = semantics;
        this.predicates = new PredicateWriter(code, symbols, semantics);
        this.resources = new ResourceWriter(code, symbols, semantics);
        this.program = new ProgramWriter(code, symbols);
    }

    /**
     * A compiled statement: its record, and what the dispatch needs to know of it.
     *
     * @param resourcesTold whether its resources as written can be told from the record
     * @param writtenActions number of its action list as written: equal lists, equal numbers
     */
    record Compiled(
            int offset,
            boolean deny,
            boolean unconditional,
            ActionTest actions,
            boolean resourcesTold,
            int writtenActions) {

        /** For the dispatch alone. */
        Compiled(int offset, boolean deny, boolean unconditional, ActionTest actions) {
            this(offset, deny, unconditional, actions, false, -1);
        }
    }

    /** An action list as the dispatch reads it: folded {@code service:name} globs; {@code *} is {@code *:*}. */
    record ActionTest(int list, boolean negated, List<String> globs) {}

    Compiled write(Statement statement, PolicyType type) {
        WrittenActions actions = actions(statement.action());
        int principalMode = Code.MODE_ANY;
        int principalList = 0;
        if (statement.principal().isPresent()) {
            PrincipalElement element = statement.principal().get();
            boolean empty = element.principals().isEmpty();
            // U29: an empty NotPrincipal that has an effect still asks who is spared (rules E30 to E32).
            boolean asks = empty && element.negated() && !semantics.is(Point.EMPTY_NOT_LIST_HAS_NO_EFFECT);
            principalMode = asks ? Code.MODE_NOT : mode(element.negated(), empty);
            principalList = principals(element);
        }
        int resourceMode = Code.MODE_ANY;
        List<ResourcePattern> patterns = List.of();
        if (statement.resource().isPresent()) {
            ResourceElement element = statement.resource().get();
            resourceMode = mode(element.negated(), element.patterns().isEmpty());
            if (isEverything(element)) {
                resourceMode = element.negated() ? Code.MODE_NEVER : Code.MODE_ANY;
            } else {
                patterns = element.patterns();
            }
        }
        List<Condition> conditions = statement.conditions();
        boolean holdsNothing = statement.emptyCondition() && !semantics.is(Point.EMPTY_CONDITION_HOLDS);
        int tests = holdsNothing ? 1 : conditions.size();
        if (conditions.size() > 0xFFFF) {
            throw new TooLarge("conditions in one statement", 0xFFFF);
        }
        boolean deny = statement.effect() == Effect.DENY;
        long[] record = new long[Code.STATEMENT_HEADER + tests + Code.PATTERN_WORDS * patterns.size()];
        record[0] = (deny ? Code.DENY : 0)
                | (holdsNothing ? Code.HOLDS_NOTHING : 0)
                | resourceMode << Code.RESOURCE_SHIFT
                | principalMode << Code.PRINCIPAL_SHIFT
                | flags(conditions, type)
                | (long) tests << 16
                | (long) patterns.size() << 32;
        record[1] = actions.test.list() | (long) principalList << 32;
        int at = Code.STATEMENT_HEADER;
        if (holdsNothing) {
            record[at++] = predicates.never();
        }
        for (Condition condition : conditions) {
            record[at++] = predicates.write(condition);
        }
        boolean told = statement.resource().isEmpty()
                || patterns.size() == statement.resource().get().patterns().size();
        for (ResourcePattern pattern : patterns) {
            resources.write(pattern);
            record[at++] = resources.head;
            record[at++] = resources.tail;
            told &= resources.told;
        }
        boolean unconditional = tests == 0 && resourceMode == Code.MODE_ANY && principalMode == Code.MODE_ANY;
        return new Compiled(
                code.statement(record, patterns.size()), deny, unconditional, actions.test, told, actions.number);
    }

    /** A guard's covers as a statement about every action that carries the guard's number. */
    Compiled cover(List<ResourcePattern> patterns, int guard) {
        ActionTest everything =
                actions(new ActionElement(false, List.of(new ActionPattern("*", Span.NONE)), Span.NONE)).test;
        long[] record = new long[Code.STATEMENT_HEADER + Code.PATTERN_WORDS * patterns.size()];
        record[0] = Code.MODE_LIST << Code.RESOURCE_SHIFT | (long) patterns.size() << 32;
        record[1] = everything.list() | (long) guard << 32;
        int at = Code.STATEMENT_HEADER;
        for (ResourcePattern pattern : patterns) {
            resources.write(pattern);
            record[at++] = resources.head;
            record[at++] = resources.tail;
        }
        return new Compiled(code.statement(record, patterns.size()), false, false, everything);
    }

    private static boolean isEverything(ResourceElement element) {
        for (ResourcePattern pattern : element.patterns()) {
            if (pattern.isEverything()) {
                return true;
            }
        }
        return false;
    }

    private static int flags(List<Condition> conditions, PolicyType type) {
        int flags = type == PolicyType.TRUST ? Code.TRUST : type == PolicyType.VPC_ENDPOINT ? Code.ENDPOINT : 0;
        for (Condition condition : conditions) {
            if (Folding.key(condition.key()).equals("aws:principalarn")) {
                flags |= Code.TESTS_PRINCIPAL_ARN;
            }
            if (FixedValues.tie(condition)) {
                flags |= Code.TIED;
            }
        }
        return flags;
    }

    private int mode(boolean negated, boolean empty) {
        if (empty) {
            boolean never = !negated || semantics.is(Point.EMPTY_NOT_LIST_HAS_NO_EFFECT);
            return never ? Code.MODE_NEVER : Code.MODE_ANY;
        }
        return negated ? Code.MODE_NOT : Code.MODE_LIST;
    }

    /** Lists that are written alike are read once. */
    private WrittenActions actions(ActionElement element) {
        List<ActionPattern> patterns = element.patterns();
        int[] written = new int[1 + patterns.size()];
        written[0] = element.negated() ? 1 : 0;
        for (int i = 1; i < written.length; i++) {
            written[i] = actionTexts.intern(patterns.get(i - 1).text());
        }
        int hash = KeyedHash.of(written);
        int slot = writtenLists.first(hash);
        while (writtenLists.isTaken(slot)) {
            WrittenActions known = writtenActions.get(writtenLists.place(slot));
            if (writtenLists.is(slot, hash) && Arrays.equals(known.texts, written)) {
                return known;
            }
            slot = writtenLists.next(slot);
        }
        WrittenActions fresh = new WrittenActions(writtenActions.size(), written, test(element));
        writtenLists.put(slot, hash, fresh.number);
        writtenActions.add(fresh);
        return fresh;
    }

    private ActionTest test(ActionElement element) {
        List<ActionPattern> patterns = element.patterns();
        boolean negated = element.negated();
        if (patterns.isEmpty() && negated && !semantics.is(Point.EMPTY_NOT_LIST_HAS_NO_EFFECT)) {
            negated = false;
            patterns = List.of(new ActionPattern("*", element.span()));
        }
        int[] list = new int[2 + 2 * patterns.size()];
        list[0] = negated ? 1 : 0;
        list[1] = patterns.size();
        String[] globs = new String[patterns.size()];
        for (int i = 0; i < globs.length; i++) {
            ActionPattern pattern = patterns.get(i);
            String service = Folding.action(pattern.service());
            String name = Folding.action(pattern.name());
            globs[i] = service + ":" + name;
            list[2 + 2 * i] = program.glob(service);
            list[3 + 2 * i] = program.glob(name);
            intern(pattern, service, name);
        }
        int offset = code.list(list);
        ActionTest known = actionTests.get(offset);
        if (known == null) {
            known = new ActionTest(offset, negated, List.of(globs));
            actionTests.put(offset, known);
        }
        return known;
    }

    private void intern(ActionPattern pattern, String service, String name) {
        if (!isGlob(service)) {
            symbols.service(service);
            if (!isGlob(name)) {
                symbols.action(pattern.text());
            }
        }
    }

    static boolean isGlob(String text) {
        return text.indexOf('*') >= 0 || text.indexOf('?') >= 0;
    }

    private int principals(PrincipalElement element) {
        int[] list = new int[1 + Callers.ENTRY_INTS * element.principals().size()];
        list[0] = element.principals().size();
        int at = 1;
        for (Principal principal : element.principals()) {
            int kind = kind(principal);
            list[at] = kind;
            list[at + 1] = symbols.principal(principal.text());
            list[at + 2] = kind == Callers.ENTRY_ROLE || kind == Callers.ENTRY_USER
                    ? symbols.principalName(Callers.nameKey(principal.text()))
                    : Caller.NONE;
            at += Callers.ENTRY_INTS;
        }
        return code.list(list);
    }

    private static int kind(Principal principal) {
        if (principal instanceof Principal.Everyone) {
            return Callers.ENTRY_EVERYONE;
        } else if (principal instanceof Principal.Account) {
            return Callers.ENTRY_ACCOUNT;
        } else if (principal instanceof Principal.User) {
            return Callers.ENTRY_USER;
        } else if (principal instanceof Principal.Role) {
            return Callers.ENTRY_ROLE;
        } else if (principal instanceof Principal.RoleSession) {
            return Callers.ENTRY_SESSION;
        } else if (principal instanceof Principal.FederatedUser) {
            return Callers.ENTRY_FEDERATED_USER;
        } else if (principal instanceof Principal.UniqueId) {
            return Callers.ENTRY_UNIQUE_ID;
        } else if (principal instanceof Principal.Service) {
            return Callers.ENTRY_SERVICE;
        } else if (principal instanceof Principal.Federated) {
            return Callers.ENTRY_PROVIDER;
        } else if (principal instanceof Principal.CanonicalUser) {
            return Callers.ENTRY_CANONICAL_USER;
        } else if (principal instanceof Principal.Nobody) {
            return Callers.ENTRY_NOBODY;
        }
        throw new IllegalStateException("unhandled principal");
    }
}
