package dev.portcullis.corpus.synthetic;

import dev.portcullis.Decision;
import dev.portcullis.corpus.AccessRequest;
import dev.portcullis.corpus.generate.PolicyDraft.Statement;
import dev.portcullis.corpus.generate.RandomNumbers;
import dev.portcullis.corpus.reference.Situation;
import dev.portcullis.corpus.synthetic.Attached.Holding;
import dev.portcullis.corpus.synthetic.Population.Person;
import dev.portcullis.policy.Effect;
import dev.portcullis.policy.PolicyType;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Requests to a synthetic store, made up as they are asked for: the request of a number does not depend on those before
 * it. Principals, and the actions of a statement, come up by Zipf's law: a few very often, most of them now and then.
 * Immutable, shared by all threads.
 */
public final class SyntheticRequests {

    private static final long SALT = 0x7265717565737473L;

    /** How many principals are looked at for a statement of the kind wanted. */
    private static final int LOOKS = 400;

    /** How many requests are made for one that is wanted for its decision. */
    private static final int MADE_FOR_ONE = 2_000;

    private static final List<RequestKind> KINDS = List.of(RequestKind.values());

    private static final Statement EVERYTHING = Clauses.allow(Clauses.EVERYTHING, Clauses.EVERYTHING, List.of());

    private final SyntheticStore store;
    private final RequestMix mix;
    private final int[] totals;

    SyntheticRequests(SyntheticStore store, RequestMix mix) {
        this.store = store;
        this.mix = mix;
        this.totals = Ranks.totals(
                KINDS.stream().mapToInt(kind -> mix.shares().get(kind)).toArray());
    }

    /** The mix. */
    public RequestMix mix() {
        return mix;
    }

    /** The request of a number, from 0. */
    public SyntheticRequest request(long number) {
        RandomNumbers random = RandomNumbers.ofCase(store.seed() ^ SALT, number);
        RequestKind kind = KINDS.get(Ranks.weighted(random, totals));
        return new SyntheticRequest(number, kind, make(random, kind));
    }

    /** The first requests. */
    public Stream<SyntheticRequest> first(long count) {
        return LongStream.range(0, count).mapToObj(this::request);
    }

    /**
     * Requests of which exactly so many get each decision: the first ones of the stream that fit.
     *
     * @param wanted how many of each decision
     * @param decider what decides; has to answer as the reference does
     * @throws IllegalStateException if the stream has too few of a decision
     */
    public List<SyntheticRequest> decided(Map<Decision, Integer> wanted, Function<AccessRequest, Decision> decider) {
        Map<Decision, Integer> left = new EnumMap<>(Decision.class);
        left.putAll(wanted);
        int count = wanted.values().stream().mapToInt(Integer::intValue).sum();
        List<SyntheticRequest> chosen = new ArrayList<>();
        for (long number = 0; chosen.size() < count; number++) {
            if (number > (long) count * MADE_FOR_ONE) {
                throw new IllegalStateException("the stream has too few requests of the decisions " + left);
            }
            SyntheticRequest made = request(number);
            Decision decision = decider.apply(made.request());
            int open = left.getOrDefault(decision, 0);
            if (open > 0) {
                left.put(decision, open - 1);
                chosen.add(made);
            }
        }
        return chosen;
    }

    private AccessRequest make(RandomNumbers random, RequestKind kind) {
        Effect effect = kind == RequestKind.DENY ? Effect.DENY : Effect.ALLOW;
        boolean conditional = kind == RequestKind.MISSING_KEY;
        Holding holding = holding(random);
        Optional<Statement> found = statement(random, holding, effect, conditional);
        for (int i = 0; i < LOOKS && found.isEmpty(); i++) {
            holding = holding(random);
            found = statement(random, holding, effect, conditional);
        }
        return request(random, kind, holding, found.orElse(EVERYTHING));
    }

    /** A principal; the popular ones are spread over the store. */
    private Holding holding(RandomNumbers random) {
        int count = store.principals();
        long rank = Ranks.zipf(random, count);
        return store.attached().holding(Math.floorMod(rank * 2_654_435_761L + store.seed(), count));
    }

