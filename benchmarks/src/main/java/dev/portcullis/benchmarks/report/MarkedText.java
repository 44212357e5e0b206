package dev.portcullis.benchmarks.report;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text with generated parts, each between {@code <!-- report:NAME -->} and {@code <!-- /report:NAME -->}. What stands around
 * them stays as it is.
 */
final class MarkedText {

    private static final Pattern MARK = Pattern.compile("<!-- (/?)report:([a-z-]+) -->");

    private MarkedText() {}

    /**
     * Puts the parts in place of what is between their marks.
     *
     * @throws IllegalArgumentException if marks aren't in pairs, or there is a part without marks or marks without a part
     */
    static String replace(String text, Map<String, String> parts) {
        StringBuilder replaced = new StringBuilder();
        Set<String> missing = new TreeSet<>(parts.keySet());
        Matcher mark = MARK.matcher(text);
        int copied = 0;
        while (mark.find()) {
            String name = mark.group(2);
            if (!mark.group(1).isEmpty()) {
                throw new IllegalArgumentException(mark.group() + " without a beginning");
            }
            if (!parts.containsKey(name)) {
                throw new IllegalArgumentException("nothing is generated for " + mark.group());
            }
            if (!missing.remove(name)) {
                throw new IllegalArgumentException(mark.group() + " twice");
            }
            replaced.append(text, copied, mark.end())
                    .append("\n\n")
                    .append(parts.get(name).strip())
                    .append("\n\n");
            if (!mark.find() || mark.group(1).isEmpty() || !mark.group(2).equals(name)) {
                throw new IllegalArgumentException("<!-- report:" + name + " --> without an end");
            }
            copied = mark.start();
        }
        if (!missing.isEmpty()) {
            throw new IllegalArgumentException("no place for " + missing);
        }
        return replaced.append(text, copied, text.length()).toString();
    }
}
