package dev.portcullis.corpus.synthetic;

import static dev.portcullis.corpus.synthetic.Clauses.entries;

import dev.portcullis.corpus.generate.PolicyDraft;
import dev.portcullis.corpus.generate.PolicyDraft.Condition;
import dev.portcullis.corpus.generate.PolicyDraft.Entries;
import dev.portcullis.corpus.generate.PolicyDraft.Statement;
import dev.portcullis.corpus.generate.RandomNumbers;
import dev.portcullis.corpus.synthetic.ServiceReference.Action;
import dev.portcullis.corpus.synthetic.ServiceReference.Service;
import dev.portcullis.policy.Effect;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Identity-based policies and permissions boundaries for Amazon Q: the published ones with statements and actions left out
 * and added, resources narrowed to the account's own, conditions and Denies. Stateless.
 */
final class AmazonQDocuments {

    /** Services that statements are made up for; those of Amazon Q more often. */
    private static final List<String> SERVICES = List.of(
            "q",
            "q",
            "q",
            "qbusiness",
            "qbusiness",
            "qbusiness",
            "qapps",
            "qapps",
            "qdeveloper",
            "codewhisperer",
            "codewhisperer",
            "user-subscriptions",
            "codeconnections",
            "sso",
            "sso-directory",
            "identitystore",
            "kms",
            "kms",
            "s3",
            "s3",
            "secretsmanager",
            "logs",
            "cloudwatch",
            "bedrock",
            "codecommit",
            "sts",
            "iam");

    private static final List<String> BOUNDARY_SERVICES = List.of(
            "q",
            "qbusiness",
            "qapps",
            "qdeveloper",
            "codewhisperer",
            "user-subscriptions",
            "codeconnections",
            "sso",
            "sso-directory",
            "identitystore",
            "kms",
            "s3",
            "logs",
            "cloudwatch",
            "secretsmanager");

    private static final int DENIES = 9;
    private static final int CONDITIONS = 24;

    private AmazonQDocuments() {}

    /** A variation of one of the published policies. */
    static PolicyDraft identity(RandomNumbers random, Account account) {
        List<Statement> statements = new ArrayList<>();
        keep(random, random.one(SeedDocuments.get().identity()), 88, account, statements);
        if (random.chance(22)) {
            keep(random, random.one(SeedDocuments.get().identity()), 35, account, statements);
        }
        for (int i = statements.isEmpty() ? random.between(1, 3) : random.below(3); i > 0; i--) {
            statements.add(made(random, account));
        }
        return Clauses.policy(statements, 60, random);
    }

    private static void keep(
            RandomNumbers random, PolicyDraft seed, int percent, Account account, List<Statement> statements) {
        String application = account.application(random);
        for (Statement statement : seed.statements()) {
            if (random.chance(percent)) {
                Statement settled = SeedDocuments.settled(
                        statement, account, account.region(random), application, Words.uuid(random));
                statements.add(varied(random, settled, account));
            }
        }
    }

    private static Statement varied(RandomNumbers random, Statement statement, Account account) {
        List<String> actions = new ArrayList<>();
        for (String action : statement.action().texts()) {
            if (random.chance(85)) {
                actions.add(action);
            }
        }
        if (actions.isEmpty()) {
            actions.add(random.one(statement.action().texts()));
        }
        Service service = service(actions.get(0));
        if (random.chance(20)) {
            service.actionNames(random, random.between(1, 3))
                    .forEach(name -> actions.add(service.prefix() + ":" + name));
        }
        boolean deny = random.chance(DENIES);
        Entries wanted = deny
                ? entries(List.of(random.one(actions)))
                : entries(Clauses.distinct(random.chance(10) ? shortened(random, actions, service) : actions));
        Statement varied =
                statement.withEffect(deny ? Effect.DENY : Effect.ALLOW).withAction(wanted);
        boolean everything =
                statement.resource().map(one -> one.texts().contains("*")).orElse(false);
        if (everything && random.chance(50)) {
            varied = narrowed(random, wanted.texts().get(0), service, account)
                    .map(varied::withResource)
                    .orElse(varied);
        }
        return conditioned(random, varied, service, account);
    }

