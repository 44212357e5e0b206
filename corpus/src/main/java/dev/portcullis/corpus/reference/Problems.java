package dev.portcullis.corpus.reference;

import dev.portcullis.policy.Limits;
import dev.portcullis.policy.Span;
import java.util.ArrayList;
import java.util.List;

/** What is wrong with a document, and where in its text things stand. */
final class Problems {

    private final String name;
    private final int firstLine;
    /** Offset of the first unit of each line; LF, CR and CRLF each end one (rule S3). */
    private final List<Integer> lineStarts = new ArrayList<>(List.of(0));

    private final List<String> found = new ArrayList<>();
    private int count;

    Problems(String name, String text, int firstLine) {
        this.name = name;
        this.firstLine = firstLine;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean insideCrLf = c == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n';
            if (c == '\n' || (c == '\r' && !insideCrLf)) {
                lineStarts.add(i + 1);
            }
        }
    }

    /** Where a node stands. */
    Span span(ReferenceJson.Node node) {
        int low = 0;
        int high = lineStarts.size() - 1;
        while (low < high) {
            int middle = (low + high + 1) / 2;
            if (lineStarts.get(middle) <= node.start()) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return new Span(node.start(), node.end(), firstLine + low, node.start() - lineStarts.get(low) + 1);
    }

    /** Notes one. */
    void add(ReferenceJson.Node node, String message) {
        add(span(node), message);
    }

    /** Notes one. */
    void add(Span span, String message) {
        count++;
        if (count <= Limits.DIAGNOSTICS) {
            found.add(name + ":" + span + ": " + message);
        }
    }

    /** Ends the reading if there are any. */
    void refuseIfAny() {
        if (count > found.size()) {
            found.add(name + ": and " + (count - found.size()) + " more");
        }
        if (count > 0) {
            throw new MalformedPolicy(String.join(System.lineSeparator(), found));
        }
    }
}
