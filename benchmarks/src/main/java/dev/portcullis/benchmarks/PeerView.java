package dev.portcullis.benchmarks;

import dev.portcullis.Decision;
import dev.portcullis.Engine;
import dev.portcullis.Request;
import dev.portcullis.Store;
import dev.portcullis.benchmarks.Peer.Owner;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * What all peers are asked. {@code a:10}: 100 principals of ten policies each, one engine a principal. {@code b:N}: N policies,
 * ten a principal, in one engine. {@code c:N}: one principal with N statements on the same actions.
 *
 * @param name as above
 * @param owners the principals, whose numbers are their places
 * @param together whether one engine has them all
 * @param asks the requests
 * @param decisions Portcullis' decisions of them, which are those of {@link Indexed}
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record PeerView(String name, List<Owner> owners, boolean together, Ask[] asks, Decision[] decisions) {

    static final int ASKS = 1 << 10;

    private static final int SEED = 42;
    private static final int PRINCIPALS_EACH_ALONE = 100;

    /** The index takes milliseconds for a request when there are more statements on an action. */
    private static final int MOST_STATEMENTS_CHECKED_WHOLE = 10_000;

    /** The view of that name. */
    static PeerView of(String name) {
        int size = Integer.parseInt(name, 2, name.length(), 10);
        return switch (name.charAt(0)) {
            case 'a' -> of(name, new Workload(SEED, PRINCIPALS_EACH_ALONE), false);
            case 'b' -> of(name, new Workload(SEED, size / Workload.POLICIES_EACH), true);
            case 'c' -> {
                ManyStatements many = new ManyStatements(size, ASKS);
                Owner owner = new Owner(ManyStatements.USER, ManyStatements.policies(many.rules()));
                yield of(name, List.of(owner), true, size > MOST_STATEMENTS_CHECKED_WHOLE ? 64 : 1, many.asks());
            }
            default -> throw new IllegalArgumentException(name);
        };
    }

    private static PeerView of(String name, Workload workload, boolean together) {
        List<Owner> owners = new ArrayList<>();
        for (int i = 0; i < workload.principals(); i++) {
            owners.add(new Owner(workload.principal(i), workload.policies(i)));
        }
        return of(name, List.copyOf(owners), together, 1, workload.asks(ASKS));
    }

    private static PeerView of(String name, List<Owner> owners, boolean together, int step, Ask... asks) {
        Engine engine = Engine.compile(store(owners));
        Request request = engine.newRequest();
        Indexed[] indexed = new Indexed[owners.size()];
        Decision[] decisions = new Decision[asks.length];
        for (int i = 0; i < asks.length; i++) {
            int owner = asks[i].number();
            decisions[i] = engine.decide(fill(request, asks[i]));
            if (indexed[owner] == null) {
                indexed[owner] = new Indexed(owners.get(owner).rules());
            }
            if (i % step == 0 && indexed[owner].decide(asks[i]) != decisions[i]) {
                throw new IllegalStateException("decided differently: " + asks[i]);
            }
        }
        return new PeerView(name, owners, together, asks, decisions);
    }

    /** What can be said where some statements can't: without them, and without the requests in whose decision they may have a part. */
    PeerView said(Predicate<Rule> expresses) {
        List<List<Rule>> left = new ArrayList<>();
        List<Owner> said = new ArrayList<>();
        for (Owner owner : owners) {
            left.add(Arrays.stream(owner.rules()).filter(expresses.negate()).toList());
            said.add(new Owner(
                    owner.principal(),
                    owner.policies().stream()
                            .map(policy -> policy.stream().filter(expresses).toList())
                            .filter(policy -> !policy.isEmpty())
                            .toList()));
        }
        return new PeerView(name, List.copyOf(said), together, asks, decisions)
                .only(ask -> left.get(ask.number()).stream().noneMatch(rule -> mayApply(rule, ask)));
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
    static Store store(List<Owner> owners) {
        Store.Builder store = Store.builder();
        for (int i = 0; i < owners.size(); i++) {
            String prefix = "p" + i + "-";
            List<String> names = new ArrayList<>();
            for (List<Rule> policy : owners.get(i).policies()) {
                String name = prefix + names.size();
                store.policy(name, Rule.document(policy));
                names.add(name);
            }
            store.user(owners.get(i).principal(), user -> user.attach(names.toArray(String[]::new)));
        }
        return store.build();
    }
}
