package dev.portcullis.policy;

/**
 * One entry of a resource list: {@code *} or an ARN with wildcards and variables (rules L39 to L54).
 *
 * @param text the entry split into its segments; those of a shortened ARN are completed to six fields (rule L48), its
 *     source is as written
 * @param completed whether it was shortened: such a pattern is matched field by field (U8)
 * @param span the entry with its quotes
 */
public record ResourcePattern(TextPattern text, boolean completed, Span span) {

    /** An entry as written, with all its fields. */
    public ResourcePattern(TextPattern text, Span span) {
        this(text, false, span);
    }

    /** Whether this is the single {@code *}, which also covers requests without a resource (rules L40, L52). */
    public boolean isEverything() {
        return text.source().equals("*");
    }
}
