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
import dev.portcullis.corpus.synthetic.ServiceReference.Service;
import dev.portcullis.policy.Effect;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Resource-based policies of buckets, keys, secrets and queues. Stateless. */
final class ResourceDocuments {

    private ResourceDocuments() {}

    /** A resource's policy; {@code partner} is the account of others whom it lets in. */
    static PolicyDraft resource(
            RandomNumbers random, GuardedThing thing, Account account, Population population, int partner) {
        List<Statement> statements = new ArrayList<>();
        if (thing.service().equals("kms")) {
            statements.add(statement(
                    Effect.ALLOW,
                    principal("AWS", "arn:aws:iam::" + account.id() + ":root"),
                    Entries.of("kms:*"),
                    Clauses.EVERYTHING));
        }
        for (int i = random.between(1, 3); i > 0; i--) {
            statements.add(grant(random, thing, account, population, partner));
        }
        if (random.chance(30)) {
            statements.add(statement(
                    Effect.DENY,
                    principal("AWS", "*"),
                    Entries.of(thing.service() + ":*"),
                    on(thing),
                    when("Bool", "aws:SecureTransport", "false")));
        }
        return Clauses.policy(statements, 70, random);
    }

    private static Statement grant(
            RandomNumbers random, GuardedThing thing, Account account, Population population, int partner) {
        Entries actions = actions(random, thing.service());
        return switch (random.below(8)) {
            case 0, 1 ->
                statement(
                        Effect.ALLOW,
                        principal("Service", "qbusiness.amazonaws.com"),
                        actions,
                        on(thing),
                        when("StringEquals", "aws:SourceAccount", account.id()),
                        when(
                                "ArnLike",
                                "aws:SourceArn",
                                "arn:aws:qbusiness:" + account.region(random) + ":" + account.id() + ":application/*"));
            case 2, 3 -> statement(Effect.ALLOW, people(random, population, account.number()), actions, on(thing));
            case 4 -> statement(Effect.ALLOW, people(random, population, partner), actions, on(thing));
            case 5 ->
                statement(
                        Effect.ALLOW,
                        principal("AWS", "*"),
                        actions,
                        on(thing),
                        when("StringEquals", "aws:PrincipalOrgID", account.organization()));
            case 6 ->
                statement(
                        Effect.ALLOW,
                        principal("AWS", "arn:aws:iam::" + account.id() + ":root"),
                        actions,
                        on(thing),
                        when("StringEquals", "aws:PrincipalTag/team", ConditionValues.tag(random, "team")));
            default ->
                statement(
                        Effect.DENY,
                        principal("AWS", "*"),
                        entries(List.of(random.one(actions.texts()))),
                        on(thing),
                        when("StringNotEqualsIfExists", "aws:PrincipalOrgID", account.organization()),
                        when("BoolIfExists", "aws:PrincipalIsAWSService", "false"));
        };
    }

    private static Optional<Principals> people(RandomNumbers random, Population population, int account) {
        List<String> arns = new ArrayList<>();
        for (int i = random.between(1, 3); i > 0; i--) {
            String arn = population
                    .person(account, random.below(Population.OF_ACCOUNT))
                    .arn();
            if (!arns.contains(arn)) {
                arns.add(arn);
            }
        }
        return principal("AWS", arns.toArray(new String[0]));
    }

    private static Entries actions(RandomNumbers random, String prefix) {
        Service service = ServiceReference.get().service(prefix);
        List<String> actions = new ArrayList<>();
        service.actionNames(random, 1 + Ranks.zipf(random, 6)).forEach(name -> actions.add(prefix + ":" + name));
        return entries(actions);
    }

    private static Entries on(GuardedThing thing) {
        return thing.covers()
                .map(pattern -> Entries.of(thing.arn(), pattern))
                .orElse(thing.service().equals("sqs") ? Entries.of(thing.arn()) : Clauses.EVERYTHING);
    }

    private static Statement statement(
            Effect effect,
            Optional<Principals> principals,
            Entries actions,
            Entries resources,
            Condition... conditions) {
        return new Statement(
                Optional.empty(), effect, principals, actions, Optional.of(resources), List.of(conditions), false);
    }
}
