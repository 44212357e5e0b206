package dev.portcullis.benchmarks;

import dev.portcullis.Decision;
import dev.portcullis.Engine;
import dev.portcullis.Request;
import dev.portcullis.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Principals with ten policies each, made of the Amazon Q seed policies for other accounts, regions and applications: half of
 * the {@code "Resource": "*"} narrowed to ARNs with wildcards, 30 % of the statements with a condition, 9 % of them denying;
 * and requests of which 60 % are allowed, 10 % explicitly and 30 % implicitly denied. A principal is made from its number
 * alone, so there may be a hundred thousand of them.
 */
final class Workload {

    static final int POLICIES_EACH = 10;

    private static final String[] REGIONS = {"us-east-1", "us-west-2", "eu-central-1", "eu-west-1", "ap-south-1"};
    private static final String[] KEYS = {
        "aws:SourceIp",
        "aws:RequestedRegion",
        "aws:SecureTransport",
        "aws:userid",
        "aws:PrincipalTag/team",
        "aws:ResourceTag/stage",
        "aws:UserAgent"
    };

    private final long seed;
    private final int principals;

    Workload(long seed, int principals) {
        this.seed = seed;
        this.principals = principals;
    }

    int principals() {
        return principals;
    }

    private SplittableRandom random(int principal) {
        return new SplittableRandom(seed * 1_000_003 + principal);
    }

    private static String account(int principal) {
        return String.valueOf(100_000_000_000L + principal * 7_919L % 899_999_999_999L);
    }

    String principal(int number) {
        return "arn:aws:iam::" + account(number) + ":user/engineering/qdev-" + (10_000 + number);
    }

    /** The policies of a principal. */
    List<List<Rule>> policies(int number) {
        SplittableRandom random = random(number);
        List<List<Rule>> policies = new ArrayList<>();
        for (int i = 0; i < POLICIES_EACH; i++) {
            List<Rule> rules = new ArrayList<>();
            List<Seeds.Grant> of = Seeds.POLICIES.get(random.nextInt(Seeds.POLICIES.size()));
            for (Seeds.Grant grant : of) {
                rules.add(rule(grant, account(number), random));
            }
            policies.add(rules);
        }
        return policies;
    }

    /** The statements of a principal. */
    Rule[] rules(int number) {
        return policies(number).stream().flatMap(List::stream).toArray(Rule[]::new);
    }

    private static Rule rule(Seeds.Grant grant, String account, SplittableRandom random) {
        boolean deny = random.nextInt(100) < 9;
        String[] actions = grant.actions();
        if (deny) {
            actions = new String[] {actions[random.nextInt(actions.length)]};
        }
        String[] resources = new String[grant.resources().length];
        for (int i = 0; i < resources.length; i++) {
            String resource = grant.resources()[i];
            resources[i] = resource.equals("*") && random.nextBoolean()
                    ? arn(grant, account, random) + pick(random, "*", "/*", "-?")
                    : bound(resource, account, random);
        }
        boolean conditional = grant.tests().length == 0 && random.nextInt(100) < 30;
        return new Rule(deny, actions, resources, conditional ? new Rule.Test[] {test(random)} : grant.tests());
    }

    private static String arn(Seeds.Grant grant, String account, SplittableRandom random) {
        String service = grant.actions()[0].substring(0, grant.actions()[0].indexOf(':'));
        String region = pick(random, REGIONS);
        return switch (service) {
            case "s3" -> "arn:aws:s3:::customization-sources-" + account + "/repository-" + random.nextInt(20);
            case "iam" -> "arn:aws:iam::" + account + ":role/service-role/amazon-q-application-" + random.nextInt(20);
            case "q" -> "arn:aws:qdeveloper:" + region + ":" + account + ":plugin/" + id(random);
            default -> "arn:aws:" + service + ":" + region + ":" + account + ":application/" + id(random);
        };
    }

    private static String id(SplittableRandom random) {
        return Long.toHexString(random.nextLong() | 1L << 63) + "-" + random.nextInt(100, 1_000);
    }

    private static String bound(String text, String account, SplittableRandom random) {
        return Seeds.bound(text, account, pick(random, REGIONS), id(random), id(random));
    }

    private static Rule.Test test(SplittableRandom random) {
        return switch (random.nextInt(7)) {
            case 0 -> new Rule.Test("StringEquals", "aws:RequestedRegion", "us-east-1", "eu-central-1");
            case 1 -> new Rule.Test("StringEquals", "aws:PrincipalTag/team", "q");
            case 2 -> new Rule.Test("StringLike", "aws:userid", "AIDA*");
            case 3 -> new Rule.Test("IpAddress", "aws:SourceIp", "203.0.113.0/24", "198.51.100.0/24");
            case 4 -> new Rule.Test("Bool", "aws:SecureTransport", "true");
            case 5 -> new Rule.Test("StringNotEquals", "aws:ResourceTag/stage", "prod");
            default -> new Rule.Test("ForAnyValue:StringEquals", Ask.TAG_KEYS, "team", "stage");
        };
    }

