package dev.portcullis.corpus.synthetic;

import dev.portcullis.corpus.generate.PolicyDraft;
import dev.portcullis.corpus.generate.PolicyDraft.Condition;
import dev.portcullis.corpus.generate.PolicyDraft.Entries;
import dev.portcullis.corpus.generate.PolicyDraft.Statement;
import dev.portcullis.corpus.generate.RandomNumbers;
import dev.portcullis.corpus.synthetic.ManagedShapes.Actions;
import dev.portcullis.corpus.synthetic.ManagedShapes.ConditionShape;
import dev.portcullis.corpus.synthetic.ManagedShapes.StatementShape;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Identity-based policies of the shapes that the policies managed by AWS have, with other names in them. Stateless. */
final class ManagedDocuments {

    private static final long SALT = 0x6D616E6167656400L;

    private ManagedDocuments() {}

    /** The policy of a number. So many policies in a row as there are shapes have each shape once. */
    static PolicyDraft identity(RandomNumbers random, long seed, int number, Account account) {
        List<List<StatementShape>> shapes = ManagedShapes.get().policies();
        int size = shapes.size();
        RandomNumbers block = RandomNumbers.ofCase(seed ^ SALT, number / size);
        int step = coprime(block.between(1, size - 1), size);
        int shape = (int) ((number % size * (long) step + block.below(size)) % size);
        List<Statement> statements = new ArrayList<>();
        for (StatementShape statement : shapes.get(shape)) {
            statements.add(statement(random, statement, statements.size(), account));
        }
        return new PolicyDraft(PolicyDraft.CURRENT, statements);
    }

    private static int coprime(int from, int size) {
        int step = from;
        while (divisor(step, size) > 1) {
            step++;
        }
        return step;
    }

    private static int divisor(int one, int other) {
        return other == 0 ? one : divisor(other, one % other);
    }

    private static Statement statement(RandomNumbers random, StatementShape shape, int index, Account account) {
        Set<String> actions = new LinkedHashSet<>();
        for (Actions exact : shape.exact()) {
            ServiceReference.get()
                    .service(exact.service())
                    .actionNames(random, exact.count())
                    .forEach(name -> actions.add(exact.service() + ":" + name));
        }
        actions.addAll(shape.wild());
        Set<String> resources = new LinkedHashSet<>();
        for (String resource : shape.resources()) {
            resources.add(resource(random, resource, account));
        }
        List<Condition> conditions = new ArrayList<>();
        for (ConditionShape condition : shape.conditions()) {
            conditions.add(condition(random, condition, account));
        }
        return new Statement(
                random.chance(70)
                        ? Optional.of(Words.capital(Words.word(random)) + "Access" + (index + 1))
                        : Optional.empty(),
                shape.effect(),
                Optional.empty(),
                new Entries(shape.notAction(), List.copyOf(actions)),
                Optional.of(new Entries(shape.notResource(), List.copyOf(resources))),
                conditions,
                false);
    }

    private static String resource(RandomNumbers random, String shape, Account account) {
        if (shape.equals("*")) {
            return shape;
        }
        // A variable may have colons, but not in front of the name.
        String[] fields = shape.split(":", 5);
        StringBuilder arn = new StringBuilder("arn:")
                .append(fields[0].isEmpty() ? "aws" : fields[0])
                .append(':')
                .append(fields[1])
                .append(':')
                .append(fields[2].replace("~", account.region(random)))
                .append(':');
        String rest = fields[3].startsWith("${") ? shape.substring(shape.indexOf("${")) : fields[3] + ":" + fields[4];
        if (rest.startsWith("~:")) {
            rest = account.id() + rest.substring(1);
        }
        for (int i = 0; i < rest.length(); i++) {
            if (rest.charAt(i) == '~') {
                arn.append(Words.name(random));
            } else {
                arn.append(rest.charAt(i));
            }
        }
        return arn.toString();
    }

    private static Condition condition(RandomNumbers random, ConditionShape shape, Account account) {
        Set<String> values = new LinkedHashSet<>();
        for (String value : shape.values()) {
            int tries = 8;
            while (!values.add(ConditionValues.shaped(random, value, shape.key(), shape.operator(), account))
                    && tries > 0) {
                tries--;
            }
        }
        return new Condition(shape.operator(), shape.key(), List.copyOf(values));
    }
}
