package dev.portcullis.automaton;

/** How action names and context keys are folded before they are compared (rules L30, L80). */
public final class Folding {

    private Folding() {}

    /** A unit of an action name: ASCII letters to lower case. */
    public static char action(char unit) {
        return unit >= 'A' && unit <= 'Z' ? (char) (unit | 0x20) : unit;
    }

    /** A whole action name. */
    public static String action(String text) {
        int upper = 0;
        while (upper < text.length() && action(text.charAt(upper)) == text.charAt(upper)) {
            upper++;
        }
        if (upper == text.length()) {
            return text;
        }
        StringBuilder folded = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            folded.append(action(text.charAt(i)));
        }
        return folded.toString();
    }

    /** A whole context key, whose tag part may hold letters beyond ASCII (rule L81). */
    public static String key(String text) {
        return Lowering.lower(text);
    }
}