    private static String pick(SplittableRandom random, String... of) {
        return of[random.nextInt(of.length)];
    }

    /** All principals with their policies. */
    Store store() {
        Store.Builder store = Store.builder();
        for (int i = 0; i < principals; i++) {
            String prefix = "p" + i + "-";
            List<String> names = new ArrayList<>();
            for (List<Rule> policy : policies(i)) {
                String name = prefix + names.size();
                store.policy(name, Rule.document(policy));
                names.add(name);
            }
            store.user(principal(i), user -> user.attach(names.toArray(String[]::new)));
        }
        return store.build();
    }

    /** Requests in the proportions said, of principals at random. */
    Ask[] asks(int count) {
        SplittableRandom random = new SplittableRandom(seed ^ 0x5DEECE66DL);
        Ask[] asks = new Ask[count];
        for (int i = 0; i < count; i++) {
            int share = random.nextInt(10);
            Decision wanted = share < 6 ? Decision.ALLOW : share < 7 ? Decision.EXPLICIT_DENY : Decision.IMPLICIT_DENY;
            asks[i] = ask(wanted, random);
        }
        return asks;
    }

    private Ask ask(Decision wanted, SplittableRandom random) {
        while (true) {
            int number = random.nextInt(principals);
            Rule[] rules = rules(number);
            for (int tries = 0; tries < 50; tries++) {
                Ask ask = ask(number, rules, random);
                if (Naive.decide(rules, ask) == wanted) {
                    return ask;
                }
            }
        }
    }

    private Ask ask(int number, Rule[] rules, SplittableRandom random) {
        Rule rule = rules[random.nextInt(rules.length)];
        String pattern = rule.actions()[random.nextInt(rule.actions().length)];
        String action = pattern.endsWith("*") ? pattern.substring(0, pattern.length() - 1) + "Acl" : pattern;
        String target = rule.resources()[random.nextInt(rule.resources().length)];
        Seeds.Grant other = Seeds.POLICIES.get(0).get(0);
        String resource = target.equals("*")
                ? arn(new Seeds.Grant(rule.actions(), rule.resources(), rule.tests()), account(number), random)
                : target.replace("*", "x1").replace("?", "7");
        int change = random.nextInt(100);
        if (change < 10) {
            resource = arn(other, account(number), random);
        } else if (change < 15) {
            action = "q:NoSuchAction" + change;
        }
        String[] values = {
            pick(random, "203.0.113.7", "203.0.113.99", "192.0.2.44"),
            pick(random, REGIONS),
            pick(random, "true", "true", "true", "false"),
            pick(random, "AIDAEXAMPLE1234567", "AIDAEXAMPLE7654321", "AROAEXAMPLE7654321:s1"),
            pick(random, "q", "q", "data"),
            pick(random, "beta", "prod"),
            "aws-cli/2.15 Python/3.11 Linux/6.1"
        };
        return new Ask(
                number,
                principal(number),
                action,
                resource,
                KEYS,
                values,
                List.of(pick(random, "team", "owner"), "cost"));
    }

    /** Fills a request from Strings. */
    static Request fill(Request request, Ask ask) {
        request.clear().principal(ask.principal()).action(ask.action()).resource(ask.resource());
        String[] keys = ask.keys();
        String[] values = ask.values();
        for (int i = 0; i < keys.length; i++) {
            request.context(keys[i], values[i]);
        }
        return request.contextValues(Ask.TAG_KEYS, ask.tagKeys());
    }

    /** Throws unless the engine decides each request as the naive bar does, in the proportions said. */
    void check(Engine engine, Ask[] asks) {
        Request request = engine.newRequest();
        int[] counts = new int[3];
        for (Ask ask : asks) {
            Decision decision = engine.decide(fill(request, ask));
            if (decision != Naive.decide(rules(ask.number()), ask)) {
                throw new IllegalStateException("decided differently: " + decision + " of " + ask);
            }
            counts[decision == Decision.ALLOW ? 0 : decision == Decision.EXPLICIT_DENY ? 1 : 2]++;
        }
        int all = asks.length;
        if (counts[0] < all / 2 || counts[1] < all / 20 || counts[2] < all / 5) {
            throw new IllegalStateException("not the mix: " + counts[0] + ", " + counts[1] + ", " + counts[2]);
        }
    }
}
