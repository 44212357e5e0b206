package dev.portcullis.corpus.reference;

import dev.portcullis.corpus.reference.ReferenceJson.Arr;
import dev.portcullis.corpus.reference.ReferenceJson.Bool;
import dev.portcullis.corpus.reference.ReferenceJson.Node;
import dev.portcullis.corpus.reference.ReferenceJson.Num;
import dev.portcullis.corpus.reference.ReferenceJson.Str;
import dev.portcullis.policy.Limits;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Takes strings out of a document. */
final class Strings {

    private final Problems problems;

    Strings(Problems problems) {
        this.problems = problems;
    }

    /** A string and the node it came from. */
    record Entry(String text, Node node) {}

    /** The string that a node is. */
    Optional<String> of(Node node, String what) {
        if (node instanceof Str string) {
            return Optional.of(string.value());
        }
        problems.add(node, what + " is not a string");
        return Optional.empty();
    }

    /** A string or a list of strings (rule L16). */
    List<Entry> list(Node node, String what) {
        List<Entry> entries = new ArrayList<>();
        for (Node element : elements(node)) {
            of(element, what).ifPresent(text -> entries.add(new Entry(text, element)));
        }
        return entries;
    }

    /** A condition value or a list of them: strings, numbers and Booleans (rule L17). */
    List<Entry> values(Node node) {
        List<Entry> entries = new ArrayList<>();
        for (Node element : elements(node)) {
            if (element instanceof Num number) {
                entries.add(new Entry(number.text(), element));
            } else if (element instanceof Bool bool) {
                entries.add(new Entry(bool.value() ? "true" : "false", element));
            } else {
                of(element, "a condition value").ifPresent(text -> entries.add(new Entry(text, element)));
            }
        }
        return entries;
    }

    /** L16: a single value is the list of one. */
    private static List<Node> elements(Node node) {
        return node instanceof Arr array ? array.elements() : List.of(node);
    }

    /** The pattern that a string is; empty when a variable in it is written wrongly (rule L147). */
    Optional<Pattern> pattern(Entry entry, boolean wildcards, boolean variables) {
        if (entry.text().length() > Limits.PATTERN_UNITS) {
            problems.add(entry.node(), "longer than " + Limits.PATTERN_UNITS + " units");
            return Optional.empty();
        }
        try {
            Pattern pattern = Pattern.of(entry.text(), wildcards, variables);
            if (pattern.wildcards() > Limits.PATTERN_WILDCARDS) {
                problems.add(entry.node(), "more than " + Limits.PATTERN_WILDCARDS + " wildcards");
            }
            if (pattern.variables() > Limits.PATTERN_VARIABLES) {
                problems.add(entry.node(), "more than " + Limits.PATTERN_VARIABLES + " variables");
            }
            return Optional.of(pattern);
        } catch (Pattern.BadVariable e) {
            problems.add(entry.node(), e.getMessage());
            return Optional.empty();
        }
    }
}
