package dev.portcullis.corpus.reference;

import dev.portcullis.corpus.reference.ReferenceJson.Arr;
import dev.portcullis.corpus.reference.ReferenceJson.Bool;
import dev.portcullis.corpus.reference.ReferenceJson.Node;
import dev.portcullis.corpus.reference.ReferenceJson.Num;
import dev.portcullis.corpus.reference.ReferenceJson.Str;
import dev.portcullis.policy.Limits;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Takes strings out of a document and puts the parameters' values in place of {@code {{name}}}. */
final class Strings {

    private final Problems problems;
    private final Map<String, String> parameters;

    Strings(Problems problems, Map<String, String> parameters) {
        this.problems = problems;
        this.parameters = parameters;
    }

    /** A string and the node it came from. */
    record Entry(String text, Node node) {}

    /** The string that a node is. */
    Optional<String> of(Node node, String what) {
        if (node instanceof Str string) {
            return Optional.of(bound(string.value(), node));
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

    /** The text with values for its placeholders; one without a value is a problem. Values are not looked at again. */
    String bound(String text, Node node) {
        StringBuilder result = new StringBuilder();
        int at = 0;
        while (at < text.length()) {
            int start = text.indexOf("{{", at);
            int end = start < 0 ? -1 : text.indexOf("}}", start);
            if (end < 0) {
                break;
            }
            String name = text.substring(start + 2, end);
            if (isName(name)) {
                String value = parameters.get(name);
                if (value == null) {
                    problems.add(node, "`{{" + name + "}}` has no value");
                    value = "";
                }
                result.append(text, at, start).append(value);
                at = end + 2;
            } else {
                result.append(text, at, start + 1);
                at = start + 1;
            }
        }
        return result.append(text, at, text.length()).toString();
    }

    private static boolean isName(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
            if (!letter && !Digits.isDigit(c)) {
                return false;
            }
        }
        return !text.isEmpty();
    }
}
