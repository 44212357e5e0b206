package dev.portcullis.listing;

import dev.portcullis.automaton.Automaton;
import dev.portcullis.automaton.Dispatch;
import dev.portcullis.automaton.ResourceIndex;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The automaton: what its tables hold, hash tables in the order of what is in them. Statements, predicates and lists are
 * numbered in the order in which they stand; each is printed once, however many lead to it.
 */
public final class AutomatonListing {

    private final Tables tables;
    private final CodeText code;
    private final Appendable out;
    private final long[] elements;
    private final TreeMap<Integer, Integer> statements = new TreeMap<>();
    private final TreeMap<Integer, Integer> predicates = new TreeMap<>();
    private final TreeMap<Long, Integer> lists = new TreeMap<>();
    private final String[] services;
    private final List<List<String>> actions = new ArrayList<>();

    private AutomatonListing(Automaton automaton, Appendable out) {
        this.tables = new Tables(automaton);
        this.code = new CodeText(tables);
        this.out = out;
        this.elements = tables.longs("dispatch.elements");
        this.services = tables.texts("services");
    }

    /** Lists an automaton. */
    public static void write(Automaton automaton, Appendable out) throws IOException {
        AutomatonListing listing = new AutomatonListing(automaton, out);
        listing.number();
        listing.vocabulary();
        listing.statements();
        listing.predicates();
        listing.lists();
        listing.indexes();
        listing.sets();
        new StoreListing(listing.tables, out).write();
    }

    /** Gives numbers to whatever the dispatch leads to. */
    private void number() {
        long[] entries = tables.longs("dispatch.entries");
        TreeSet<Long> found = new TreeSet<>();
        for (int at = 0; at < entries.length; at += 2) {
            if (entries[at] != 0) {
                found.add(entries[at + 1]);
            }
        }
        for (long list : tables.longs("dispatch.defaults")) {
            found.add(list);
        }
        // Walked lists by where they stand, then indexed ones.
        List<Long> ordered = new ArrayList<>(found);
        ordered.sort((one, other) -> {
            int indexed = Boolean.compare(one < 0, other < 0);
            int place = Integer.compare(one.intValue(), other.intValue());
            return indexed != 0 ? indexed : place != 0 ? place : Long.compare(one, other);
        });
        for (long list : ordered) {
            lists.put(list, lists.size());
        }
        for (String name : List.of("dispatch.elements", "indexes.candidates", "indexes.rests", "indexes.crossings")) {
            for (long element : tables.longs(name)) {
                statements.put((int) element, 0);
            }
        }
        for (int statement : statements.keySet()) {
            for (int predicate : code.conditions(statement)) {
                predicates.put(predicate, 0);
            }
        }
        renumber(statements);
        renumber(predicates);
    }

    private static void renumber(Map<Integer, Integer> numbers) {
        int number = 0;
        for (Map.Entry<Integer, Integer> entry : numbers.entrySet()) {
            entry.setValue(number++);
        }
    }

    private void vocabulary() throws IOException {
        String[] names = tables.texts("actions");
        int[] words = tables.ints("actions.words");
        for (int service = 0; service < services.length; service++) {
            actions.add(new ArrayList<>());
        }
        for (int i = 0; i < names.length; i++) {
            actions.get(words[i] >>> 16).add(names[i].substring(names[i].indexOf(':') + 1));
        }
        line("services and their actions");
        byte[] resourceControl = tables.bytes("classes.resource-control");
        StringJoiner others = new StringJoiner(", ");
        for (int service = 0; service < services.length; service++) {
            String name = service + " " + services[service] + (resourceControl[service] != 0 ? " (RCPs)" : "");
            if (actions.get(service).isEmpty()) {
                others.add(name);
            } else {
                line("  " + name + ": " + String.join(" ", actions.get(service)));
            }
        }
        line("  without actions: " + others);
        line("context keys");
        String[] keys = tables.texts("keys");
        byte[] kinds = tables.bytes("automatic.kinds");
        int[] tags = tables.ints("automatic.tags");
        String[] tagKeys = tables.texts("automatic.tag-keys");
        for (int slot = 0; slot < keys.length; slot++) {
            line("  " + slot + " " + CodeText.escaped(keys[slot])
                    + (kinds[slot] != 0 ? ", supplied: kind " + kinds[slot] : "")
                    + (tags[slot] >= 0 ? ", tag " + CodeText.escaped(tagKeys[tags[slot]]) : ""));
        }
        line("heads");
        line("  partitions " + String.join(" ", tables.texts("heads.partitions")));
        line("  services   " + String.join(" ", tables.texts("heads.services")));
        line("  regions    " + quoted(tables.texts("heads.regions")));
        line("  accounts   " + quoted(tables.texts("heads.accounts")));
    }

