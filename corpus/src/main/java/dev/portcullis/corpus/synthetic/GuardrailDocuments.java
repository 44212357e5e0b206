package dev.portcullis.corpus.synthetic;

import static dev.portcullis.corpus.synthetic.Clauses.entries;
import static dev.portcullis.corpus.synthetic.Clauses.principal;
import static dev.portcullis.corpus.synthetic.Clauses.when;

import dev.portcullis.corpus.generate.PolicyDraft;
import dev.portcullis.corpus.generate.PolicyDraft.Condition;
import dev.portcullis.corpus.generate.PolicyDraft.Entries;
import dev.portcullis.corpus.generate.PolicyDraft.Principals;
import dev.portcullis.corpus.generate.PolicyDraft.Statement;
import dev.portcullis.corpus.generate.RandomNumbers;
import dev.portcullis.corpus.synthetic.ServiceReference.Action;
import dev.portcullis.corpus.synthetic.ServiceReference.Level;
import dev.portcullis.corpus.synthetic.ServiceReference.Service;
import dev.portcullis.policy.Effect;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** SCPs, RCPs, and the endpoint and resource-based policies of a data perimeter. Immutable. */
final class GuardrailDocuments {

    /** Of service control policies: so that operators occur as often as in those that AWS publishes as samples. */
    private static final ConditionTable SERVICE_CONTROL = ConditionTable.of("""
            44 ArnNotLike aws:PrincipalArn
            3 StringNotEquals aws:RequestedRegion aws:PrincipalTag/team aws:ResourceAccount
            4 ArnLike aws:PrincipalArn
            3 StringNotEqualsIfExists aws:RequestedRegion aws:ResourceOrgID aws:PrincipalTag/stage
            3 StringEquals aws:RequestTag/stage aws:ResourceTag/stage aws:PrincipalAccount
            2 Null aws:RequestTag/team aws:RequestTag/cost-center
            1 StringLike aws:ResourceTag/project
            1 ForAnyValue:StringEquals aws:TagKeys
            1 Bool aws:SecureTransport
            1 StringNotLike aws:PrincipalTag/project
            1 BoolIfExists aws:MultiFactorAuthPresent
            1 NotIpAddressIfExists aws:SourceIp
            1 NumericGreaterThanEquals aws:MultiFactorAuthAge
            1 NumericLessThan aws:MultiFactorAuthAge""");

    /** Of data perimeters. */
    private static final ConditionTable PERIMETER = ConditionTable.of("""
            54 StringNotEqualsIfExists aws:PrincipalOrgID aws:SourceVpc aws:SourceVpce aws:ResourceOrgID aws:SourceOrgID
            51 StringEquals aws:PrincipalOrgID aws:ResourceOrgID aws:SourceAccount aws:ResourceAccount aws:PrincipalTag/team
            14 Null aws:SourceVpce aws:SourceAccount aws:PrincipalTag/team
            14 BoolIfExists aws:PrincipalIsAWSService aws:ViaAWSService
            13 Bool aws:PrincipalIsAWSService aws:ViaAWSService aws:SecureTransport
            10 NotIpAddressIfExists aws:SourceIp
            7 ArnNotLikeIfExists aws:PrincipalArn
            2 StringNotLike aws:PrincipalTag/project
            2 ForAnyValue:StringLike aws:CalledVia
            2 ForAnyValue:StringNotLike aws:PrincipalServiceNamesList
            1 StringLike aws:ResourceTag/project
            1 ForAnyValue:StringEquals aws:CalledVia
            1 ArnLike aws:SourceArn
            1 ForAllValues:StringNotEquals aws:TagKeys""");

    private static final int[] ACTIONS = Ranks.totals(40, 15, 15, 12, 18);
    private static final int[] ACTIONS_FROM = {1, 2, 3, 6, 13};
    private static final int[] ACTIONS_TO = {1, 2, 5, 12, 33};

    private static final List<String> GLOBAL_SERVICES =
            List.of("iam:*", "sts:*", "organizations:*", "cloudfront:*", "route53:*", "support:*", "health:*", "sso:*");

