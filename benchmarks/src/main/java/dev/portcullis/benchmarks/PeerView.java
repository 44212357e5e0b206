package dev.portcullis.benchmarks;

import dev.portcullis.Decision;
import dev.portcullis.Engine;
import dev.portcullis.Request;
import dev.portcullis.Store;
import dev.portcullis.benchmarks.Peer.Owner;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * What all peers are asked. {@code a:10}: 100 principals of ten policies each, one engine a principal. {@code b:N}: N policies,
 * ten a principal, in one engine. {@code c:N}: one principal with N statements on the same actions.
 *
 * @param name as above
 * @param owners the principals, whose numbers are their places; best asked for once, see {@link Owners}
 * @param together whether one engine has them all
 * @param asks the requests
 * @param decisions Portcullis' decisions of them with nobody else in its store, which are those of {@link Indexed}
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record PeerView(String name, List<Owner> owners, boolean together, Ask[] asks, Decision[] decisions) {

    static final int ASKS = 1 << 10;

    private static final int SEED = 42;
    private static final int PRINCIPALS_EACH_ALONE = 100;

    /** The index takes milliseconds for a request when there are more statements on an action. */
    private static final int MOST_STATEMENTS_CHECKED_WHOLE = 5_000;

    /** The view of that name. */
    static PeerView of(String name) {
        int size = Integer.parseInt(name, 2, name.length(), 10);
        return switch (name.charAt(0)) {
            case 'a' -> eachAlone(PRINCIPALS_EACH_ALONE);
            case 'b' -> of(name, new Workload(SEED, size / Workload.POLICIES_EACH), true);
            case 'c' -> {
                ManyStatements many = new ManyStatements(size, ASKS);
                Owner owner = new Owner(ManyStatements.USER, ManyStatements.policies(many.rules()));
                yield of(name, List.of(owner), true, size > MOST_STATEMENTS_CHECKED_WHOLE ? 64 : 1, many.asks());
            }
            default -> throw new IllegalArgumentException(name);
        };
    }

    /** View (a) of that many principals. */
    static PeerView eachAlone(int principals) {
        return of("a:" + Workload.POLICIES_EACH, new Workload(SEED, principals), false);
    }

    private static PeerView of(String name, Workload workload, boolean together) {
        List<Owner> owners =
                new Owners(workload.principals(), i -> new Owner(workload.principal(i), workload.policies(i)));
        return of(name, owners, together, 1, workload.asks(ASKS));
    }

    private static PeerView of(String name, List<Owner> owners, boolean together, int step, Ask... asks) {
        Map<Integer, Owner> asked = asked(owners, asks);
        Engine engine = Engine.compile(store(asked.values()));
        Request request = engine.newRequest();
        Map<Integer, Indexed> indexed = new HashMap<>();
        asked.forEach((number, owner) -> indexed.put(number, new Indexed(owner.rules())));
        Decision[] decisions = new Decision[asks.length];
        for (int i = 0; i < asks.length; i++) {
            decisions[i] = engine.decide(fill(request, asks[i]));
            if (i % step == 0 && indexed.get(asks[i].number()).decide(asks[i]) != decisions[i]) {
                throw new IllegalStateException("decided differently: " + asks[i]);
            }
        }
        return new PeerView(name, owners, together, asks, decisions);
    }

    /** Those of the principals that anything is asked about, by number. */
    private static Map<Integer, Owner> asked(List<Owner> owners, Ask... asks) {
        Map<Integer, Owner> asked = new TreeMap<>();
        for (Ask ask : asks) {
            asked.computeIfAbsent(ask.number(), owners::get);
        }
        return asked;
    }

    /** What can be said where some statements can't: without them, and without the requests in whose decision they may have a part. */
    PeerView said(Predicate<Rule> expresses) {
        Map<Integer, List<Rule>> left = new HashMap<>();
        asked(owners, asks)
                .forEach((number, owner) -> left.put(
                        number,
                        Arrays.stream(owner.rules()).filter(expresses.negate()).toList()));
        List<Owner> said = new Owners(owners.size(), i -> said(owners.get(i), expresses));
        return new PeerView(name, said, together, asks, decisions)
                .only(ask -> left.get(ask.number()).stream().noneMatch(rule -> mayApply(rule, ask)));
    }

    private static Owner said(Owner owner, Predicate<Rule> expresses) {
        return new Owner(
                owner.principal(),
                owner.policies().stream()
                        .map(policy -> policy.stream().filter(expresses).toList())
                        .filter(policy -> !policy.isEmpty())
                        .toList());
    }

    private static boolean mayApply(Rule rule, Ask ask) {
        for (String resource : rule.resources()) {
            if (Naive.glob(resource, ask.resource(), false)) {
                return Naive.any(rule.actions(), ask.action(), true);
            }
        }
        return false;
    }

    /** Some of the requests. */
    PeerView only(Predicate<Ask> which) {
        int[] kept =
                IntStream.range(0, asks.length).filter(i -> which.test(asks[i])).toArray();
        return new PeerView(
                name,
                owners,
                together,
                Arrays.stream(kept).mapToObj(i -> asks[i]).toArray(Ask[]::new),
                Arrays.stream(kept).mapToObj(i -> decisions[i]).toArray(Decision[]::new));
    }

    /** Policies, or statements in view (c). */
    int size() {
        return Integer.parseInt(name, 2, name.length(), 10);
    }

    /** Fills a request from Strings. */
    static Request fill(Request request, Ask ask) {
        if (!ask.tagKeys().isEmpty()) {
            return Workload.fill(request, ask);
        }
        request.clear().principal(ask.principal()).action(ask.action()).resource(ask.resource());
        for (int i = 0; i < ask.keys().length; i++) {
            request.context(ask.keys()[i], ask.values()[i]);
        }
        return request;
    }

    /** A store of principals with their policies. */
    static Store store(Collection<Owner> owners) {
        Store.Builder store = Store.builder();
        int number = 0;
        for (Owner owner : owners) {
            String prefix = "p" + number++ + "-";
            List<String> names = new ArrayList<>();
            for (List<Rule> policy : owner.policies()) {
                String name = prefix + names.size();
                store.policy(name, Rule.document(policy));
                names.add(name);
            }
            store.user(owner.principal(), user -> user.attach(names.toArray(String[]::new)));
        }
        return store.build();
    }
}
