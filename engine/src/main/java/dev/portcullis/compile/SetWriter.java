package dev.portcullis.compile;

import dev.portcullis.automaton.Code;
import dev.portcullis.automaton.Dispatch;
import dev.portcullis.automaton.ResourceIndex;
import dev.portcullis.compile.StatementWriter.ActionTest;
import dev.portcullis.compile.StatementWriter.Compiled;
import dev.portcullis.policy.Limits;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Policy sets to the lists of {@link Dispatch}. Written after all statements, when all names are known. */
final class SetWriter {

    private static final int ENTRY_LIMIT = 1 << 28;

    private final CodeView code;
    private final ActionNames names;
    private final long seed;

    private final List<List<Compiled>> sets = new ArrayList<>();
    private final Map<List<Integer>, Integer> setNumbers = new HashMap<>();

    private final Map<Long, Long> entries = new LinkedHashMap<>();
    private final LongArray elements = new LongArray();
    private final LongArray bitmaps = new LongArray();
    private final Map<List<Long>, Long> lists = new HashMap<>();
    private final Map<List<Long>, Integer> bitmapOffsets = new HashMap<>();
    private final Map<Long, List<Long>> actionBits = new HashMap<>();
    private final List<ResourceIndex> indexes = new ArrayList<>();

    SetWriter(CodeView code, ActionNames names, long seed) {
        this.code = code;
        this.names = names;
        this.seed = seed;
    }

    /** The number of a set; sets of the same statements get the same number. */
    int set(List<Compiled> statements) {
        Map<Integer, Compiled> distinct = new LinkedHashMap<>();
        for (Compiled statement : statements) {
            distinct.put(statement.offset(), statement);
        }
        List<Integer> key = distinct.keySet().stream().sorted().toList();
        Integer known = setNumbers.get(key);
        if (known != null) {
            return known;
        }
        int number = sets.size();
        TooLarge.next(number, Limits.COMPILED_SETS, "different policy sets");
        sets.add(List.copyOf(distinct.values()));
        setNumbers.put(key, number);
        return number;
    }

