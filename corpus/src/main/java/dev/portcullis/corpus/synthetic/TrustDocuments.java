package dev.portcullis.corpus.synthetic;

import static dev.portcullis.corpus.synthetic.Clauses.principal;
import static dev.portcullis.corpus.synthetic.Clauses.when;

import dev.portcullis.corpus.generate.PolicyDraft;
import dev.portcullis.corpus.generate.PolicyDraft.Condition;
import dev.portcullis.corpus.generate.PolicyDraft.Entries;
import dev.portcullis.corpus.generate.PolicyDraft.Principals;
import dev.portcullis.corpus.generate.PolicyDraft.Statement;
import dev.portcullis.corpus.generate.RandomNumbers;
import dev.portcullis.policy.Effect;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Role trust policies: services, other accounts, single sign-on and pipelines. Stateless. */
final class TrustDocuments {

    private TrustDocuments() {}

    /** A role trust policy of an account; {@code partner} is the account of others whom it trusts. */
    static PolicyDraft trust(RandomNumbers random, Account account, Population population, int partner) {
        List<Statement> statements = new ArrayList<>();
        int kinds = random.chance(80) ? 1 : 2;
        int first = random.below(10);
        for (int i = 0; i < kinds; i++) {
            statements.addAll(statements(random, (first + 3 * i) % 10, account, population, partner));
        }
        return Clauses.policy(statements, 50, random);
    }

    private static List<Statement> statements(
            RandomNumbers random, int kind, Account account, Population population, int partner) {
        return switch (kind) {
            case 0, 1, 2 -> seed(random, account);
            case 3 ->
                List.of(trusting(
                        principal("Service", "q.amazonaws.com"),
                        "sts:AssumeRole",
                        when("StringEquals", "aws:SourceAccount", account.id())));
            case 4, 5 ->
                List.of(trusting(
                        principal("AWS", "arn:aws:iam::" + account.id() + ":root"),
                        "sts:AssumeRole",
                        when("StringEquals", "aws:PrincipalTag/team", ConditionValues.tag(random, "team"))));
            case 6 ->
                List.of(trusting(
                        principal(
                                "AWS",
                                population
                                        .person(partner, random.below(Population.OF_ACCOUNT))
                                        .arn()),
                        "sts:AssumeRole",
                        when("StringEquals", "sts:ExternalId", Words.uuid(random))));
            case 7, 8 ->
                List.of(trusting(
                        principal("Federated", "arn:aws:iam::" + account.id() + ":saml-provider/identity-center"),
                        "sts:AssumeRoleWithSAML",
                        when("StringEquals", "SAML:aud", "https://signin.aws.amazon.com/saml")));
            default ->
                List.of(trusting(
                        principal(
                                "Federated",
                                "arn:aws:iam::" + account.id() + ":oidc-provider/token.actions.githubusercontent.com"),
                        "sts:AssumeRoleWithWebIdentity",
                        when("StringEquals", "token.actions.githubusercontent.com:aud", "sts.amazonaws.com"),
                        when(
                                "StringEquals",
                                "token.actions.githubusercontent.com:sub",
                                "repo:example/" + Words.name(random) + ":ref:refs/heads/main")));
        };
    }

    private static List<Statement> seed(RandomNumbers random, Account account) {
        return random.one(SeedDocuments.get().trust()).statements().stream()
                .map(statement -> SeedDocuments.settled(
                        statement, account, account.region(random), account.application(random), Words.uuid(random)))
                .toList();
    }

    private static Statement trusting(Optional<Principals> principals, String action, Condition... conditions) {
        return new Statement(
                Optional.empty(),
                Effect.ALLOW,
                principals,
                Entries.of(action),
                Optional.empty(),
                List.of(conditions),
                false);
    }
}
