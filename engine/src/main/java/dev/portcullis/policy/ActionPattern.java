package dev.portcullis.policy;

/**
 * One entry of an action list: {@code *}, or {@code service:name} where both parts may hold {@code *} and {@code ?}
 * (rules L29 to L33). Compared ignoring ASCII case.
 *
 * @param text the entry as written, escapes resolved
 * @param span the entry with its quotes
 */
public record ActionPattern(String text, Span span) {

    /** Whether this is the single {@code *}: every action of every service (rule L32). */
    public boolean isEverything() {
        return text.equals("*");
    }

    /** The part before the colon; {@code *} if there is none. */
    public String service() {
        int colon = text.indexOf(':');
        return colon < 0 ? text : text.substring(0, colon);
    }

    /** The part after the colon; {@code *} if there is none. */
    public String name() {
        int colon = text.indexOf(':');
        return colon < 0 ? text : text.substring(colon + 1);
    }
}
