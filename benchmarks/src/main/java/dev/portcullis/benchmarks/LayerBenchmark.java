package dev.portcullis.benchmarks;

import dev.portcullis.Decision;
import dev.portcullis.Engine;
import dev.portcullis.Request;
import dev.portcullis.SessionPolicies;
import dev.portcullis.Store;
import dev.portcullis.policy.GuardedResource;
import dev.portcullis.policy.Organization;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What further layers add to the decisions of view (a), asked by sessions of roles. Every layer lets pass what the identity-based
 * policies allow, after it has been asked: the decisions are the same in every mix.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 10, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 40, time = 50, timeUnit = TimeUnit.MILLISECONDS)
@Fork(
        value = 1,
        jvmArgs = {"-Xms2g", "-Xmx6g", "-XX:+UseSerialGC"})
public class LayerBenchmark {

    private static final int ASKS = 1 << 10;
    private static final int ROLES = 100;

    /** Resources of these are guarded by policies with rules of their own. */
    private static final Set<String> OTHER_RULES = Set.of("iam", "kms", "sts");

    private static final String REGIONS = "[\"us-east-1\",\"us-west-2\",\"eu-central-1\",\"eu-west-1\",\"ap-south-1\"]";

    /** The layers besides the identity-based policies. */
    public enum Mix {
        /** None. */
        IDENTITY(false, false, false, false),
        /** A permissions boundary. */
        BOUNDARY(true, false, false, false),
        /** SCPs and RCPs at root, unit and account. */
        ORGANIZATION(false, true, false, false),
        /** A policy of the resource. */
        RESOURCE(false, false, true, false),
        /** A session policy. */
        SESSION(false, false, false, true),
        /** All of them. */
        ALL(true, true, true, true);

        private final boolean boundary;
        private final boolean organization;
        private final boolean resource;
        private final boolean session;

        Mix(boolean boundary, boolean organization, boolean resource, boolean session) {
            this.boundary = boundary;
            this.organization = organization;
            this.resource = resource;
            this.session = session;
        }
    }

    /** Which. */
    @Param
    public Mix mix;

    private Ask[] asks;
    private int next;
    private Engine engine;
    private Request request;
    private SessionPolicies session;

    /** Compiles, and checks each decision against the naive walk over the identity-based policies. */
    @Setup
    public void build() {
        Workload workload = new Workload(42, ROLES);
        asks = asks(workload);
        engine = Engine.compile(store(workload));
        request = engine.newRequest();
        session = engine.compileSession(document(allowServices(workload)));
        for (int i = 0; i < ASKS; i++) {
            Ask ask = asks[i];
            if (portcullis() != Naive.decide(workload.rules(ask.number()), ask)) {
                throw new IllegalStateException(mix + ": decided differently: " + ask);
            }
        }
    }

    private static Ask[] asks(Workload workload) {
        List<Ask> asks = new ArrayList<>();
        for (Ask ask : workload.asks(4 * ASKS)) {
            String account = account(ask.principal());
            if (asks.size() < ASKS
                    && ask.resource().contains(account)
                    && !OTHER_RULES.contains(ask.resource().split(":", 6)[2])) {
                asks.add(new Ask(
                        ask.number(),
                        "arn:aws:sts::" + account + ":assumed-role/" + name(ask.number()) + "/s1",
                        ask.action(),
                        ask.resource(),
                        ask.keys(),
                        ask.values(),
                        ask.tagKeys()));
            }
        }
        if (asks.size() < ASKS) {
            throw new IllegalStateException("only " + asks.size() + " requests");
        }
        return asks.toArray(Ask[]::new);
    }

    private static String account(String principal) {
        return principal.split(":", 6)[4];
    }

    private static String name(int number) {
        return "engineering-qdev-" + (10_000 + number);
    }

