package dev.portcullis.syntax;

import dev.portcullis.policy.PolicyType;
import dev.portcullis.policy.Span;

/** The characters a document may be written with (rule L24). Escapes are a way to any other. */
final class CharacterSet {

    private static final char LAST = '\u00FF';

    private CharacterSet() {}

    static void check(PolicyType type, String source, Findings findings) {
        if (!Examination.isOfIam(type)) {
            return;
        }
        int first = -1;
        int count = 0;
        for (int i = firstBeyond(source); i < source.length(); ) {
            int point = source.codePointAt(i);
            int next = i + Character.charCount(point);
            if (point > LAST) {
                count++;
                if (first < 0) {
                    first = i;
                }
            }
            i = next;
        }
        if (count == 0) {
            return;
        }
        int point = source.codePointAt(first);
        Span span = new Lines(source).span(first, first + Character.charCount(point));
        String more = count == 1 ? "" : " (and " + (count - 1) + " more such characters)";
        findings.refused(
                "UNSUPPORTED_CHARACTER",
                span,
                "IAM takes no character above U+00FF, such as " + Shown.number(point) + more,
                "write it as an escape, like `" + escape(point) + "`");
    }

    private static int firstBeyond(String source) {
        int at = 0;
        while (at < source.length() && source.charAt(at) <= LAST) {
            at++;
        }
        return at;
    }

    private static String escape(int point) {
        StringBuilder escape = new StringBuilder();
        for (char unit : Character.toChars(point)) {
            escape.append(Shown.escape(unit));
        }
        return escape.toString();
    }
}