    private static final List<String> RESOURCE_CONTROLLED = List.of("s3", "sqs", "kms", "secretsmanager", "sts");

    private final List<String> services;

    /** @param services whose actions are fenced in */
    GuardrailDocuments(List<String> services) {
        this.services = services;
    }

    /** A service control policy. */
    PolicyDraft serviceControl(RandomNumbers random, Account account) {
        List<Statement> statements = new ArrayList<>();
        for (int i = random.chance(92) ? 1 : 2; i > 0; i--) {
            int pairs = random.chance(74) ? 1 + (random.chance(14) ? random.between(1, 3) : 0) : 0;
            boolean others = random.below(1000) < 66;
            Entries actions = others
                    ? Entries.not(
                            random.some(GLOBAL_SERVICES, random.between(3, 8)).toArray(new String[0]))
                    : entries(actions(random, pairs > 0));
            List<Condition> conditions = others
                    ? List.of(when("StringNotEquals", "aws:RequestedRegion", approvedRegions(account)))
                    : SERVICE_CONTROL.draw(random, pairs, account);
            Entries resources = others || random.chance(66)
                    ? Clauses.EVERYTHING
                    : entries(List.of(somewhere(random, actions.texts().get(0), account)));
            statements.add(Clauses.deny(actions, resources, conditions));
        }
        return Clauses.policy(statements, 90, random);
    }

    private List<String> actions(RandomNumbers random, boolean whole) {
        int band = Ranks.weighted(random, ACTIONS);
        int count = random.between(ACTIONS_FROM[band], ACTIONS_TO[band]);
        List<String> actions = new ArrayList<>();
        while (actions.size() < count) {
            Service service = ServiceReference.get().service(random.one(services));
            if (whole && random.chance(4)) {
                actions.add(service.prefix() + ":*");
            }
            List<Action> risky = service.actions().stream()
                    .filter(action -> action.level() == Level.WRITE || action.level() == Level.PERMISSIONS)
                    .toList();
            for (int i = Math.min(risky.size(), Math.min(count - actions.size(), random.between(1, 6))); i > 0; i--) {
                actions.add(service.prefix() + ":"
                        + risky.get(Ranks.zipf(random, risky.size())).name());
            }
        }
        List<String> distinct = Clauses.distinct(actions);
        return distinct.subList(0, Math.min(count, distinct.size()));
    }

    private static String somewhere(RandomNumbers random, String action, Account account) {
        Service service = ServiceReference.get().service(action.substring(0, action.indexOf(':')));
        return ResourceNames.type(random, service, Optional.empty())
                .map(type -> ResourceNames.pattern(random, type, account, 90))
                .orElse("arn:aws:iam::*:role/platform/*");
    }

    /** A resource control policy: it only denies (rule E60). */
    PolicyDraft resourceControl(RandomNumbers random, Account account) {
        List<Statement> statements = new ArrayList<>();
        for (int i = 1 + Ranks.zipf(random, 4); i > 0; i--) {
            statements.add(resourceControlled(random, account));
        }
        return Clauses.policy(statements, 90, random);
    }

