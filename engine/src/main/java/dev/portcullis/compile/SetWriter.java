package dev.portcullis.compile;

import dev.portcullis.automaton.Code;
import dev.portcullis.automaton.Dispatch;
import dev.portcullis.automaton.ResourceIndex;
import dev.portcullis.compile.StatementWriter.Compiled;
import dev.portcullis.policy.Limits;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Policy sets to the lists of {@link Dispatch}. Written after all statements, when all names are known. */
final class SetWriter {

    private static final int ENTRY_LIMIT = 1 << 28;
    private static final int RANKS = 4;

    /** In place of a service: one that the set doesn't name. */
    private static final int UNNAMED_SERVICE = -1;
    /** In place of a service: any, named or not. */
    private static final int ANY_SERVICE = -2;

    /** Of a service and a statement: so many are gone through as they come. */
    private static final int FEW_PAIRS = 1 << 14;
    /** Of a pattern on a service or an action, for one set: about 20 ms. */
    private static final int MANY_TRIALS = 1 << 20;

    private final CodeView code;
    private final ActionNames names;
    private final long seed;

    private final List<Row[]> sets = new ArrayList<>();
    private final List<int[]> setStatements = new ArrayList<>();
    private final Places setPlaces = new Places();
    private final Map<Integer, ActionBits> actions = new HashMap<>();

    private final LongArray entries = new LongArray();
    private final LongArray elements = new LongArray();
    private final BitmapWriter bitmaps = new BitmapWriter();
    private final LongArray lists = new LongArray();
    private final Places listPlaces = new Places();
    private final List<ResourceIndex> indexes = new ArrayList<>();
    private final List<long[]> indexedLists = new ArrayList<>();

    // Of the set that is being written: its services; and by service, the last set that names it, plus 1.
    private int[] services = new int[64];
    private int[] lastSet = new int[64];
    // The list that is being written, and room to sort it.
    private long[] list = new long[64];
    private long[] sorted = new long[64];

    /** A statement of a set: an element without its action part, and what that is made of. */
    private record Row(long element, ActionBits actions) {}

    SetWriter(CodeView code, ActionNames names, long seed) {
        this.code = code;
        this.names = names;
        this.seed = seed;
    }

    /** The number of a set; sets of the same statements get the same number. */
    int set(List<Compiled> statements) {
        int[] key = distinct(statements);
        int hash = KeyedHash.of(key);
        int slot = setPlaces.first(hash);
        while (setPlaces.isTaken(slot)) {
            int known = setPlaces.place(slot);
            if (setPlaces.is(slot, hash) && Arrays.equals(setStatements.get(known), key)) {
                return known;
            }
            slot = setPlaces.next(slot);
        }
        int number = sets.size();
        TooLarge.next(number, Limits.COMPILED_SETS, "different policy sets");
        setPlaces.put(slot, hash, number);
        sets.add(rows(statements, key.length));
        setStatements.add(key);
        return number;
    }

    /** Offsets of the statements, ascending, each once. */
    private static int[] distinct(List<Compiled> statements) {
        int[] offsets = new int[statements.size()];
        for (int i = 0; i < offsets.length; i++) {
            offsets[i] = statements.get(i).offset();
        }
        Arrays.sort(offsets);
        int count = 0;
        for (int offset : offsets) {
            if (count == 0 || offsets[count - 1] != offset) {
                offsets[count++] = offset;
            }
        }
        return count == offsets.length ? offsets : Arrays.copyOf(offsets, count);
    }

    /** The statements in their order, each once. */
    private Row[] rows(List<Compiled> statements, int count) {
        Row[] rows = new Row[count];
        Set<Integer> seen = count == statements.size() ? null : new HashSet<>();
        int filled = 0;
        for (Compiled statement : statements) {
            if (seen == null || seen.add(statement.offset())) {
                long element = (statement.deny() ? Dispatch.DENY : 0)
                        | (statement.unconditional() ? Dispatch.UNCONDITIONAL : 0)
                        | statement.offset();
                ActionBits bits = actions.computeIfAbsent(
                        statement.actions().list(), unused -> new ActionBits(statement.actions(), names, bitmaps));
                rows[filled++] = new Row(element, bits);
            }
        }
        return rows;
    }

    /** Writes all sets' lists and freezes them. */
    Dispatch freeze(Code frozen) {
        long[] defaults = new long[sets.size()];
        for (int set = 0; set < defaults.length; set++) {
            Row[] rows = sets.get(set);
            int[] services = services(set, rows);
            if ((long) services.length * rows.length <= FEW_PAIRS) {
                for (int service : services) {
                    entry(set, service, list(rows, service));
                }
            } else if (isTooMuch(rows, services)) {
                // No entries: every request takes this one.
                defaults[set] = list(rows, ANY_SERVICE);
                continue;
            } else {
                for (Map.Entry<Integer, List<Row>> service : byService(rows).entrySet()) {
                    Row[] about = service.getValue().toArray(new Row[0]);
                    entry(set, service.getKey(), list(about, service.getKey()));
                }
            }
            defaults[set] = list(rows, UNNAMED_SERVICE);
        }
        return new Dispatch(
                frozen,
                table(),
                defaults,
                elements.toArray(),
                bitmaps.toArray(),
                indexes.toArray(new ResourceIndex[0]),
                seed);
    }

    private void entry(int set, int service, long list) {
        entries.add(Dispatch.key(set, service));
        entries.add(list);
    }

