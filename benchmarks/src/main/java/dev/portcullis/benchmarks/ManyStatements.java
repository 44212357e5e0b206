package dev.portcullis.benchmarks;

import dev.portcullis.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** View (c): one principal, and as many statements on the same four action sets, each with an application of its own. */
final class ManyStatements {

    static final String USER = "arn:aws:iam::111122223333:user/engineering/qdev-10001";

    private static final int STATEMENTS_A_POLICY = 50;
    private static final String[] KEYS = {"aws:SourceIp", "aws:SecureTransport"};
    private static final String[] VALUES = {"203.0.113.7", "true"};
    private static final String[][] ACTION_SETS = {
        {"qbusiness:Chat", "qbusiness:ChatSync", "qbusiness:ListConversations"},
        {"qbusiness:GetApplication", "qbusiness:UpdateApplication", "qbusiness:ListIndices"},
        {"qbusiness:BatchPutDocument", "qbusiness:BatchDeleteDocument"},
        {"qbusiness:Chat", "qbusiness:GetIndex", "qbusiness:GetApplication"},
    };

    private final Rule[] rules;
    private final Ask[] asks;

    ManyStatements(int statements, int count) {
        SplittableRandom random = new SplittableRandom(11);
        rules = new Rule[statements];
        for (int i = 0; i < statements; i++) {
            String arn = "arn:aws:qbusiness:us-east-1:111122223333:application/" + id(random);
            rules[i] = new Rule(
                    i % 20 == 7,
                    ACTION_SETS[i % ACTION_SETS.length],
                    new String[] {i % 3 == 0 ? arn : arn + "/*"},
                    i % 5 == 0
                            ? new Rule.Test[] {new Rule.Test("Bool", "aws:SecureTransport", "true")}
                            : new Rule.Test[0]);
        }
        asks = new Ask[count];
        for (int i = 0; i < count; i++) {
            asks[i] = ask(rules[random.nextInt(statements)], random);
        }
    }

    /** The statements, not copied. */
    Rule[] rules() {
        return rules;
    }

    /** The requests, not copied. */
    Ask[] asks() {
        return asks;
    }

    private static String id(SplittableRandom random) {
        return Long.toHexString(random.nextLong() | 1L << 63) + "-" + random.nextInt(1_000, 10_000);
    }

    private static Ask ask(Rule rule, SplittableRandom random) {
        String action = rule.actions()[random.nextInt(rule.actions().length)];
        String resource = rule.resources()[0].replace("/*", "/index/i-" + random.nextInt(10));
        boolean miss = random.nextInt(10) < 3;
        return new Ask(0, USER, action, miss ? resource + "0" : resource, KEYS, VALUES, List.of());
    }

    /** The statements in policies of fifty. */
    static List<List<Rule>> policies(Rule... rules) {
        List<Rule> all = List.of(rules);
        List<List<Rule>> policies = new ArrayList<>();
        for (int from = 0; from < rules.length; from += STATEMENTS_A_POLICY) {
            policies.add(all.subList(from, Math.min(rules.length, from + STATEMENTS_A_POLICY)));
        }
        return policies;
    }

    /** The principal with all of them. */
    Store store() {
        Store.Builder store = Store.builder();
        List<String> names = new ArrayList<>();
        for (List<Rule> policy : policies(rules)) {
            String name = "p" + names.size();
            store.policy(name, Rule.document(policy));
            names.add(name);
        }
        store.user(USER, user -> user.attach(names.toArray(String[]::new)));
        return store.build();
    }
}
