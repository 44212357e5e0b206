package dev.portcullis.corpus.synthetic;

import dev.portcullis.corpus.generate.PolicyDraft.Condition;
import dev.portcullis.corpus.generate.RandomNumbers;
import dev.portcullis.policy.ConditionOperator;
import java.util.ArrayList;
import java.util.List;

/** How often which operator tests which keys in a kind of policy. Immutable. */
final class ConditionTable {

    private static final int TRIES = 8;

    private final List<Row> rows;
    private final int[] totals;

    /** An operator, how often it occurs, and its keys. */
    private record Row(int weight, ConditionOperator operator, List<String> keys) {}

    private ConditionTable(List<Row> rows) {
        this.rows = rows;
        this.totals = Ranks.totals(rows.stream().mapToInt(Row::weight).toArray());
    }

    /** A table of lines: weight, operator, keys. */
    static ConditionTable of(String lines) {
        List<Row> rows = new ArrayList<>();
        lines.lines().forEach(line -> {
            String[] words = line.split(" ");
            rows.add(new Row(
                    Integer.parseInt(words[0]),
                    ConditionOperator.parse(words[1]).orElseThrow(),
                    List.of(words).subList(2, words.length)));
        });
        return new ConditionTable(rows);
    }

    /** Conditions, no two of them with the same operator and key. */
    List<Condition> draw(RandomNumbers random, int count, Account account) {
        List<Condition> conditions = new ArrayList<>();
        for (int tries = count * TRIES; conditions.size() < count && tries > 0; tries--) {
            Row row = rows.get(Ranks.weighted(random, totals));
            conditions = new ArrayList<>(Clauses.and(conditions, condition(random, row, account)));
        }
        return conditions;
    }

    private static Condition condition(RandomNumbers random, Row row, Account account) {
        String key = random.one(row.keys());
        return new Condition(row.operator(), key, values(random, row.operator(), key, account));
    }

    private static List<String> values(RandomNumbers random, ConditionOperator operator, String key, Account account) {
        if (key.equals("aws:PrincipalArn")) {
            return administrators(random);
        }
        if (operator.comparison().family() == ConditionOperator.Family.BOOL && key.startsWith("aws:PrincipalIs")) {
            return List.of("false");
        }
        if (operator.comparison().negated() && key.equals("aws:RequestedRegion")) {
            return account.approvedRegions();
        }
        boolean wild = operator.comparison().wildcards() && random.chance(70);
        boolean several = operator.quantifier() != ConditionOperator.Quantifier.NONE && random.chance(50);
        List<String> values = new ArrayList<>();
        for (int i = several ? 3 : random.chance(90) ? 1 : 2; i > 0; i--) {
            String shape = wild ? random.one(List.of("p", "g", "g")) : "e";
            String value = ConditionValues.shaped(random, shape, key, operator, account);
            boolean single = operator.comparison().family() == ConditionOperator.Family.BOOL
                    || operator.comparison().family() == ConditionOperator.Family.NULL
                    || operator.comparison().family() == ConditionOperator.Family.NUMERIC;
            if (!values.contains(value) && (values.isEmpty() || !single)) {
                values.add(value);
            }
        }
        return values;
    }

    private static List<String> administrators(RandomNumbers random) {
        List<String> patterns = new ArrayList<>();
        patterns.add("arn:aws:iam::*:role/platform/"
                + random.one(List.of("administrator*", "landing-zone-*", "break-glass")));
        if (random.chance(50)) {
            patterns.add("arn:aws:iam::*:role/aws-service-role/*");
        }
        if (random.chance(30)) {
            patterns.add("arn:aws:iam::*:role/platform/q-*");
        }
        return patterns;
    }
}