    private Store store(Workload workload) {
        Store.Builder store = Store.builder();
        store.policy("boundary", document(allowServices(workload), denyOtherRegions()));
        List<Organization.Account> accounts = new ArrayList<>();
        for (int i = 0; i < ROLES; i++) {
            List<String> names = new ArrayList<>();
            for (List<Rule> policy : workload.policies(i)) {
                names.add("p" + i + "-" + names.size());
                store.policy(names.get(names.size() - 1), Rule.document(policy));
            }
            String account = account(workload.principal(i));
            store.role("arn:aws:iam::" + account + ":role/engineering/" + name(i), role -> {
                role.attach(names.toArray(String[]::new));
                if (mix.boundary) {
                    role.boundary("boundary");
                }
            });
            accounts.add(new Organization.Account(account, List.of("FullAWSAccess"), List.of("RCPFullAWSAccess")));
        }
        if (mix.organization) {
            store.policy("regions", document(denyOtherRegions()));
            store.policy(
                    "perimeter",
                    document(
                            "{\"Effect\":\"Deny\",\"Principal\":\"*\",\"Action\":\"s3:*\",\"Resource\":\"*\",\"Condition\":"
                                    + "{\"StringNotEqualsIfExists\":{\"aws:PrincipalOrgID\":\"o-example1234\"}}}"));
            store.organization(organization(accounts));
        }
        if (mix.resource) {
            guard(store);
        }
        return store.build();
    }

    private static Organization organization(List<Organization.Account> accounts) {
        List<String> services = List.of("FullAWSAccess", "regions");
        List<String> resources = List.of("RCPFullAWSAccess", "perimeter");
        return new Organization(
                "o-example1234",
                "999999999999",
                new Organization.Unit(
                        "r-ab12",
                        "Root",
                        services,
                        resources,
                        List.of(),
                        List.of(new Organization.Unit(
                                "ou-ab12-engineers", "Engineering", services, resources, accounts, List.of()))));
    }

    /** Every resource that is asked for gets a policy that denies other accounts. */
    private void guard(Store.Builder store) {
        Set<String> guarded = new TreeSet<>();
        for (Ask ask : asks) {
            if (guarded.add(ask.resource())) {
                String account = account(ask.principal());
                if (!guarded.contains(account)) {
                    guarded.add(account);
                    store.policy(
                            "guard-" + account,
                            document(
                                    "{\"Effect\":\"Deny\",\"Principal\":\"*\",\"Action\":\"*\",\"Resource\":\"*\",\"Condition\":"
                                            + "{\"StringNotEquals\":{\"aws:PrincipalAccount\":\"" + account + "\"}}}"));
                }
                store.resource(new GuardedResource(
                        ask.resource(),
                        account,
                        Optional.of("guard-" + account),
                        List.of(),
                        Map.of(),
                        Optional.empty()));
            }
        }
    }

    private static String denyOtherRegions() {
        return "{\"Effect\":\"Deny\",\"NotAction\":[\"sts:*\",\"organizations:*\"],\"Resource\":\"*\",\"Condition\":{\"StringNotEquals\":"
                + "{\"aws:RequestedRegion\":" + REGIONS + "}}}";
    }

    private static String allowServices(Workload workload) {
        Set<String> services = new TreeSet<>();
        for (int i = 0; i < ROLES; i++) {
            for (Rule rule : workload.rules(i)) {
                for (String action : rule.actions()) {
                    services.add("\"" + action.substring(0, action.indexOf(':')) + ":*\"");
                }
            }
        }
        return "{\"Effect\":\"Allow\",\"Action\":[" + String.join(",", services) + "],\"Resource\":\"*\"}";
    }

    private static String document(String... statements) {
        return "{\"Version\":\"2012-10-17\",\"Statement\":[" + String.join(",", statements) + "]}";
    }

    /** From Strings; the session policy compiled before. */
    @Benchmark
    public Decision portcullis() {
        Request filled = Workload.fill(request, asks[next++ & ASKS - 1]);
        return engine.decide(mix.session ? filled.sessionPolicies(session) : filled);
    }
}
