package dev.portcullis.corpus.synthetic;

/** What kind of pattern a text is. Stateless. */
final class Shapes {

    private Shapes() {}

    /** Stars outside of variables. */
    static int stars(String text) {
        int stars = 0;
        for (int i = 0; i < text.length(); i++) {
            if (text.startsWith("${", i)) {
                i = end(text, i);
            } else if (text.charAt(i) == '*') {
                stars++;
            }
        }
        return stars;
    }

    /** {@code exact}, {@code prefix*}, {@code service:*}, {@code *infix*}, {@code *suffix}, {@code *} or {@code other}. */
    static String action(String text) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            return text.equals("*") ? "*" : "other";
        }
        String name = text.substring(colon + 1);
        int stars = stars(name);
        if (stars == 0) {
            return name.indexOf('?') < 0 ? "exact" : "other";
        }
        boolean first = name.startsWith("*");
        boolean last = name.endsWith("*");
        if (stars == 1) {
            return name.length() == 1 ? "service:*" : last ? "prefix*" : first ? "*suffix" : "other";
        }
        return stars == 2 && first && last ? "*infix*" : "other";
    }

    /**
     * An ARN pattern without its words: service, region, account and name, {@code L} for letters, {@code V} for a variable.
     * Empty and {@code *} stay, and so do the name's slashes and colons.
     */
    static String resource(String text) {
        if (text.equals("*")) {
            return text;
        }
        StringBuilder shape = new StringBuilder();
        int field = 0;
        int start = 0;
        for (int i = 0; i <= text.length() && field < 5; i++) {
            if (text.startsWith("${", i)) {
                i = end(text, i);
            } else if (i == text.length() || text.charAt(i) == ':') {
                if (field > 0) {
                    String word = text.substring(start, i);
                    shape.append(word.isEmpty() ? "empty" : word.equals("*") ? "*" : "literal")
                            .append('|');
                }
                field++;
                start = i + 1;
            }
        }
        name(text.substring(Math.min(start, text.length())), shape);
        return shape.toString();
    }

    private static void name(String name, StringBuilder shape) {
        boolean word = false;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (name.startsWith("${", i)) {
                i = end(name, i);
                shape.append('V');
                word = false;
            } else if (c == '/' || c == ':' || c == '*' || c == '?') {
                shape.append(c);
                word = false;
            } else if (!word) {
                shape.append('L');
                word = true;
            }
        }
    }

    static boolean hasVariable(String text) {
        return text.contains("${");
    }

    private static int end(String text, int variable) {
        int end = text.indexOf('}', variable);
        return end < 0 ? text.length() - 1 : end;
    }
}
