package dev.portcullis.corpus.synthetic;

import static dev.portcullis.corpus.synthetic.Clauses.entries;

import dev.portcullis.corpus.generate.PolicyDraft;
import dev.portcullis.corpus.generate.PolicyDraft.Condition;
import dev.portcullis.corpus.generate.PolicyDraft.Entries;
import dev.portcullis.corpus.generate.PolicyDraft.Principals;
import dev.portcullis.corpus.generate.PolicyDraft.Statement;
import dev.portcullis.corpus.generate.RandomNumbers;
import dev.portcullis.corpus.synthetic.ServiceReference.Service;
import dev.portcullis.policy.Effect;
import dev.portcullis.policy.PolicyType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What customers write, as the examples of the AWS documentation have it. Stateless. */
final class CustomerDocuments {

    /** With the trust policies beside them, operators occur as often as in the examples. */
    private static final ConditionTable CONDITIONS = ConditionTable.of("""
            420 StringEquals aws:PrincipalTag/team aws:ResourceTag/team aws:RequestedRegion aws:RequestTag/stage aws:PrincipalOrgID kms:ViaService s3:prefix aws:ResourceTag/project aws:SourceAccount
            81 StringLike s3:prefix aws:PrincipalTag/project aws:RequestTag/project kms:ViaService
            50 ArnLike aws:SourceArn aws:PrincipalArn
            51 StringNotEquals aws:ResourceTag/stage aws:PrincipalTag/team aws:RequestedRegion
            43 ForAllValues:StringEquals aws:TagKeys dynamodb:Attributes
            34 Bool aws:SecureTransport aws:MultiFactorAuthPresent aws:ViaAWSService
            29 ForAnyValue:StringEquals aws:TagKeys aws:CalledVia
            27 Null aws:RequestTag/team aws:ResourceTag/team aws:TokenIssueTime
            17 ArnEquals aws:SourceArn
            14 IpAddress aws:SourceIp
            13 StringEqualsIgnoreCase aws:PrincipalTag/team aws:RequestTag/stage
            9 StringEqualsIfExists aws:RequestTag/stage
            9 NumericLessThanEquals aws:MultiFactorAuthAge
            7 NumericGreaterThan aws:MultiFactorAuthAge
            7 NotIpAddress aws:SourceIp
            6 StringNotLike aws:PrincipalTag/project
            5 ForAnyValue:StringLike aws:TagKeys
            4 ForAllValues:StringEqualsIgnoreCase aws:TagKeys
            4 ArnNotEquals aws:SourceArn
            3 ForAllValues:StringLike aws:TagKeys
            3 ForAllValues:StringNotLike aws:TagKeys
            3 ForAnyValue:StringNotEquals aws:TagKeys
            3 BoolIfExists aws:MultiFactorAuthPresent
            3 NumericGreaterThanEquals aws:MultiFactorAuthAge
            3 NumericLessThan aws:MultiFactorAuthAge
            3 NumericEquals s3:max-keys
            2 ArnNotLike aws:PrincipalArn
            1 DateLessThan aws:TokenIssueTime
            1 StringNotEqualsIfExists aws:RequestedRegion""");

    private static final int[] STATEMENTS = Ranks.totals(70, 14, 8, 4, 2, 1, 1);
    private static final int[] ACTIONS = Ranks.totals(56, 14, 8, 5, 4, 4, 5, 3, 1);
    private static final int[] ACTIONS_FROM = {1, 2, 3, 4, 5, 6, 7, 11, 21};
    private static final int[] ACTIONS_TO = {1, 2, 3, 4, 5, 6, 10, 20, 57};
    private static final int[] PRINCIPALS = Ranks.totals(289, 133, 104, 82, 80, 39, 32, 2);

    private CustomerDocuments() {}

    /** An identity-based policy. */
    static PolicyDraft identity(RandomNumbers random, Account account) {
        List<Statement> statements = new ArrayList<>();
        for (int i = 1 + Ranks.weighted(random, STATEMENTS); i > 0; i--) {
            Service service = ServiceReference.get().service(random);
            List<String> actions = actions(random, service);
            List<String> resources = new ArrayList<>();
            for (int j = random.chance(82) ? 1 : random.between(2, 3); j > 0; j--) {
                String resource = resource(random, service, account);
                if (!resources.contains(resource)) {
                    resources.add(resource);
                }
            }
            if (resources.contains("*")) {
                resources.removeIf(resource -> !resource.equals("*"));
            }
            statements.add(
                    statement(random, Optional.empty(), entries(actions), Optional.of(entries(resources)), account));
        }
        return Clauses.policy(statements, 55, random);
    }