    private static String quoted(String... texts) {
        StringJoiner all = new StringJoiner(" ");
        for (String text : texts) {
            all.add("`" + CodeText.escaped(text) + "`");
        }
        return all.toString();
    }

    private void statements() throws IOException {
        line("statements");
        for (Map.Entry<Integer, Integer> entry : statements.entrySet()) {
            int at = entry.getKey();
            line("  s" + entry.getValue() + " at " + at + ": " + (code.denies(at) ? "Deny" : "Allow") + code.flags(at));
            line("    actions    " + code.actions(at));
            String principals = code.principals(at);
            if (!principals.isEmpty()) {
                line("    principals " + principals);
            }
            for (String resource : code.resources(at)) {
                line("    resource   " + resource);
            }
            StringJoiner conditions = new StringJoiner(" ");
            for (int condition : code.conditions(at)) {
                conditions.add("p" + predicates.get(condition));
            }
            if (conditions.length() > 0) {
                line("    conditions " + conditions);
            }
        }
    }

    private void predicates() throws IOException {
        line("predicates");
        for (Map.Entry<Integer, Integer> entry : predicates.entrySet()) {
            line("  p" + entry.getValue() + " at " + entry.getKey() + ": " + code.predicate(entry.getKey()));
        }
    }

    private void lists() throws IOException {
        line("lists");
        for (Map.Entry<Long, Integer> list : inOrder()) {
            long word = list.getKey();
            if ((word & Dispatch.INDEXED) != 0) {
                line("  l" + list.getValue() + ": index " + (int) word);
            } else {
                int from = (int) word;
                int count = (int) (word >>> 32);
                line("  l" + list.getValue() + " at " + from + ":" + (count == 0 ? " nothing" : ""));
                elements("    ", elements, from, from + count);
            }
        }
    }

    private List<Map.Entry<Long, Integer>> inOrder() {
        List<Map.Entry<Long, Integer>> ordered = new ArrayList<>(lists.entrySet());
        ordered.sort(Map.Entry.comparingByValue());
        return ordered;
    }

    private void elements(String indentation, long[] from, int first, int end) throws IOException {
        for (int at = first; at < end; at++) {
            line(indentation + element(from[at]));
        }
    }

    private String element(long element) {
        int mode = (int) (element >>> Dispatch.MODE_SHIFT);
        int actions = (int) (element >>> Dispatch.BITMAP_SHIFT) & Dispatch.BITMAP_MASK;
        String which = switch (mode) {
            case Dispatch.EVERY_ACTION -> "every action";
            case Dispatch.GUARD -> "by its text";
            case Dispatch.BITS -> "actions " + places(0, actions, new StringJoiner(" ", "{", "}"));
            default -> "actions " + bits(actions);
        };
        return ((element & Dispatch.DENY) != 0 ? "Deny " : "Allow ")
                + ((element & Dispatch.UNCONDITIONAL) != 0 ? "always, " : "")
                + which
                + " -> s" + statements.get((int) element);
    }

