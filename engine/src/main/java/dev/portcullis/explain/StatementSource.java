package dev.portcullis.explain;

import dev.portcullis.automaton.SourceMap;
import dev.portcullis.automaton.StatementProbe;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The texts of one statement, as they stand in its document: STATEMENT of the source map. */
public final class StatementSource {

    private static final int NONE = -1;

    private final SourceMap sources;
    private final StatementProbe probe;
    private final int offset;
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

    StatementSource(StatementProbe probe, int statement) {
        this.probe = probe;
        this.sources = probe.sources();
        SourceMap.Cursor cursor = sources.read(statement);
        offset = cursor.next();
        int has = cursor.next();
        sid = (has & SourceMap.HAS_SID) != 0 ? cursor.next() : NONE;
        actions = cursor.next();
        principals = (has & SourceMap.HAS_PRINCIPALS) != 0 ? cursor.next() : SourceMap.EMPTY;
        resources = (has & SourceMap.HAS_RESOURCES) != 0 ? cursor.next() : SourceMap.EMPTY;
        variables = (has & SourceMap.HAS_VARIABLES) != 0 ? cursor.next() : SourceMap.EMPTY;
        conditions = new int[(has & SourceMap.HAS_CONDITIONS) != 0 ? cursor.count() : 0];
        for (int i = 0; i < conditions.length; i++) {
            conditions[i] = cursor.next();
        }
    }

    /** Its Sid. */
    public Optional<String> sid() {
        return sid == NONE ? Optional.empty() : Optional.of(sources.text(sid));
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
        return resources == SourceMap.EMPTY ? told() : texts(resources);
    }

    private List<String> told() {
        int count = probe.resources(offset);
        List<String> told = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            told.add(probe.resource(offset, i));
        }
        return told;
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
