package dev.portcullis.corpus.synthetic;

import dev.portcullis.Decision;
import dev.portcullis.corpus.AccessRequest;
import dev.portcullis.corpus.PolicySource;
import dev.portcullis.corpus.generate.PolicyDraft.Statement;
import dev.portcullis.corpus.generate.RandomNumbers;
import dev.portcullis.corpus.synthetic.Attached.Holding;
import dev.portcullis.corpus.synthetic.Population.Person;
import dev.portcullis.policy.Effect;
import dev.portcullis.policy.PolicyType;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
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
    private static final long CALLERS = 0x63616C6C65727373L;

    /** How many principals are looked at for a statement of the kind wanted. */
    private static final int LOOKS = 400;

    /** How many principals are looked at for a caller of the kind wanted. */
    private static final int CALLER_LOOKS = 60;

    /** How many requests are made for one that is wanted for its decision. */
    private static final int MADE_FOR_ONE = 2_000;

    private static final List<RequestKind> KINDS = List.of(RequestKind.values());

    private static final Statement EVERYTHING = Clauses.allow(Clauses.EVERYTHING, Clauses.EVERYTHING, List.of());

    /** How many federated sessions of a hundred are narrowed by session policies. */
    static final int FEDERATED_SESSIONS_NARROWED = 25;

    /** How many federated users of a hundred have session policies; the others have no permissions of their own. */
    static final int FEDERATED_USERS_WITH_POLICIES = 85;

    private final SyntheticStore store;
    private final RequestMix mix;
    private final CallerMix callers;
    private final Outsiders outsiders;
    private final SessionDocuments sessions;
    private final int[] totals;

    SyntheticRequests(SyntheticStore store, RequestMix mix, CallerMix callers) {
        this.store = store;
        this.mix = mix;
        this.callers = callers;
        this.outsiders = new Outsiders(store);
        this.sessions = new SessionDocuments(store);
        this.totals = Ranks.totals(
                KINDS.stream().mapToInt(kind -> mix.shares().get(kind)).toArray());
    }

    /** The mix. */
    public RequestMix mix() {
        return mix;
    }

    /** Who asks. */
    public CallerMix callers() {
        return callers;
    }

    /** The request of a number, from 0. */
    public SyntheticRequest request(long number) {
        RandomNumbers random = RandomNumbers.ofCase(store.seed() ^ SALT, number);
        RequestKind kind = KINDS.get(Ranks.weighted(random, totals));
        // Numbers of its own, so that a principal's request is the same whoever else asks.
        RandomNumbers ofCaller = RandomNumbers.ofCase(store.seed() ^ CALLERS, number);
        CallerKind caller = callers.draw(ofCaller);
        Asking asking = caller == CallerKind.SERVICE || caller == CallerKind.IDENTITY_PROVIDER
                ? fromOutside(random, ofCaller, kind, caller)
                : fromInside(random, ofCaller, kind, caller);
        return new SyntheticRequest(number, kind, asking.asker().kind(), request(random, ofCaller, kind, asking));
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

    /**
     * What is to be asked.
     *
     * @param on the resource, where the statement doesn't say
     */
    private record Asking(Asker asker, Statement statement, Optional<String> on) {}

    private Asking fromOutside(RandomNumbers random, RandomNumbers ofCaller, RequestKind kind, CallerKind caller) {
        boolean conditional = kind == RequestKind.MISSING_KEY;
        Optional<Outsiders.Opening> denied = kind == RequestKind.DENY
                ? outsiders.opening(random, caller, Effect.DENY, conditional, () -> holding(random))
                : Optional.empty();
        return denied.or(() -> outsiders.opening(random, caller, Effect.ALLOW, conditional, () -> holding(random)))
                .map(opening -> new Asking(opening.asker(), opening.statement(), Optional.of(opening.resource())))
                .orElseGet(() -> fromInside(random, ofCaller, kind, CallerKind.PRINCIPAL));
    }

    private Asking fromInside(RandomNumbers random, RandomNumbers ofCaller, RequestKind kind, CallerKind wanted) {
        Effect effect = kind == RequestKind.DENY ? Effect.DENY : Effect.ALLOW;
        boolean conditional = kind == RequestKind.MISSING_KEY;
        Optional<Holding> fitting = holding(random, wanted);
        CallerKind caller = fitting.isPresent() ? wanted : CallerKind.PRINCIPAL;
        Holding holding = fitting.orElseGet(() -> holding(random));
        Optional<Found> found = statement(random, holding, effect, conditional);
        for (int i = 0; i < LOOKS && found.isEmpty(); i++) {
            holding = holding(random, caller).orElse(holding);
            found = statement(random, holding, effect, conditional);
        }
        return new Asking(
                asker(ofCaller, caller, holding, found),
                found.map(Found::statement).orElse(EVERYTHING),
                Optional.empty());
    }

    private Asker asker(RandomNumbers ofCaller, CallerKind caller, Holding holding, Optional<Found> found) {
        Account account = store.account(holding.account());
        List<Integer> attached = new ArrayList<>();
        int made = found.map(Found::policy).orElse(OptionalInt.empty()).orElse(-1);
        if (made >= 0 && store.type(made) == PolicyType.IDENTITY) {
            attached.add(made);
        }
        holding.identity().stream().filter(number -> !attached.contains(number)).forEach(attached::add);
        if (caller == CallerKind.FEDERATED_USER) {
            return Asker.federatedUser(holding, ofCaller.below(4), account, attached);
        }
        Asker asker = Asker.principal(caller, holding.person(), account, attached);
        return caller == CallerKind.FEDERATED_SESSION ? asker.trusting(outsiders.provider(holding)) : asker;
    }

    /** A principal that such a caller comes from; empty if none was found. */
    private Optional<Holding> holding(RandomNumbers random, CallerKind caller) {
        for (int i = 0; i < CALLER_LOOKS; i++) {
            Holding holding = holding(random);
            boolean fits = switch (caller) {
                case NARROWED_SESSION -> holding.person().role();
                case FEDERATED_SESSION -> outsiders.provider(holding).isPresent();
                case FEDERATED_USER -> !holding.person().role();
                case PRINCIPAL, SERVICE, IDENTITY_PROVIDER -> true;
            };
            if (fits) {
                return Optional.of(holding);
            }
        }
        return Optional.empty();
    }

    /** A principal; the popular ones are spread over the store. */
    private Holding holding(RandomNumbers random) {
        int count = store.principals();
        long rank = Ranks.zipf(random, count);
        return store.attached().holding(Math.floorMod(rank * 2_654_435_761L + store.seed(), count));
    }

    /** A statement, and the number of its policy. */
    private record Found(Statement statement, OptionalInt policy) {}

    /** A statement that bears on the principal. */
    private Optional<Found> statement(RandomNumbers random, Holding holding, Effect effect, boolean conditional) {
        List<Integer> numbers = candidates(random, holding, effect);
        if (numbers.isEmpty()) {
            return effect == Effect.ALLOW && !conditional
                    ? Optional.of(new Found(EVERYTHING, OptionalInt.empty()))
                    : Optional.empty();
        }
        int number = numbers.get(Ranks.zipf(random, numbers.size()));
        List<Statement> fitting = store.draft(number).statements().stream()
                .filter(statement -> statement.effect() == effect)
                .filter(statement -> !conditional || !statement.conditions().isEmpty())
                .toList();
        return fitting.isEmpty()
                ? Optional.empty()
                : Optional.of(new Found(random.one(fitting), OptionalInt.of(number)));
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

    /** A role of the account. */
    private Optional<String> role(RandomNumbers random, Account account) {
        int first = account.number() * store.layout().people();
        int count = Math.min(store.layout().people(), store.principals() - first);
        Person person = store.attached().holding(first + random.below(count)).person();
        return person.role() ? Optional.of(person.arn()) : Optional.empty();
    }

    private AccessRequest request(RandomNumbers random, RandomNumbers ofCaller, RequestKind kind, Asking asking) {
        Asker asker = asking.asker();
        Account account = asker.account();
        Statement statement = asking.statement();
        Fulfilment fulfilment = new Fulfilment(random, account, asker.person());
        if (kind == RequestKind.DENY && asker.isOutside()) {
            Outsiders.unwanted(random, asker, fulfilment);
        }
        statement.conditions().forEach(fulfilment::meet);
        List<String> keys = fulfilment.keys();
        String action = Targets.action(random, statement.action());
        String resource = asking.on().isPresent()
                ? asking.on().get()
                : Targets.resource(random, statement, action, account, fulfilment);
        if (!asker.isOutside() && action.equalsIgnoreCase("sts:AssumeRole") && random.chance(80)) {
            resource = role(random, account).orElse(resource);
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
        surround(random, asker, action, fulfilment);
        List<PolicySource> session = sessionPolicies(ofCaller, kind, asker, action);
        return new AccessRequest(
                asker.person().caller(),
                action,
                resource,
                Optional.empty(),
                fulfilment.context(),
                Optional.empty(),
                session.isEmpty() ? Optional.empty() : Optional.of(session),
                asker.facts());
    }

    private void surround(RandomNumbers random, Asker asker, String action, Fulfilment fulfilment) {
        if (asker.isOutside()) {
            Outsiders.surround(random, asker, fulfilment);
            return;
        }
        List<Integer> endpoints = store.attached().numbers(asker.account().number(), PolicyType.VPC_ENDPOINT);
        if (!endpoints.isEmpty() && random.chance(15)) {
            fulfilment.give("aws:SourceVpce", store.endpoint(random.one(endpoints)));
        }
        asker.provider().ifPresent(provider -> Outsiders.signedIn(random, provider, fulfilment));
        fulfilment.surround(action);
    }

    private List<PolicySource> sessionPolicies(RandomNumbers ofCaller, RequestKind kind, Asker asker, String action) {
        int percent = switch (asker.kind()) {
            case NARROWED_SESSION -> 100;
            case FEDERATED_SESSION -> FEDERATED_SESSIONS_NARROWED;
            case FEDERATED_USER -> FEDERATED_USERS_WITH_POLICIES;
            case PRINCIPAL, SERVICE, IDENTITY_PROVIDER -> 0;
        };
        boolean fitting = kind != RequestKind.NEAR_MISS && ofCaller.chance(75);
        return ofCaller.chance(percent) ? sessions.draw(ofCaller, asker.attached(), action, fitting) : List.of();
    }
}