    /** The places of actions within their service that a bitmap has. */
    private String bits(int bitmap) {
        long[] bitmaps = tables.longs("dispatch.bitmaps");
        StringJoiner places = new StringJoiner(" ", "{", "}");
        for (int word = 0; word < bitmaps[bitmap]; word++) {
            places(word << 6, bitmaps[bitmap + 1 + word], places);
        }
        return places.toString();
    }

    private static StringJoiner places(int first, long bits, StringJoiner places) {
        for (long rest = bits; rest != 0; rest &= rest - 1) {
            places.add(Integer.toString(first + Long.numberOfTrailingZeros(rest)));
        }
        return places;
    }

    private void indexes() throws IOException {
        int[] lengths = tables.ints("indexes.lengths");
        int[] at = new int[5];
        for (int i = 0; i < lengths.length / 5; i++) {
            line("index " + i);
            StringJoiner shapes = new StringJoiner(", ");
            for (int shape = at[0]; shape < at[0] + lengths[5 * i]; shape++) {
                shapes.add(shape(tables.ints("indexes.shapes")[shape]));
            }
            line("  shapes     " + shapes);
            runs(at[1], at[1] + lengths[5 * i + 1], at[2]);
            part("  other      ", "indexes.rests", at[3], lengths[5 * i + 3]);
            part("  crossing   ", "indexes.crossings", at[4], lengths[5 * i + 4]);
            for (int part = 0; part < 5; part++) {
                at[part] += lengths[5 * i + part];
            }
        }
    }

    private void part(String label, String name, int from, int count) throws IOException {
        for (int at = from; at < from + count; at++) {
            line(label + element(tables.longs(name)[at]));
        }
    }

    /** Runs in the order of their candidates: the table's own order is the hash's. */
    private void runs(int from, int to, int candidates) throws IOException {
        TreeMap<Integer, Integer> runs = new TreeMap<>();
        long[] table = tables.longs("indexes.tables");
        for (int slot = from; slot < to; slot += 2) {
            if (table[slot] != 0) {
                runs.put((int) (table[slot + 1] >>> 32), (int) table[slot + 1]);
            }
        }
        for (Map.Entry<Integer, Integer> run : runs.entrySet()) {
            StringJoiner filed = new StringJoiner("; ");
            for (int i = 0; i < run.getValue(); i++) {
                filed.add(element(tables.longs("indexes.candidates")[candidates + run.getKey() + i]));
            }
            line("  filed      " + filed);
        }
    }

    private static String shape(int shape) {
        int mask = shape >>> 28;
        boolean exact = (shape & ResourceIndex.EXACT) != 0;
        int units = shape & ResourceIndex.UNITS_MASK;
        String fixed = ((mask & 8) != 0 ? "p" : "-")
                + ((mask & 4) != 0 ? "s" : "-")
                + ((mask & 2) != 0 ? "r" : "-")
                + ((mask & 1) != 0 ? "a" : "-");
        return fixed + (exact ? " exactly " : " at least ") + units;
    }

    private void sets() throws IOException {
        line("policy sets");
        long[] defaults = tables.longs("dispatch.defaults");
        long[] entries = tables.longs("dispatch.entries");
        TreeMap<Long, Long> byKey = new TreeMap<>();
        for (int at = 0; at < entries.length; at += 2) {
            if (entries[at] != 0) {
                byKey.put(entries[at], entries[at + 1]);
            }
        }
        for (int set = 0; set < defaults.length; set++) {
            StringJoiner ofSet = new StringJoiner(", ");
            for (Map.Entry<Long, Long> entry : byKey.subMap(Dispatch.key(set, -1), Dispatch.key(set + 1, -1))
                    .entrySet()) {
                int service = (int) (entry.getKey() - Dispatch.key(set, 0));
                ofSet.add(services[service] + " l" + lists.get(entry.getValue()));
            }
            ofSet.add("others l" + lists.get(defaults[set]));
            line("  set " + set + ": " + ofSet);
        }
    }

    private void line(String text) throws IOException {
        out.append(text).append('\n');
    }
}
