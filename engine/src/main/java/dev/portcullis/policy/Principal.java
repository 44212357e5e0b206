package dev.portcullis.policy;

/** One entry of a {@code Principal} element (rules L58 to L72). */
public sealed interface Principal {

    /** Where the entry stands. */
    Span span();

    /** The entry's text. */
    String text();

    /** {@code "*"} or {@code {"AWS": "*"}}: everyone, anonymous callers included (rule L69). */
    record Everyone(Span span) implements Principal {
        @Override
        public String text() {
            return "*";
        }
    }

    /**
     * An account, written as 12 digits or as {@code arn:…:iam::ID:root}; both mean the same (rule L60).
     *
     * @param text as written
     * @param accountId the 12 digits
     */
    record Account(String text, String accountId, Span span) implements Principal {}

    /** An IAM user's ARN; also reaches that user's federated sessions (rules L62, E19). */
    record User(String text, Span span) implements Principal {}

    /** An IAM role's ARN: the sessions of that role (rule L63). */
    record Role(String text, Span span) implements Principal {}

    /** An assumed-role session's ARN: that one session (rule L64). */
    record RoleSession(String text, Span span) implements Principal {}

    /** An STS federated user's ARN (rule L65). */
    record FederatedUser(String text, Span span) implements Principal {}

    /** A unique id ({@code AIDA…}, {@code AROA…}) in place of an ARN (rule L72). */
    record UniqueId(String text, Span span) implements Principal {}

    /**
     * A name that matches no caller: a group, or one with a wildcard inside (rules L70, L71, E25, E26). AWS refuses to
     * save it; only stored documents have it. In {@code NotPrincipal} it spares nobody.
     */
    record Nobody(String text, Span span) implements Principal {}

    /** {@code Service}: an AWS service, compared exactly (rule L67). */
    record Service(String text, Span span) implements Principal {}

    /** {@code Federated}: an OIDC or SAML provider; role trust policies only (rule L66). */
    record Federated(String text, Span span) implements Principal {}

    /** {@code CanonicalUser}: an S3 canonical user id (rule L68). */
    record CanonicalUser(String text, Span span) implements Principal {}
}
