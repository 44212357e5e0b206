package dev.portcullis.policy;

/** How grave a finding is; the classes are those of IAM Access Analyzer (rule L155), gravest first. */
public enum Severity {
    /** The document is refused. */
    ERROR,
    /** The document is taken, and grants more than its author may think. */
    SECURITY_WARNING,
    /** The document is taken, and probably doesn't mean what its author thinks. */
    WARNING,
    /** An improvement that changes no permission. */
    SUGGESTION
}
