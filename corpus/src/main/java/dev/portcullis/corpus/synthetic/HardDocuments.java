package dev.portcullis.corpus.synthetic;

import static dev.portcullis.corpus.synthetic.Clauses.entries;
import static dev.portcullis.corpus.synthetic.Clauses.when;

import dev.portcullis.corpus.generate.PolicyDraft;
import dev.portcullis.corpus.generate.PolicyDraft.Condition;
import dev.portcullis.corpus.generate.PolicyDraft.Entries;
import dev.portcullis.corpus.generate.PolicyDraft.Statement;
import dev.portcullis.corpus.generate.RandomNumbers;
import java.util.ArrayList;
import java.util.List;

/** Identity-based policies that are hard to index. Stateless. */
final class HardDocuments {

    /** Statements of one policy for applications. */
    static final int APPLICATIONS = 10;

    private static final List<List<String>> ACTION_SETS = List.of(
            List.of("qbusiness:Chat", "qbusiness:ChatSync", "qbusiness:ListConversations", "qbusiness:ListMessages"),
            List.of("qbusiness:GetApplication", "qbusiness:GetIndex", "qbusiness:GetRetriever"),
            List.of("qbusiness:BatchPutDocument", "qbusiness:BatchDeleteDocument", "qbusiness:ListDocuments"),
            List.of("qbusiness:CreateSubscription", "qbusiness:UpdateSubscription", "qbusiness:CancelSubscription"));

    private HardDocuments() {}

    /** Every statement allows one of four sets of actions on an application of its own. */
    static PolicyDraft applications(RandomNumbers random, Account account) {
        List<Statement> statements = new ArrayList<>();
        for (int i = 0; i < APPLICATIONS; i++) {
            String arn = "arn:aws:qbusiness:" + account.region(random) + ":" + account.id() + ":application/"
                    + Words.uuid(random);
            statements.add(Clauses.allow(entries(random.one(ACTION_SETS)), Entries.of(arn), List.of()));
        }
        return new PolicyDraft(PolicyDraft.CURRENT, statements);
    }

    /** Wildcards, negations, variables, and much that matches at once. */
    static PolicyDraft hostile(RandomNumbers random, Account account) {
        List<Statement> statements = new ArrayList<>();
        for (int i = random.between(3, 8); i > 0; i--) {
            statements.add(hostileStatement(random, account));
        }
        return Clauses.policy(statements, 60, random);
    }

    private static Statement hostileStatement(RandomNumbers random, Account account) {
        Entries actions = switch (random.below(6)) {
            case 0, 1 -> Clauses.EVERYTHING;
            case 2 -> Entries.of("*:*");
            case 3 -> Entries.of("q*:*", "s3:*Object*", "kms:*crypt*");
            case 4 -> Entries.not("iam:*", "organizations:*", "account:*");
            default -> Entries.of("qbusiness:*Application*", "q:*", "codewhisperer:*");
        };
        Statement statement = random.chance(9)
                ? Clauses.deny(actions, resources(random, account), List.of())
                : Clauses.allow(actions, resources(random, account), List.of());
        if (random.chance(60)) {
            statement = statement.withConditions(conditions(random, account));
        }
        return statement;
    }

    private static Entries resources(RandomNumbers random, Account account) {
        String name = Words.word(random);
        return switch (random.below(7)) {
            case 0 -> Entries.of("arn:*:*:*");
            case 1 -> Entries.of("arn:aws:*:*:" + account.id() + ":*" + name + "*/*-*/*");
            case 2 -> Entries.of("arn:aws:qbusiness:*:*:application/*-*-*-*-*");
            case 3 -> Entries.of("arn:aws:s3:::*" + name + "*/${aws:PrincipalTag/team}/*");
            case 4 -> Entries.not("arn:aws:s3:::*-" + name + "-*", "arn:aws:kms:*:*:key/*");
            case 5 -> Entries.of("arn:aws:*:*:${aws:PrincipalAccount}:*/" + name + "?*");
            default -> Clauses.EVERYTHING;
        };
    }

    private static List<Condition> conditions(RandomNumbers random, Account account) {
        return switch (random.below(6)) {
            case 0 -> List.of(when("StringLike", "aws:PrincipalTag/project", "*" + Words.word(random) + "*", "*a*e*"));
            case 1 -> List.of(when("StringEquals", "aws:ResourceTag/team", "${aws:PrincipalTag/team}"));
            case 2 -> List.of(when("StringNotLikeIfExists", "aws:UserAgent", "*curl*", "*python-requests*"));
            case 3 -> List.of(when("ForAllValues:StringLike", "aws:TagKeys", "t*", "s*", "c*-*"));
            case 4 ->
                List.of(
                        when("NotIpAddress", "aws:SourceIp", Words.address(random, 25)),
                        when(
                                "StringNotEquals",
                                "aws:RequestedRegion",
                                account.regions().get(0)));
            default -> List.of(when("Null", "aws:RequestTag/team", "true"));
        };
    }
}