    /** A role trust policy, or the policy of a resource. */
    static PolicyDraft ofPrincipals(
            RandomNumbers random,
            PolicyType type,
            Optional<GuardedThing> thing,
            Account account,
            Population population,
            int partner) {
        if (type == PolicyType.TRUST) {
            return random.chance(60) ? service(random) : TrustDocuments.trust(random, account, population, partner);
        }
        GuardedThing on = thing.orElseThrow();
        Service service = ServiceReference.get().service(on.service());
        List<Statement> statements = new ArrayList<>();
        for (int i = 1 + Ranks.weighted(random, STATEMENTS); i > 0; i--) {
            String resource = on.covers()
                    .filter(pattern -> random.chance(50))
                    .orElse(on.service().equals("s3") || on.service().equals("sqs") ? on.arn() : "*");
            statements.add(statement(
                    random,
                    principals(random, account, population, partner),
                    entries(actions(random, service)),
                    Optional.of(Entries.of(resource)),
                    account));
        }
        return Clauses.policy(statements, 70, random);
    }

    /** The trust policy of a role that a service runs with. */
    private static PolicyDraft service(RandomNumbers random) {
        Statement trusting = new Statement(
                Optional.empty(),
                Effect.ALLOW,
                Clauses.principal("Service", random.one(ConditionValues.SERVICES)),
                Entries.of("sts:AssumeRole"),
                Optional.empty(),
                List.of(),
                false);
        return Clauses.policy(List.of(trusting), 20, random);
    }

    private static Statement statement(
            RandomNumbers random,
            Optional<Principals> principals,
            Entries actions,
            Optional<Entries> resources,
            Account account) {
        int pairs =
                random.chance(29) ? 1 + (random.chance(24) ? (random.chance(85) ? 1 : random.between(2, 3)) : 0) : 0;
        List<Condition> conditions = CONDITIONS.draw(random, pairs, account);
        boolean deny = random.below(1000) < 106;
        return new Statement(
                Optional.empty(), deny ? Effect.DENY : Effect.ALLOW, principals, actions, resources, conditions, false);
    }

    private static List<String> actions(RandomNumbers random, Service service) {
        if (random.below(1000) < 7) {
            return List.of("*");
        }
        if (random.below(1000) < 70) {
            return List.of(service.prefix() + ":*");
        }
        int band = Ranks.weighted(random, ACTIONS);
        int count = random.between(ACTIONS_FROM[band], ACTIONS_TO[band]);
        List<String> actions = new ArrayList<>();
        for (String name : service.actionNames(random, count)) {
            actions.add(service.prefix() + ":" + (random.below(1000) < 25 ? verb(name) + "*" : name));
        }
        return Clauses.distinct(actions);
    }

    private static String verb(String name) {
        int end = 1;
        while (end < name.length() && Character.isLowerCase(name.charAt(end))) {
            end++;
        }
        return name.substring(0, end);
    }

    private static String resource(RandomNumbers random, Service service, Account account) {
        int kind = random.below(100);
        if (kind < 29 || service.types().isEmpty()) {
            return "*";
        }
        String type = random.one(service.types());
        return kind < 48
                ? ResourceNames.exact(random, type, account)
                : ResourceNames.pattern(random, type.contains("$") ? type : type + "*", account, 60);
    }

    private static Optional<Principals> principals(
            RandomNumbers random, Account account, Population population, int partner) {
        return switch (Ranks.weighted(random, PRINCIPALS)) {
            case 0 -> Clauses.principal("Service", random.one(ConditionValues.SERVICES));
            case 1, 6 -> Clauses.principal("AWS", "*");
            case 2, 4 ->
                Clauses.principal(
                        "AWS",
                        population
                                .person(
                                        random.chance(70) ? account.number() : partner,
                                        random.below(Population.OF_ACCOUNT))
                                .arn());
            case 3 -> Clauses.principal("AWS", "arn:aws:iam::" + account.id() + ":root");
            case 5 -> Clauses.principal("AWS", account.id());
            default ->
                Clauses.principal(
                        "AWS", "arn:aws:sts::" + account.id() + ":assumed-role/" + Words.word(random) + "/session");
        };
    }
}