    /** Writes all sets' lists and freezes them. */
    Dispatch freeze(Code frozen) {
        long[] defaults = new long[sets.size()];
        for (int set = 0; set < defaults.length; set++) {
            List<Compiled> statements = sets.get(set);
            for (int service : services(statements)) {
                entries.put(Dispatch.key(set, service), list(statements, service));
            }
            defaults[set] = list(statements, -1);
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

    private long[] table() {
        TooLarge.sum(entries.size(), 0, ENTRY_LIMIT, "pairs of a policy set and a service");
        int slots = Integer.highestOneBit(Math.max(2, entries.size()) * 4 - 1);
        long[] table = new long[2 * slots];
        for (Map.Entry<Long, Long> entry : entries.entrySet()) {
            int slot = Dispatch.slot(entry.getKey(), seed, slots - 1);
            while (table[slot << 1] != 0) {
                slot = slot + 1 & slots - 1;
            }
            table[slot << 1] = entry.getKey();
            table[(slot << 1) + 1] = entry.getValue();
        }
        return table;
    }

    /** The services that some statement of the set names. */
    private Set<Integer> services(List<Compiled> statements) {
        Set<Integer> services = new LinkedHashSet<>();
        for (Compiled statement : statements) {
            for (String glob : statement.actions().globs()) {
                String service = glob.substring(0, glob.indexOf(':'));
                int number = StatementWriter.isGlob(service) ? ActionNames.UNKNOWN : names.service(service);
                if (number != ActionNames.UNKNOWN) {
                    services.add(number);
                }
            }
        }
        return services;
    }

    /** The LIST of a set for a service; for -1, for the services that the set doesn't name. */
    private long list(List<Compiled> statements, int service) {
        List<Long> list = new ArrayList<>();
        for (Compiled statement : statements) {
            long element = service < 0 ? unnamed(statement.actions()) : named(statement.actions(), service);
            if (element >= 0 || element == Long.MIN_VALUE) {
                list.add((element == Long.MIN_VALUE ? (long) Dispatch.GUARD << Dispatch.MODE_SHIFT : element)
                        | (statement.deny() ? Dispatch.DENY : 0)
                        | (statement.unconditional() ? Dispatch.UNCONDITIONAL : 0)
                        | statement.offset());
            }
        }
        list.sort(Comparator.comparingInt(SetWriter::rank));
        return store(cut(list));
    }

    /** Denies first, unconditional ones first within each. */
    private static int rank(long element) {
        return ((element & Dispatch.DENY) != 0 ? 0 : 2) + ((element & Dispatch.UNCONDITIONAL) != 0 ? 0 : 1);
    }

    /** Nothing behind an unconditional statement about every action is ever reached. */
    private static List<Long> cut(List<Long> list) {
        for (int i = 0; i < list.size(); i++) {
            long element = list.get(i);
            if ((element & Dispatch.UNCONDITIONAL) != 0 && element >>> Dispatch.MODE_SHIFT == Dispatch.EVERY_ACTION) {
                return list.subList(0, i + 1);
            }
        }
        return list;
    }

    private long store(List<Long> list) {
        Long known = lists.get(list);
        if (known != null) {
            return known;
        }
        long stored;
        ResourceIndex index = new IndexWriter(code, seed).write(list);
        if (index != null) {
            stored = Dispatch.INDEXED | indexes.size();
            indexes.add(index);
        } else {
            TooLarge.sum(elements.size(), list.size(), Limits.COMPILED_STATES, "statements in policy sets");
            stored = (long) list.size() << 32 | elements.size();
            for (long element : list) {
                elements.add(element);
            }
        }
        lists.put(List.copyOf(list), stored);
        return stored;
    }

    /** Whether a service's name is covered by a glob's service part. */
    private static boolean serviceMatches(String glob, String service) {
        return Glob.matches(glob.substring(0, glob.indexOf(':')), service);
    }

    private static boolean everyName(String glob) {
        return isStars(glob.substring(glob.indexOf(':') + 1));
    }

    private static boolean isStars(String text) {
        return !text.isEmpty() && text.chars().allMatch(unit -> unit == '*');
    }

    /** The action part of an element for a service that the set names; -1 when the statement can't match. */
    private long named(ActionTest test, int service) {
        // L18, U29
        if (test.globs().isEmpty()) {
            return -1;
        }
        String name = names.serviceName(service);
        List<String> globs =
                test.globs().stream().filter(glob -> serviceMatches(glob, name)).toList();
        boolean every = globs.stream().anyMatch(SetWriter::everyName);
        if (test.negated() ? every : globs.isEmpty()) {
            return -1;
        }
        if (test.negated() ? globs.isEmpty() : every) {
            return (long) Dispatch.EVERY_ACTION << Dispatch.MODE_SHIFT;
        }
        List<Long> bits = actionBits.computeIfAbsent(
                (long) test.list() << 32 | service, unused -> bits(globs, test.negated(), service));
        Integer offset = bitmapOffsets.get(bits);
        if (offset == null) {
            offset = bitmaps.size();
            if (offset > Dispatch.BITMAP_MASK) {
                return Long.MIN_VALUE;
            }
            bitmapOffsets.put(bits, offset);
            bitmaps.add(bits.size());
            for (long word : bits) {
                bitmaps.add(word);
            }
        }
        return (long) Dispatch.BITMAP << Dispatch.MODE_SHIFT | (long) offset << Dispatch.BITMAP_SHIFT;
    }

    private List<Long> bits(List<String> globs, boolean negated, int service) {
        List<String> actions = names.actions(service);
        long[] words = new long[(actions.size() + 63) >> 6];
        for (String glob : globs) {
            String name = glob.substring(glob.indexOf(':') + 1);
            if (StatementWriter.isGlob(name)) {
                for (int place = 0; place < actions.size(); place++) {
                    if (Glob.matches(name, actions.get(place))) {
                        words[place >> 6] |= 1L << place;
                    }
                }
            } else {
                int place = names.place(service, name);
                if (place != ActionNames.UNKNOWN) {
                    words[place >> 6] |= 1L << place;
                }
            }
        }
        if (negated) {
            for (int place = 0; place < actions.size(); place++) {
                words[place >> 6] ^= 1L << place;
            }
        }
        return Arrays.stream(words).boxed().toList();
    }

    /** The action part of an element for services that the set doesn't name. */
    private long unnamed(ActionTest test) {
        boolean wild = false;
        for (String glob : test.globs()) {
            String service = glob.substring(0, glob.indexOf(':'));
            if (isStars(service) && everyName(glob)) {
                return test.negated() ? -1 : (long) Dispatch.EVERY_ACTION << Dispatch.MODE_SHIFT;
            }
            // A service without a number can only be told by its name.
            wild |= StatementWriter.isGlob(service) || names.service(service) == ActionNames.UNKNOWN;
        }
        if (wild) {
            return Long.MIN_VALUE;
        }
        return test.negated() && !test.globs().isEmpty() ? (long) Dispatch.EVERY_ACTION << Dispatch.MODE_SHIFT : -1;
    }

    /** A growing array of words. */
    static final class LongArray {
        private long[] values = new long[1024];
        private int count;

        void add(long value) {
            if (count == values.length) {
                values = Arrays.copyOf(values, count + (count >> 1));
            }
            values[count++] = value;
        }

        int size() {
            return count;
        }

        long[] toArray() {
            return Arrays.copyOf(values, count);
        }
    }
}