    /** The services that some statement of a set names, each once. */
    private int[] services(int set, Row... rows) {
        int count = 0;
        for (Row row : rows) {
            for (int service : row.actions().services()) {
                if (service >= lastSet.length) {
                    lastSet = Arrays.copyOf(lastSet, 2 * service);
                }
                if (lastSet[service] <= set) {
                    lastSet[service] = set + 1;
                    if (count == services.length) {
                        services = Arrays.copyOf(services, 2 * count);
                    }
                    services[count++] = service;
                }
            }
        }
        return Arrays.copyOf(services, count);
    }

    /** Whether trying all patterns on all services takes longer than any real policy deserves; then decisions try them. */
    private boolean isTooMuch(Row[] rows, int... services) {
        long known = 0;
        for (int service : services) {
            known += names.actions(service).size();
        }
        long trials = 0;
        for (Row row : rows) {
            trials += row.actions().trials(services.length, known);
        }
        return trials > MANY_TRIALS;
    }

    /** The statements that may be about each service that is named. */
    private static Map<Integer, List<Row>> byService(Row... rows) {
        Map<Integer, List<Row>> byService = new LinkedHashMap<>();
        List<Row> general = new ArrayList<>();
        for (Row row : rows) {
            for (int service : row.actions().services()) {
                // What came before and is about any service is about this one, too.
                List<Row> about = byService.computeIfAbsent(service, unused -> new ArrayList<>(general));
                if (!row.actions().isGeneral()) {
                    about.add(row);
                }
            }
            if (row.actions().isGeneral()) {
                general.add(row);
                byService.values().forEach(about -> about.add(row));
            }
        }
        return byService;
    }

    private long[] table() {
        int count = entries.size() / 2;
        TooLarge.sum(count, 0, ENTRY_LIMIT, "pairs of a policy set and a service");
        int slots = Dispatch.slots(count);
        long[] table = new long[2 * slots];
        for (int entry = 0; entry < 2 * count; entry += 2) {
            int slot = Dispatch.slot(entries.get(entry), seed, slots);
            while (table[slot << 1] != 0) {
                slot = Dispatch.next(slot, slots);
            }
            table[slot << 1] = entries.get(entry);
            table[(slot << 1) + 1] = entries.get(entry + 1);
        }
        return table;
    }

    /** The LIST of a set for a service, {@link #UNNAMED_SERVICE} or {@link #ANY_SERVICE}. */
    private long list(Row[] rows, int service) {
        if (rows.length > list.length) {
            list = new long[rows.length];
            sorted = new long[rows.length];
        }
        int count = 0;
        for (Row row : rows) {
            ActionBits actions = row.actions();
            long part = service >= 0
                    ? actions.named(service)
                    : service == UNNAMED_SERVICE ? actions.unnamed() : actions.any();
            if (part != ActionBits.NEVER) {
                list[count++] = part | row.element();
            }
        }
        return store(sort(count));
    }

    /**
     * Sorts the list: Denies first, unconditional ones first within each, else as they are. Nothing behind an
     * unconditional statement about every action is ever reached, so the list ends there; its length.
     */
    private int sort(int count) {
        int filled = 0;
        for (int rank = 0; rank < RANKS; rank++) {
            for (int i = 0; i < count; i++) {
                long element = list[i];
                if (rank(element) == rank) {
                    sorted[filled++] = element;
                    if ((element & Dispatch.UNCONDITIONAL) != 0
                            && element >>> Dispatch.MODE_SHIFT == Dispatch.EVERY_ACTION) {
                        return filled;
                    }
                }
            }
        }
        return filled;
    }

    /** Denies first, unconditional ones first within each. */
    static int rank(long element) {
        return ((element & Dispatch.DENY) != 0 ? 0 : 2) + ((element & Dispatch.UNCONDITIONAL) != 0 ? 0 : 1);
    }

    /** Where the sorted list stands, written if there is no equal one. */
    private long store(int count) {
        int hash = Places.hash(sorted, 0, count);
        int slot = listPlaces.first(hash);
        while (listPlaces.isTaken(slot)) {
            long known = lists.get(listPlaces.place(slot));
            if (listPlaces.is(slot, hash) && isSorted(known, count)) {
                return known;
            }
            slot = listPlaces.next(slot);
        }
        ResourceIndex index = new IndexWriter(code, seed).write(sorted, count);
        long stored;
        if (index != null) {
            stored = Dispatch.INDEXED | indexes.size();
            indexes.add(index);
            indexedLists.add(Arrays.copyOf(sorted, count));
        } else {
            TooLarge.sum(elements.size(), count, Limits.COMPILED_STATES, "statements in policy sets");
            stored = (long) count << 32 | elements.size();
            for (int i = 0; i < count; i++) {
                elements.add(sorted[i]);
            }
        }
        listPlaces.put(slot, hash, lists.size());
        lists.add(stored);
        return stored;
    }

    private boolean isSorted(long stored, int count) {
        if ((stored & Dispatch.INDEXED) != 0) {
            long[] known = indexedLists.get((int) stored);
            return Arrays.equals(known, 0, known.length, sorted, 0, count);
        }
        return stored >>> 32 == count && elements.is((int) stored, sorted, count);
    }

    /** A growing array of words. */
    static final class LongArray {
        private long[] values = new long[64];
        private int count;

        void add(long value) {
            if (count == values.length) {
                values = Arrays.copyOf(values, count + (count >> 1));
            }
            values[count++] = value;
        }

        long get(int index) {
            return values[index];
        }

        /** Whether the same words stand there. */
        boolean is(int from, long[] words, int length) {
            return Arrays.equals(values, from, from + length, words, 0, length);
        }

        int size() {
            return count;
        }

        long[] toArray() {
            return Arrays.copyOf(values, count);
        }
    }
}