    /** A statement that bears on the principal. */
    private Optional<Statement> statement(RandomNumbers random, Holding holding, Effect effect, boolean conditional) {
        List<Integer> numbers = candidates(random, holding, effect);
        if (numbers.isEmpty()) {
            return effect == Effect.ALLOW && !conditional ? Optional.of(EVERYTHING) : Optional.empty();
        }
        int number = numbers.get(Ranks.zipf(random, numbers.size()));
        List<Statement> fitting = store.draft(number).statements().stream()
                .filter(statement -> statement.effect() == effect)
                .filter(statement -> !conditional || !statement.conditions().isEmpty())
                .toList();
        return fitting.isEmpty() ? Optional.empty() : Optional.of(random.one(fitting));
    }

    /** Numbers of policies that may have such a statement. */
    private List<Integer> candidates(RandomNumbers random, Holding holding, Effect effect) {
        Attached attached = store.attached();
        List<Integer> resources = attached.numbers(holding.account(), PolicyType.RESOURCE);
        if (effect == Effect.ALLOW) {
            boolean ofGroup = holding.group().isPresent() && random.chance(10);
            List<Integer> own = ofGroup
                    ? attached.groupPolicies(holding.account(), holding.group().getAsInt())
                    : holding.identity();
            return random.chance(8) && !resources.isEmpty() ? resources : own;
        }
        List<Integer> controls =
                new ArrayList<>(Tree.ofAccount(attached, holding.account(), PolicyType.SERVICE_CONTROL));
        controls.addAll(Tree.ofTeam(attached, holding.account(), PolicyType.SERVICE_CONTROL));
        return switch (random.below(4)) {
            case 0 -> controls.isEmpty() ? holding.identity() : controls;
            case 1 -> resources.isEmpty() ? holding.identity() : resources;
            default -> holding.identity();
        };
    }

    /** A role of the principal's account. */
    private Optional<String> role(RandomNumbers random, Holding holding) {
        int first = holding.account() * store.layout().people();
        int count = Math.min(store.layout().people(), store.principals() - first);
        Person person = store.attached().holding(first + random.below(count)).person();
        return person.role() ? Optional.of(person.arn()) : Optional.empty();
    }

    private AccessRequest request(RandomNumbers random, RequestKind kind, Holding holding, Statement statement) {
        Account account = store.account(holding.account());
        Fulfilment fulfilment = new Fulfilment(random, account, holding.person());
        statement.conditions().forEach(fulfilment::meet);
        List<String> keys = fulfilment.keys();
        String action = Targets.action(random, statement.action());
        String resource = Targets.resource(random, statement, action, account, fulfilment);
        if (action.equalsIgnoreCase("sts:AssumeRole") && random.chance(80)) {
            resource = role(random, holding).orElse(resource);
        }
        switch (kind) {
            case HIT, DENY -> {}
            case NEAR_MISS -> {
                int turn = random.below(keys.isEmpty() ? 2 : 3);
                if (turn == 0) {
                    action = Targets.neighbour(random, statement.action(), action);
                } else if (turn == 1) {
                    resource = Targets.other(random, resource);
                } else {
                    fulfilment.spoil(random.one(keys));
                }
            }
            case MISSING_KEY -> {
                if (!keys.isEmpty()) {
                    fulfilment.withhold(random.one(keys));
                }
            }
            case UNKNOWN_ACTION ->
                action = action.substring(0, action.indexOf(':') + 1) + "Zz" + Words.capital(Words.word(random))
                        + Words.capital(Words.word(random));
            case UNKNOWN_RESOURCE ->
                resource = "arn:aws:" + action.substring(0, action.indexOf(':')) + ":" + account.region(random) + ":"
                        + account.id() + ":zz-" + Words.word(random) + "/" + Words.uuid(random);
        }
        List<Integer> endpoints = store.attached().numbers(holding.account(), PolicyType.VPC_ENDPOINT);
        if (!endpoints.isEmpty() && random.chance(15)) {
            fulfilment.give("aws:SourceVpce", store.endpoint(random.one(endpoints)));
        }
        fulfilment.surround(action);
        return new AccessRequest(
                holding.person().caller(),
                action,
                resource,
                Optional.empty(),
                fulfilment.context(),
                Optional.empty(),
                Optional.empty(),
                Situation.Facts.NONE);
    }
}
