package dev.portcullis.corpus.reference;

import dev.portcullis.corpus.reference.StatementText.ActionList;
import dev.portcullis.policy.Semantics;
import dev.portcullis.policy.Semantics.Point;

/** Tests {@code Action} and {@code NotAction} (section 2 of the language). */
final class Actions {

    private Actions() {}

    static boolean match(ActionList list, String action, Semantics semantics) {
        // L18; U29
        if (list.entries().isEmpty()) {
            return list.not() && !semantics.is(Point.EMPTY_NOT_LIST_HAS_NO_EFFECT);
        }
        boolean listed = false;
        for (String entry : list.entries()) {
            // L34
            listed = listed || matches(entry, action);
        }
        // L35
        return listed != list.not();
    }

    /** L29 to L33: letter case doesn't count; prefix and name are each matched whole, the colon is fixed (U6). */
    private static boolean matches(String pattern, String action) {
        // L32
        if (pattern.equals("*")) {
            return true;
        }
        int patternColon = pattern.indexOf(':');
        int actionColon = action.indexOf(':');
        String lowerPattern = Letters.lowerAscii(pattern);
        String lowerAction = Letters.lowerAscii(action);
        return glob(lowerPattern.substring(0, patternColon)).matches(lowerAction.substring(0, actionColon))
                && glob(lowerPattern.substring(patternColon + 1)).matches(lowerAction.substring(actionColon + 1));
    }

    private static Glob glob(String text) {
        Glob.Builder glob = new Glob.Builder();
        for (int i = 0; i < text.length(); i++) {
            switch (text.charAt(i)) {
                case '*' -> glob.star();
                case '?' -> glob.question();
                default -> glob.literal(text.charAt(i));
            }
        }
        return glob.build();
    }
}
