package dev.portcullis.corpus.generate;

import java.util.List;

/** Makes patterns out of texts, so that some texts match them and others nearly do. For one thread. */
final class PatternGenerator {

    private static final List<String> WILDCARDS = List.of("*", "*", "*", "?", "**", "*?", "?*", "??", "*?*");
    private static final List<String> SYMBOLS = List.of("${*}", "${?}", "${$}", "$", "}", "*", "?");
    private static final List<String> DEFAULTS =
            List.of("", "a", "team", "models", "x*", "a:b", "\u03A3", "?", "b c", "alice");

    private final RandomNumbers random;

    PatternGenerator(RandomNumbers random) {
        this.random = random;
    }

    /** An action pattern (rules L29 to L33). */
    String action() {
        String action = random.one(Values.ACTIONS);
        int colon = action.indexOf(':');
        String service = action.substring(0, colon);
        String name = action.substring(colon + 1);
        String pattern = switch (random.below(12)) {
            case 0 -> "*";
            case 1 -> service + ":*";
            case 2 -> service + ":" + wild(name);
            case 3 -> service + ":" + name.substring(0, 1) + "*";
            case 4 -> service + ":*" + name.substring(name.length() - 1);
            case 5 -> random.chance(50) ? "*:*" : "*:" + name;
            case 6 -> wild(service) + ":" + (random.chance(50) ? name : wild(name));
            case 7 -> service + ":" + random.one(WILDCARDS);
            case 8 -> "nosuch:" + name;
            default -> action;
        };
        return random.chance(15) ? otherCase(pattern) : pattern;
    }

    /** A resource pattern. */
    String resource(boolean variables, boolean mayBeShort) {
        if (random.chance(18)) {
            return "*";
        }
        String arn = random.one(Values.RESOURCES);
        for (int change = random.below(4); change > 0; change--) {
            arn = changed(arn, variables);
        }
        if (mayBeShort && random.chance(6)) {
            String[] fields = (mayBeCut(arn) ? arn : "arn:aws:s3:::models").split(":", 6);
            arn = String.join(":", List.of(fields).subList(0, Math.max(1, random.below(fields.length))));
            return arn.equals("arn") ? "arn:aws" : arn;
        }
        return arn;
    }

    private String changed(String arn, boolean variables) {
        if (!mayBeCut(arn)) {
            return arn + random.one(WILDCARDS);
        }
        String[] fields = arn.split(":", 6);
        int field = random.between(1, fields.length - 1);
        String old = fields[field];
        fields[field] = switch (random.below(10)) {
            case 0 -> "*";
            case 1 -> "";
            case 2 -> random.one(WILDCARDS);
            case 3 -> old + "*";
            case 4 -> "*" + old;
            case 5 -> field == 5 || random.chance(25) ? withVariable(old, variables) : old;
            case 6 -> field == 5 ? old.substring(0, old.indexOf('/') + 1) + "*" : "*";
            case 7 -> field == 5 && random.chance(30) ? old + ":*" : old + "?";
            default -> wild(old);
        };
        return String.join(":", fields);
    }

    /** A value of a String or Arn operator. */
    String text(List<String> pool, boolean wildcards, boolean variables) {
        String text = random.one(pool);
        if (wildcards && random.chance(45)) {
            text = wild(text);
        }
        return random.chance(15) ? withVariable(text, variables) : text;
    }

    /** Puts wildcards in the place of parts, or between them. */
    String wild(String text) {
        if (!mayBeCut(text)) {
            return random.chance(50) ? text + random.one(WILDCARDS) : random.one(WILDCARDS) + text;
        }
        int from = random.below(text.length() + 1);
        int to = Math.min(text.length(), from + random.below(3));
        String wild = text.substring(0, from) + random.one(WILDCARDS) + text.substring(to);
        return random.chance(30) && wild.length() < 80 ? wild(wild) : wild;
    }

    /** Puts in a variable (rules L136 to L141), or the like. */
    private String withVariable(String text, boolean variables) {
        int from = mayBeCut(text) ? random.below(text.length() + 1) : text.length();
        int to = Math.min(text.length(), from + random.below(8));
        String inserted = random.chance(25) ? random.one(SYMBOLS) : variable();
        if (!variables && inserted.startsWith("${") && random.chance(50)) {
            inserted = "*";
        }
        return text.substring(0, from) + inserted + text.substring(to);
    }

    /** A document takes no half variables and no half surrogate pairs. */
    private static boolean mayBeCut(String text) {
        return !text.contains("${") && text.chars().noneMatch(unit -> Character.isSurrogate((char) unit));
    }

    private String variable() {
        String key = random.one(Values.KEYS);
        if (random.chance(20)) {
            key = otherCase(key);
        }
        return "${" + key + (random.chance(30) ? ", '" + random.one(DEFAULTS) + "'" : "") + "}";
    }

    /** The same in other letter case, or nearly: also in letters whose lower case is unusual (rule L92). */
    String otherCase(String text) {
        StringBuilder other = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            if (letter && random.chance(50)) {
                other.append((char) (c ^ 0x20));
            } else if (c > '~' && random.chance(60)) {
                other.append(otherCase(c));
            } else {
                other.append(c);
            }
        }
        return other.toString();
    }

    private String otherCase(char letter) {
        return switch (letter) {
            case '\u03A3', '\u03C3', '\u03C2' -> random.one(List.of("\u03A3", "\u03C3", "\u03C2"));
            case '\u0130' -> random.one(List.of("i\u0307", "i", "\u0130"));
            case '\u00DF' -> random.one(List.of("ss", "\u1E9E", "\u00DF"));
            default -> Character.toString(Character.toUpperCase(letter));
        };
    }
}
