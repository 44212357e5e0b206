package dev.portcullis.corpus.synthetic;

import dev.portcullis.policy.ConditionOperator;
import dev.portcullis.policy.Effect;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Shapes of the policies that AWS manages, from {@code managed-shapes.txt}, which says what its lines mean. Immutable. */
final class ManagedShapes {

    private static final ManagedShapes INSTANCE = new ManagedShapes(DataFile.lines("managed-shapes.txt"));

    private final List<List<StatementShape>> policies;

    /** So many actions of a service. */
    record Actions(String service, int count) {}

    /** A condition, its values as letters, or as texts with variables. */
    record ConditionShape(ConditionOperator operator, String key, List<String> values) {}

    /** A statement without its names. */
    record StatementShape(
            Effect effect,
            boolean notAction,
            boolean notResource,
            List<Actions> exact,
            List<String> wild,
            List<String> resources,
            List<ConditionShape> conditions) {}

    private ManagedShapes(List<String> lines) {
        List<String> resources = new ArrayList<>();
        List<ConditionShape> conditions = new ArrayList<>();
        List<StatementShape> statements = new ArrayList<>();
        List<List<StatementShape>> read = new ArrayList<>();
        for (String line : lines) {
            String[] words = line.split(" ");
            switch (words[0]) {
                case "r" -> resources.add(words[1]);
                case "c" ->
                    conditions.add(new ConditionShape(
                            ConditionOperator.parse(words[1]).orElseThrow(),
                            words[2],
                            List.of(words).subList(3, words.length)));
                case "s" ->
                    statements.add(new StatementShape(
                            words[1].startsWith("A") ? Effect.ALLOW : Effect.DENY,
                            words[1].contains("n"),
                            words[1].contains("N"),
                            split(words[2]).stream().map(ManagedShapes::actions).toList(),
                            split(words[3]),
                            chosen(words[4], resources),
                            chosen(words[5], conditions)));
                default ->
                    read.add(Arrays.stream(words, 1, words.length)
                            .map(number -> statements.get(Integer.parseInt(number)))
                            .toList());
            }
        }
        policies = List.copyOf(read);
    }

    private static Actions actions(String text) {
        int colon = text.indexOf(':');
        return new Actions(text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
    }

    private static List<String> split(String words) {
        return words.equals("-") ? List.of() : List.of(words.split(","));
    }

    private static <T> List<T> chosen(String numbers, List<T> from) {
        return split(numbers).stream()
                .map(number -> from.get(Integer.parseInt(number)))
                .toList();
    }

    /** The ones that come with this module. */
    static ManagedShapes get() {
        return INSTANCE;
    }

    /** One list of statements for each policy. */
    List<List<StatementShape>> policies() {
        return policies;
    }
}