    private static Statement resourceControlled(RandomNumbers random, Account account) {
        List<String> actions = random.some(RESOURCE_CONTROLLED, random.chance(60) ? 1 : random.between(2, 5)).stream()
                .map(service -> service + ":*")
                .toList();
        return switch (random.below(20)) {
            case 0, 1, 2, 3, 4, 5 ->
                everyone(
                        actions,
                        when("StringNotEqualsIfExists", "aws:PrincipalOrgID", account.organization()),
                        when("BoolIfExists", "aws:PrincipalIsAWSService", "false"));
            case 6, 7, 8, 9 ->
                everyone(
                        actions,
                        when("StringNotEqualsIfExists", "aws:SourceOrgID", account.organization()),
                        when("Null", "aws:SourceAccount", "false"),
                        when("Bool", "aws:PrincipalIsAWSService", "true"));
            case 10, 11, 12, 13 ->
                everyone(
                        List.of("sts:AssumeRoleWithWebIdentity"),
                        when("StringNotLikeIfExists", "token.actions.githubusercontent.com:sub", "repo:example/*"),
                        when("Null", "token.actions.githubusercontent.com:sub", "false"));
            case 14, 15, 16 -> everyone(actions, when("BoolIfExists", "aws:SecureTransport", "false"));
            case 17, 18 ->
                everyone(
                        List.of("s3:*"),
                        when("NumericLessThan", "s3:TlsVersion", "1.2"),
                        when("ArnNotLike", "aws:PrincipalArn", "arn:aws:iam::*:role/platform/administrator*"));
            default -> everyone(List.of("s3:PutBucketPolicy", "s3:DeleteBucketPolicy"));
        };
    }

    private static Statement everyone(List<String> actions, Condition... conditions) {
        return new Statement(
                Optional.empty(),
                Effect.DENY,
                principal("AWS", "*"),
                entries(actions),
                Optional.of(Clauses.EVERYTHING),
                List.of(conditions),
                false);
    }

    /** An endpoint's policy: what may pass, and what may not. */
    PolicyDraft endpoint(RandomNumbers random, Account account) {
        List<Statement> statements = new ArrayList<>();
        statements.add(fence(
                Effect.ALLOW,
                principal("AWS", "*"),
                random.chance(70) ? Clauses.EVERYTHING : entries(List.of("q:*", "qbusiness:*", "codewhisperer:*")),
                Clauses.EVERYTHING,
                List.of(when("StringEquals", "aws:PrincipalOrgID", account.organization()))));
        for (int i = random.between(0, 2); i > 0; i--) {
            statements.add(fence(
                    Effect.DENY,
                    principal("AWS", "*"),
                    entries(actions(random, true)),
                    Clauses.EVERYTHING,
                    pairs(random, account)));
        }
        return Clauses.policy(statements, 80, random);
    }

    /** A resource's policy that keeps its data in the organization. */
    PolicyDraft perimeter(RandomNumbers random, GuardedThing thing, Account account, Population population) {
        Entries on = thing.covers()
                .map(pattern -> Entries.of(thing.arn(), pattern))
                .orElse(thing.service().equals("sqs") ? Entries.of(thing.arn()) : Clauses.EVERYTHING);
        List<Statement> statements = new ArrayList<>();
        Entries all = Entries.of(thing.service() + ":*");
        statements.add(fence(
                Effect.ALLOW,
                principal(
                        "AWS",
                        population
                                .person(account.number(), random.below(Population.OF_ACCOUNT))
                                .arn()),
                random.chance(50)
                        ? all
                        : entries(
                                ServiceReference.get()
                                        .service(thing.service())
                                        .actionNames(random, random.between(1, 12))
                                        .stream()
                                        .map(name -> thing.service() + ":" + name)
                                        .toList()),
                on,
                pairs(random, account)));
        for (int i = random.between(1, 2); i > 0; i--) {
            Entries actions = random.chance(11)
                    ? Entries.not("s3:GetBucketLocation", "kms:DescribeKey", "sts:GetCallerIdentity")
                    : random.chance(50) ? Clauses.EVERYTHING : all;
            statements.add(fence(Effect.DENY, principal("AWS", "*"), actions, on, pairs(random, account)));
        }
        return Clauses.policy(statements, 80, random);
    }

    private static List<Condition> pairs(RandomNumbers random, Account account) {
        return PERIMETER.draw(random, random.chance(50) ? random.between(1, 2) : random.between(2, 5), account);
    }

    private static Statement fence(
            Effect effect,
            Optional<Principals> principals,
            Entries actions,
            Entries resources,
            List<Condition> conditions) {
        return new Statement(Optional.empty(), effect, principals, actions, Optional.of(resources), conditions, false);
    }

    private static String[] approvedRegions(Account account) {
        return account.approvedRegions().toArray(new String[0]);
    }
}