    /** A statement about a service of the neighbourhood. */
    private static Statement made(RandomNumbers random, Account account) {
        Service service = ServiceReference.get().service(random.one(SERVICES));
        boolean deny = random.chance(DENIES);
        List<String> actions = new ArrayList<>();
        int count = deny ? 1 : 1 + Ranks.zipf(random, 12);
        service.actionNames(random, count).forEach(name -> actions.add(service.prefix() + ":" + name));
        List<String> wanted = !deny && random.chance(12) ? shortened(random, actions, service) : actions;
        Entries resources = random.chance(50)
                ? narrowed(random, actions.get(0), service, account).orElse(Clauses.EVERYTHING)
                : Clauses.EVERYTHING;
        Statement statement =
                Statement.of(deny ? Effect.DENY : Effect.ALLOW, entries(Clauses.distinct(wanted)), resources);
        return conditioned(random, statement, service, account);
    }

    /** The actions by what their names begin with, or all of the service. */
    private static List<String> shortened(RandomNumbers random, List<String> actions, Service service) {
        if (random.chance(20)) {
            return List.of(service.prefix() + ":*");
        }
        List<String> patterns = new ArrayList<>();
        for (String action : actions) {
            int end = action.indexOf(':') + 2;
            while (end < action.length() && Character.isLowerCase(action.charAt(end))) {
                end++;
            }
            patterns.add(action.substring(0, end).replace("*", "") + "*");
        }
        return patterns;
    }

    private static Optional<Entries> narrowed(RandomNumbers random, String action, Service service, Account account) {
        String name = action.substring(action.indexOf(':') + 1);
        Optional<Action> known = service.actions().stream()
                .filter(one -> one.name().equalsIgnoreCase(name))
                .findFirst();
        List<String> resources = new ArrayList<>();
        for (int i = random.chance(75) ? 1 : random.between(2, 4); i > 0; i--) {
            ResourceNames.type(random, service, known)
                    .map(type -> ResourceNames.pattern(random, type, account, 30))
                    .filter(arn -> !resources.contains(arn))
                    .ifPresent(resources::add);
        }
        return resources.isEmpty() ? Optional.empty() : Optional.of(entries(resources));
    }

    private static Statement conditioned(RandomNumbers random, Statement statement, Service service, Account account) {
        if (!random.chance(CONDITIONS)) {
            return statement;
        }
        List<Condition> conditions = statement.conditions();
        for (int i = random.chance(85) ? 1 : 2; i > 0; i--) {
            conditions = Clauses.and(conditions, AmazonQConditions.any(random, service, account));
        }
        return statement.withConditions(conditions);
    }

    private static Service service(String action) {
        String prefix = action.substring(0, action.indexOf(':')).toLowerCase(Locale.ROOT);
        return ServiceReference.get().service(prefix);
    }

    /** A boundary: what people who use Amazon Q may be given at all. */
    static PolicyDraft boundary(RandomNumbers random, Account account) {
        List<String> actions = new ArrayList<>();
        for (String service : BOUNDARY_SERVICES) {
            if (random.chance(90)) {
                actions.add(service + ":*");
            }
        }
        actions.add("sts:*");
        List<Statement> statements = new ArrayList<>();
        statements.add(Clauses.allow(entries(actions), Clauses.EVERYTHING, List.of()));
        if (random.chance(60)) {
            statements.add(Clauses.deny(
                    Entries.of("kms:ScheduleKeyDeletion", "kms:DisableKey"), Clauses.EVERYTHING, List.of()));
        }
        if (random.chance(60)) {
            statements.add(Clauses.deny(
                    entries(List.of("q:DeletePlugin", "codewhisperer:DeleteProfile", "qbusiness:DeleteApplication")),
                    Clauses.EVERYTHING,
                    List.of(Clauses.when(
                            "StringNotEquals",
                            "aws:RequestedRegion",
                            account.regions().toArray(new String[0])))));
        }
        return Clauses.policy(statements, 80, random);
    }
}
