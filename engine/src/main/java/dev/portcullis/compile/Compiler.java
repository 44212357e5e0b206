package dev.portcullis.compile;

import dev.portcullis.automaton.Accounts;
import dev.portcullis.automaton.Automaton;
import dev.portcullis.automaton.Caller;
import dev.portcullis.automaton.CallerRecords;
import dev.portcullis.automaton.Callers;
import dev.portcullis.automaton.Code;
import dev.portcullis.automaton.Dispatch;
import dev.portcullis.automaton.Endpoints;
import dev.portcullis.automaton.Fragment;
import dev.portcullis.automaton.Frame;
import dev.portcullis.automaton.Guards;
import dev.portcullis.automaton.HashIndex;
import dev.portcullis.automaton.Texts;
import dev.portcullis.automaton.Vocabulary;
import dev.portcullis.compile.StatementWriter.Compiled;
import dev.portcullis.policy.Diagnostic;
import dev.portcullis.policy.IamGroup;
import dev.portcullis.policy.IamRole;
import dev.portcullis.policy.IamUser;
import dev.portcullis.policy.Organization;
import dev.portcullis.policy.PolicyDocument;
import dev.portcullis.policy.PolicyType;
import dev.portcullis.policy.Semantics;
import dev.portcullis.policy.Severity;
import dev.portcullis.policy.Span;
import dev.portcullis.policy.Statement;
import dev.portcullis.policy.VpcEndpoint;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Attachments and checked documents to an automaton. The only entry point is {@link #compile}. */
public final class Compiler {

    private static final String SOURCE_VPCE = "aws:SourceVpce";
    private static final String STORE = "store";

    private final Attached store;
    private final Semantics semantics;
    private final long seed;
    private final List<Diagnostic> findings;

    private final CodeBuffer code = new CodeBuffer();
    private final Symbols symbols = new Symbols();
    private final StatementWriter statements;
    private final SetWriter sets;
    private final SourceWriter sources;
    private final Interner tagKeys = new Interner();
    private final Map<PolicyType, Map<String, Written>> documents = new EnumMap<>(PolicyType.class);

    /** A compiled document: its number in the source map, and its statements. */
    private record Written(int number, List<Compiled> statements) {}

    private Compiler(Attached store, Semantics semantics, long seed, List<Diagnostic> findings) {
        this.findings = findings;
        this.store = store;
        this.semantics = semantics;
        this.seed = seed;
        this.statements = new StatementWriter(code, symbols, semantics);
        this.sets = new SetWriter(code, symbols, seed);
        this.sources = new SourceWriter(symbols);
    }

    /**
     * Compiles what is attached.
     *
     * @param seed key of the hashes: policy authors must not be able to guess it
     * @param findings what is wrong with the attachments is added here; then the automaton must not be used, and may be
     *     null
     */
    public static Automaton compile(Attached store, Semantics semantics, long seed, List<Diagnostic> findings) {
        try {
            return new Compiler(store, semantics, spread(seed), findings).automaton();
        } catch (TooLarge large) {
            findings.add(large.diagnostic(STORE));
            return null;
        }
    }

    /** A key as good as any, also from a seed like 1, which tests give: the hashes multiply by it. */
    private static long spread(long seed) {
        long mixed = (seed ^ seed >>> 30) * 0xBF58476D1CE4E5B9L + 0x9E3779B97F4A7C15L;
        mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
        return mixed ^ mixed >>> 31;
    }

    /**
     * Compiles policies that come with a request, for this automaton.
     *
     * @param seed key of the hashes
     */
    public static Fragment fragment(
            List<PolicyDocument> policies, Automaton automaton, Semantics semantics, long seed) {
        return new FragmentWriter(automaton, semantics, seed).fragment(policies);
    }

    private Automaton automaton() {
        RuleActions.intern(symbols);
        Records records = new Records();
        Levels levels = new Levels();
        GuardWriter guards = new GuardWriter(this, store, symbols, tagKeys);
        guards.write();
        Interner endpointIds = new Interner();
        List<Integer> endpointSets = new ArrayList<>();
        for (VpcEndpoint endpoint : store.vpcEndpoints().values()) {
            endpoint.policy().ifPresent(policy -> {
                endpointIds.intern(endpoint.id());
                endpointSets.add(set(PolicyType.VPC_ENDPOINT, List.of(policy)));
                sources.endpoint(document(PolicyType.VPC_ENDPOINT, policy));
            });
        }
        int vpceSlot = endpointSets.isEmpty() ? Caller.NONE : symbols.key(SOURCE_VPCE);
        Vocabulary vocabulary = symbols.freeze(seed, semantics, tagKeys);
        Code frozen = code.freeze();
        Dispatch dispatch = sets.freeze(frozen);
        Guards frozenGuards = guards.freeze(seed);
        report(frozenGuards.complete(dispatch, new Frame(vocabulary, dispatch.code())), frozenGuards);
        Accounts accounts = levels.freeze();
        return new Automaton(
                vocabulary,
                dispatch,
                records.freeze(),
                accounts,
                frozenGuards,
                new Endpoints(endpointIds.freeze(seed), ints(endpointSets), vpceSlot),
                RuleActions.classes(symbols),
                sources.freeze(levels.chainSources(accounts), guards.documents(), management()));
    }

    private long management() {
        return store.organization()
                .map(organization -> Long.parseLong(organization.managementAccount()))
                .orElse((long) Caller.NONE);
    }

    /** Resources that several others cover with different policies, lists or owners: it isn't clear which is meant. */
    private void report(int[] disagreeing, Guards guards) {
        for (int i = 0; i < disagreeing.length; i += 3) {
            findings.add(new Diagnostic(
                    "AMBIGUOUS_COVERS",
                    Severity.ERROR,
                    STORE,
                    Span.NONE,
                    "`" + guards.arn(disagreeing[i]) + "` is covered by `" + guards.arn(disagreeing[i + 1]) + "` and `"
                            + guards.arn(disagreeing[i + 2]) + "`, which disagree about its policy, access control list"
                            + " or owner",
                    Optional.of("describe them at the resource itself")));
        }
    }

    /** The set of what documents of one type say together (rule E4). */
    int set(PolicyType type, Iterable<String> names) {
        List<Compiled> all = new ArrayList<>();
        for (String name : names) {
            all.addAll(written(type, name).statements());
        }
        return sets.set(all);
    }

    /** A set of its own statements; {@link GuardWriter}'s covers. */
    int set(List<Compiled> own) {
        return sets.set(own);
    }

    /** The number of a document in the source map. */
    int document(PolicyType type, String name) {
        return written(type, name).number();
    }

    private int[] documents(PolicyType type, Iterable<String> names) {
        List<Integer> numbers = new ArrayList<>();
        for (String name : names) {
            numbers.add(document(type, name));
        }
        return ints(numbers);
    }

    StatementWriter writer() {
        return statements;
    }

    CodeBuffer code() {
        return code;
    }

    Semantics semantics() {
        return semantics;
    }

    private Written written(PolicyType type, String name) {
        Map<String, Written> ofType = documents.computeIfAbsent(type, unused -> new HashMap<>());
        Written known = ofType.get(name);
        if (known == null) {
            PolicyDocument document = store.document(name, type)
                    .orElseThrow(() -> new IllegalStateException(name + " is not there as a " + type.label()));
            List<Compiled> compiled = new ArrayList<>();
            for (Statement statement : document.statements()) {
                compiled.add(statements.write(statement, type));
            }
            known = new Written(sources.document(document, compiled), compiled);
            ofType.put(name, known);
        }
        return known;
    }

    static int[] ints(List<Integer> list) {
        return list.stream().mapToInt(Integer::intValue).toArray();
    }

    /** Users and roles. */
    private final class Records {

        private final Interner arns = new Interner();
        private final Interner sessions = new Interner();
        private final List<Integer> roles = new ArrayList<>();
        private final List<Row> rows = new ArrayList<>();
        private final TagWriter tags = new TagWriter(tagKeys);

        Records() {
            Map<String, Integer> groups = new HashMap<>();
            for (IamGroup group : store.groups().values()) {
                groups.put(group.arn(), sources.group(group.arn(), documents(PolicyType.IDENTITY, group.policies())));
            }
            for (IamUser user : store.users().values()) {
                Set<String> names = new LinkedHashSet<>(user.policies());
                int own = names.size();
                for (String group : user.groups()) {
                    names.addAll(store.groups().get(group).policies());
                }
                int[] memberOf = user.groups().stream().mapToInt(groups::get).toArray();
                add(user.arn(), names, user.boundary(), user.uniqueId().stream(), false);
                source(names, user.boundary(), own, memberOf);
                tags.add(user.arn(), user.tags());
            }
            for (IamRole role : store.roles().values()) {
                sessions.intern(CallerRecords.session(role.arn()));
                roles.add(arns.size());
                add(role.arn(), role.policies(), role.boundary(), role.uniqueId().stream(), role.serviceLinked());
                source(role.policies(), role.boundary(), 0);
                tags.add(role.arn(), role.tags());
            }
        }

        private void source(Iterable<String> policies, Optional<String> limit, int own, int... memberOf) {
            sources.caller(
                    documents(PolicyType.IDENTITY, policies),
                    limit.map(name -> document(PolicyType.BOUNDARY, name)).orElse(Caller.NONE),
                    own,
                    memberOf);
        }

        private void add(
                String arn, Iterable<String> policies, Optional<String> limit, Stream<String> id, boolean linked) {
            arns.intern(arn);
            int identity = set(PolicyType.IDENTITY, policies);
            int boundary =
                    limit.map(name -> set(PolicyType.BOUNDARY, List.of(name))).orElse(Caller.NONE);
            int self = symbols.principal(arn);
            int unique = id.mapToInt(symbols::principal).findFirst().orElse(Caller.NONE);
            rows.add(new Row(arn, linked, self, unique, identity, boundary));
        }

        Callers freeze() {
            long[] words = new long[CallerRecords.ROW_WORDS * rows.size()];
            Map<String, Integer> places = new HashMap<>();
            List<Integer> facts = new ArrayList<>();
            int at = 0;
            for (Row row : rows) {
                String account = CallerRecords.account(row.arn());
                int place = places.computeIfAbsent(account, unused -> facts(account, facts));
                int name = symbols.principalNames.find(Callers.nameKey(row.arn()));
                at = row.write(name, place, words, at);
            }
            boolean namesSessions = symbols.principals.texts().stream().anyMatch(CallerRecords::isSession);
            CallerRecords records = new CallerRecords(
                    arns.freeze(seed),
                    HashIndex.of(arns.texts().toArray(new String[0])),
                    sessions.freeze(seed),
                    ints(roles),
                    words,
                    ints(facts));
            return new Callers(
                    symbols.principals.freeze(seed),
                    symbols.principalNames.freeze(seed),
                    records,
                    tags.freeze(),
                    namesSessions);
        }

        /** Where the facts of an account are; NONE when no principal entry names it. */
        private int facts(String account, List<Integer> facts) {
            int id = symbols.principals.find(account.substring(account.lastIndexOf(':') + 1));
            int root = symbols.principals.find(account + ":root");
            if (id < 0 && root < 0) {
                return Caller.NONE;
            }
            facts.add(id);
            facts.add(root);
            return facts.size() - 2;
        }
    }

    /** A user or role. */
    private record Row(String arn, boolean serviceLinked, int self, int unique, int identity, int boundary) {

        int write(int name, int facts, long[] words, int at) {
            long[] row = CallerRecords.row(arn, serviceLinked, self, unique, name, facts, identity, boundary);
            System.arraycopy(row, 0, words, at, row.length);
            return at + row.length;
        }
    }

    /** The organization's accounts with the levels above them. */
    private final class Levels {

        private final Map<Long, List<Integer>> serviceControl = new HashMap<>();
        private final Map<Long, Integer> resourceControl = new HashMap<>();
        private final Map<Long, Integer> paths = new HashMap<>();
        private final Map<Long, Integer> chainSources = new HashMap<>();
        private final Interner texts = new Interner();

        Levels() {
            store.organization().ifPresent(organization -> {
                texts.intern(organization.id());
                member(Long.parseLong(organization.managementAccount()), "");
                walk(
                        organization.root(),
                        List.of(),
                        List.of(),
                        List.of(),
                        organization.id() + "/",
                        organization.managementAccount());
            });
        }

        /** An account that no SCP and no RCP reaches, unless one of its levels says so later. */
        private void member(long account, String path) {
            serviceControl.put(account, List.of());
            resourceControl.put(account, Caller.NONE);
            paths.put(account, path.isEmpty() ? Caller.NONE : texts.intern(path));
        }

        /** @param above the path down to the unit's parent; empty when the id of a unit on the way isn't known */
        private void walk(
                Organization.Unit unit,
                List<Integer> scpsAbove,
                List<String> rcpsAbove,
                List<Integer> levelsAbove,
                String above,
                String management) {
            String path = above.isEmpty() || unit.id().isEmpty() ? "" : above + unit.id() + "/";
            List<Integer> scps = new ArrayList<>(scpsAbove);
            scps.add(set(PolicyType.SERVICE_CONTROL, unit.serviceControlPolicies()));
            List<String> rcps = new ArrayList<>(rcpsAbove);
            rcps.addAll(unit.resourceControlPolicies());
            List<Integer> levels = new ArrayList<>(levelsAbove);
            String place = unit.name().isEmpty() ? unit.id() : unit.name();
            levels.add(level(place, unit.serviceControlPolicies(), unit.resourceControlPolicies()));
            for (Organization.Account account : unit.accounts()) {
                long number = Long.parseLong(account.id());
                member(number, path);
                if (account.id().equals(management)) {
                    continue;
                }
                List<Integer> chain = new ArrayList<>(scps);
                chain.add(set(PolicyType.SERVICE_CONTROL, account.serviceControlPolicies()));
                serviceControl.put(number, chain);
                List<String> all = new ArrayList<>(rcps);
                all.addAll(account.resourceControlPolicies());
                resourceControl.put(number, all.isEmpty() ? Caller.NONE : set(PolicyType.RESOURCE_CONTROL, all));
                List<Integer> own = new ArrayList<>(levels);
                own.add(level(account.id(), account.serviceControlPolicies(), account.resourceControlPolicies()));
                chainSources.put(number, sources.list(ints(own)));
            }
            for (Organization.Unit below : unit.units()) {
                walk(below, scps, rcps, levels, path, management);
            }
        }

        private int level(String place, List<String> scps, List<String> rcps) {
            return sources.level(
                    place, documents(PolicyType.SERVICE_CONTROL, scps), documents(PolicyType.RESOURCE_CONTROL, rcps));
        }

        /** The chain of each slot of the frozen accounts. */
        int[] chainSources(Accounts accounts) {
            int[] chains = new int[accounts.slots()];
            chainSources.forEach((account, chain) -> chains[accounts.find(account)] = chain);
            return chains;
        }

        Accounts freeze() {
            int slots = Integer.highestOneBit(Math.max(2, serviceControl.size()) * 4 - 1);
            long[] numbers = new long[slots];
            int[] starts = new int[slots];
            int[] lengths = new int[slots];
            int[] rcps = new int[slots];
            int[] pathNumbers = new int[slots];
            List<Integer> chains = new ArrayList<>();
            long[] sorted = serviceControl.keySet().stream()
                    .mapToLong(Long::longValue)
                    .sorted()
                    .toArray();
            for (long account : sorted) {
                int slot = Accounts.slot(account, slots - 1);
                while (numbers[slot] != 0) {
                    slot = slot + 1 & slots - 1;
                }
                List<Integer> chain = serviceControl.get(account);
                numbers[slot] = account + 1;
                starts[slot] = chains.size();
                lengths[slot] = chain.size();
                rcps[slot] = resourceControl.get(account);
                pathNumbers[slot] = paths.get(account);
                chains.addAll(chain);
            }
            return new Accounts(
                    numbers,
                    starts,
                    lengths,
                    rcps,
                    ints(chains),
                    pathNumbers,
                    new Texts(texts.texts().toArray(new String[0])));
        }
    }
}
