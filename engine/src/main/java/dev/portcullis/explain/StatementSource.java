package dev.portcullis.explain;

import dev.portcullis.automaton.SourceMap;
import dev.portcullis.automaton.StatementProbe;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The texts of one statement, as they stand in its document: STATEMENT of the source map. */
public final class StatementSource {

    private final SourceMap sources;
    private final int actions;
    private final int principals;
    private final int resources;
    private final int variables;
    private final int[] conditions;
    private final int sid;

    /**
     * One of its conditions.
     *
     * @param operator as written
     * @param key as written
     * @param values TEXTS
     * @param variables VARIABLES of the values
     */
    public record ConditionSource(String operator, String key, int values, int variables) {}

    StatementSource(SourceMap sources, int statement) {
        this.sources = sources;
        SourceMap.Cursor cursor = sources.read(statement);
        cursor.skip(1);
        sid = cursor.next();
        actions = cursor.next();
        principals = cursor.next();
        resources = cursor.next();
        variables = cursor.next();
        conditions = new int[cursor.count()];
        for (int i = 0; i < conditions.length; i++) {
            conditions[i] = cursor.next();
        }
    }

    /** Its Sid. */
    public Optional<String> sid() {
        return sid == 0 ? Optional.empty() : Optional.of(sources.text(sid - 1));
    }

    /** Entries of its action list. */
    public List<String> actions() {
        return texts(actions);
    }

    /** Entries of its principal element. */
    public List<String> principals() {
        return texts(principals);
    }

    /** Entries of its resource list. */
    public List<String> resources() {
        return texts(resources);
    }

    /** Adds the keys of the resources' variables that the request lacks. */
    void addMissingOfResources(StatementProbe probe, Set<String> keys) {
        addMissing(variables, probe, keys);
    }

    /** One of its conditions. */
    public ConditionSource condition(int number) {
        SourceMap.Cursor cursor = sources.read(conditions[number]);
        return new ConditionSource(
                sources.text(cursor.next()), sources.text(cursor.next()), cursor.next(), cursor.next());
    }

    /** The values that a condition wants. */
    public List<String> values(ConditionSource condition) {
        return texts(condition.values());
    }

    /** Adds the keys of the variables in a condition's values that the request lacks. */
    void addMissingOfValues(ConditionSource condition, StatementProbe probe, Set<String> keys) {
        addMissing(condition.variables(), probe, keys);
    }

    private void addMissing(int list, StatementProbe probe, Set<String> keys) {
        SourceMap.Cursor cursor = sources.read(list);
        for (int left = cursor.next(); left > 0; left--) {
            int key = cursor.next();
            if (!probe.has(cursor.next())) {
                keys.add(sources.text(key));
            }
        }
    }

    private List<String> texts(int list) {
        SourceMap.Cursor cursor = sources.read(list);
        int count = cursor.count();
        List<String> texts = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            texts.add(sources.text(cursor.next()));
        }
        return texts;
    }
}
