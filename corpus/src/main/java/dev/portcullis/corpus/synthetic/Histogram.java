package dev.portcullis.corpus.synthetic;

import dev.portcullis.corpus.generate.PolicyDraft;
import dev.portcullis.corpus.generate.PolicyDraft.Condition;
import dev.portcullis.corpus.generate.PolicyDraft.Entries;
import dev.portcullis.corpus.generate.PolicyDraft.Statement;
import dev.portcullis.policy.Effect;
import dev.portcullis.policy.PolicyDocument;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Counts what policies are made of. For one thread. */
public final class Histogram {

    private final Tally bytes = new Tally();
    private final Tally statements = new Tally();
    private final Tally actions = new Tally();
    private final Tally resources = new Tally();
    private final Tally pairs = new Tally();
    private final Tally values = new Tally();
    private final Tally stars = new Tally();
    private final Counts effects = new Counts();
    private final Counts elements = new Counts();
    private final Counts actionShapes = new Counts();
    private final Counts prefixes = new Counts();
    private final Counts services = new Counts();
    private final Counts resourceKinds = new Counts();
    private final Counts resourceShapes = new Counts();
    private final Counts operators = new Counts();
    private final Counts keys = new Counts();
    private final Counts valueKinds = new Counts();

    private long notAction;
    private long notResource;

    /** Names and how often they occurred. */
    private static final class Counts {
        private final Map<String, Long> counts = new TreeMap<>();
        private long total;

        void add(String name) {
            counts.merge(name, 1L, Long::sum);
            total++;
        }

        double share(String name) {
            return total == 0 ? 0 : (double) counts.getOrDefault(name, 0L) / total;
        }

        List<String> most(int count) {
            return counts.entrySet().stream()
                    .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder()))
                    .limit(count)
                    .map(Map.Entry::getKey)
                    .toList();
        }
    }

    /** Nothing is counted yet. */
    public Histogram() {}

    /** Counts a policy that was read. */
    public void add(PolicyDocument document) {
        add(Clauses.draft(document));
    }

    /** Counts a policy. */
    void add(PolicyDraft policy) {
        bytes.add(policy.text().length());
        statements.add(policy.statements().size());
        policy.statements().forEach(this::add);
    }

    private void add(Statement statement) {
        effects.add(statement.effect() == Effect.DENY ? "deny" : "allow");
        elements.add(statement.principal().isPresent() ? "principal" : "no principal");
        Entries action = statement.action();
        if (!action.negated()) {
            actions.add(action.texts().size());
            action.texts().forEach(text -> actionShapes.add(Shapes.action(text)));
        }
        for (String text : action.texts()) {
            if (Shapes.action(text).equals("prefix*") && !action.negated()) {
                prefixes.add(text.substring(text.indexOf(':') + 1));
            }
            if (text.indexOf(':') > 0) {
                services.add(text.substring(0, text.indexOf(':')).toLowerCase(Locale.ROOT));
            }
        }
        statement.resource().ifPresent(this::addResources);
        if (!statement.conditions().isEmpty()) {
            pairs.add(statement.conditions().size());
            statement.conditions().forEach(this::add);
        }
        notAction += action.negated() ? 1 : 0;
    }

    private void addResources(Entries entries) {
        if (entries.negated()) {
            notResource++;
        } else {
            resources.add(entries.texts().size());
        }
        for (String text : entries.texts()) {
            boolean variable = Shapes.hasVariable(text);
            int wild = Shapes.stars(text);
            stars.add(wild);
            resourceShapes.add(Shapes.resource(text));
            resourceKinds.add(
                    text.equals("*")
                            ? "*"
                            : variable ? "variable" : wild == 0 && text.indexOf('?') < 0 ? "exact" : "wild");
        }
    }

    private void add(Condition condition) {
        operators.add(condition.operator().text());
        int slash = condition.key().indexOf('/');
        keys.add((slash < 0 ? condition.key() : condition.key().substring(0, slash) + "/…").toLowerCase(Locale.ROOT));
        values.add(condition.values().size());
        condition.values().forEach(value -> valueKinds.add(Shapes.hasVariable(value) ? "variable" : "constant"));
    }

    /** How many policies were counted. */
    public long policies() {
        return statements.total();
    }

    /** How many statements they have. */
    public long statements() {
        return statements.sum();
    }

    /** All figures by name, in a fixed order: shares from 0 to 1, percentiles and maxima as numbers. */
    public Map<String, Double> figures() {
        Map<String, Double> figures = new LinkedHashMap<>();
        tally("bytes a policy", bytes, figures);
        tally("statements a policy", statements, figures);
        tally("actions a statement", actions, figures);
        tally("resources a statement", resources, figures);
        tally("values a condition", values, figures);
        figures.put("Deny", effects.share("deny"));
        figures.put("Principal", elements.share("principal"));
        figures.put("NotAction", share(notAction));
        figures.put("NotResource", share(notResource));
        figures.put("Condition", share(pairs.total()));
        figures.put("conditions 1", pairs.share(1, 1));
        figures.put("conditions 2", pairs.share(2, 2));
        figures.put("conditions 3 and more", pairs.share(3, Integer.MAX_VALUE));
        figures.put("value with a variable", valueKinds.share("variable"));
        all("action ", actionShapes, List.of("exact", "prefix*", "service:*", "*infix*", "*suffix", "*"), figures);
        all("prefix ", prefixes, prefixes.most(6), figures);
        all("service ", services, services.most(20), figures);
        all("resource ", resourceKinds, List.of("*", "exact", "wild", "variable"), figures);
        for (int i = 0; i < 5; i++) {
            figures.put("stars " + i, stars.share(i, i));
        }
        all("resource shape ", resourceShapes, resourceShapes.most(24), figures);
        all("operator ", operators, operators.most(24), figures);
        all("key ", keys, keys.most(24), figures);
        return figures;
    }

    /** One figure, also one that is too rare for the list; 0 for what did not occur. */
    double figure(String name) {
        Double known = figures().get(name);
        if (known != null) {
            return known;
        }
        Map<String, Counts> families = new LinkedHashMap<>();
        families.put("resource shape ", resourceShapes);
        families.put("operator ", operators);
        families.put("service ", services);
        families.put("prefix ", prefixes);
        families.put("key ", keys);
        return families.entrySet().stream()
                .filter(family -> name.startsWith(family.getKey()))
                .findFirst()
                .map(family ->
                        family.getValue().share(name.substring(family.getKey().length())))
                .orElse(0.0);
    }

    private double share(long count) {
        return statements.sum() == 0 ? 0 : (double) count / statements.sum();
    }

    private static void tally(String name, Tally tally, Map<String, Double> figures) {
        figures.put(name + ", mean", tally.mean());
        for (int percent : new int[] {50, 90, 95, 99}) {
            figures.put(name + ", p" + percent, (double) tally.percentile(percent));
        }
        figures.put(name + ", max", (double) tally.max());
    }

    private static void all(String prefix, Counts counts, List<String> names, Map<String, Double> figures) {
        names.forEach(name -> figures.put(prefix + name, counts.share(name)));
    }
}
