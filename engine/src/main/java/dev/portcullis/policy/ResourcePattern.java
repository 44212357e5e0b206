package dev.portcullis.policy;

/**
 * One entry of a resource list: {@code *} or an ARN with wildcards and variables (rules L39 to L54).
 *
 * @param text the entry split into its segments; an identity-based policy's shortened ARN is already completed to six
 *     fields (rule L48)
 * @param span the entry with its quotes
 */
public record ResourcePattern(TextPattern text, Span span) {

    /** Whether this is the single {@code *}, which also covers requests without a resource (rules L40, L52). */
    public boolean isEverything() {
        return text.source().equals("*");
    }
}
