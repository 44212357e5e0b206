package dev.portcullis.policy;

/** Every bound on what is read. Exceeding one is a diagnostic or an {@code IllegalArgumentException}, never a hang. */
public final class Limits {

    /** Bytes of one document; far above AWS's largest quota (rule L25), since AWS's own policies exceed them. */
    public static final int DOCUMENT_BYTES = 1 << 20;

    /** Nesting of arrays and objects; a valid policy needs 6. */
    public static final int NESTING = 32;

    /** Statements of one document. */
    public static final int STATEMENTS = 10_000;

    /** Entries of one list. */
    public static final int LIST_ENTRIES = 50_000;

    /** Members of one object; a condition operator that tests as many keys has never been seen. */
    public static final int OBJECT_MEMBERS = 1_000;

    /** Characters of one JSON number. */
    public static final int NUMBER_UNITS = 1_000;

    /**
     * UTF-16 units of one action, resource or condition value pattern. One of m units takes at most {@code n * m / 32 + 16 *
     * n} steps for a text of n units.
     */
    public static final int PATTERN_UNITS = 2_048;

    /** {@code *} and {@code ?} of one pattern. */
    public static final int PATTERN_WILDCARDS = 1_024;

    /** Variables of one string. */
    public static final int PATTERN_VARIABLES = 32;

    /** Problems reported of one document; the rest is counted. */
    public static final int DIAGNOSTICS = 200;

    /** UTF-16 units of one context value of a request. */
    public static final int CONTEXT_VALUE_UNITS = 8_192;

    /** UTF-16 units of a request's resource ARN (the simulator takes 2,048). */
    public static final int RESOURCE_UNITS = 8_192;

    /** UTF-16 units of a request's action (the simulator takes 128). */
    public static final int ACTION_UNITS = 256;

    /** Context keys of one request. */
    public static final int CONTEXT_KEYS = 512;

    /** Values of all context keys of one request. */
    public static final int CONTEXT_VALUES = 4_096;

    /** Policies that come with one request (session policies: 1 inline and 10 managed, rule E39). */
    public static final int SESSION_POLICIES = 11;

    /** Bytes of the compiled session policies that an engine keeps for texts it has seen, the texts included. */
    public static final int SESSION_CACHE_BYTES = 32 << 20;

    /**
     * Principals, accounts, resources and documents that a version of an engine may have other than as they were compiled,
     * those that are gone included: past it the store is to be compiled anew. Some 150 bytes each.
     */
    public static final int PATCHES = 1 << 18;

    // Of what a store compiles to; the same when it is read from an image. Far above what a million policies need.

    /** Distinct statements. */
    public static final int COMPILED_STATEMENTS = 1 << 26;

    /** Resource patterns of distinct statements. */
    public static final int COMPILED_PATTERNS = 1 << 28;

    /** Distinct conditions. */
    public static final int COMPILED_PREDICATES = 1 << 26;

    /** Distinct policy sets: what one layer says of one principal, account or resource. */
    public static final int COMPILED_SETS = 1 << 27;

    /** States: pairs of a policy set and a service, and the statements listed for each. */
    public static final int COMPILED_STATES = 1 << 29;

    /** Texts of one table: actions, context keys, principals or resources. */
    public static final int COMPILED_TEXTS = 1 << 27;

    /** UTF-16 units of all texts of one table; also of all literal parts of patterns. */
    public static final int COMPILED_TEXT_UNITS = 1 << 30;

    /** Numbers that statements and conditions, patterns, or lists are made of. */
    public static final int COMPILED_WORDS = 1 << 30;

    /** Bytes of where statements come from, which explanations tell. */
    public static final int COMPILED_SOURCE_BYTES = 1 << 30;

    /** Bytes of an image. */
    public static final long IMAGE_BYTES = 64L << 30;

    /** Arrays of an image. */
    public static final int IMAGE_SECTIONS = 256;

    /** Levels of units below an organization's root (AWS has 5). */
    public static final int ORGANIZATION_DEPTH = 10;

    /** Bytes of a {@code store.json} or of one account's authorization details. */
    public static final int STORE_BYTES = 256 << 20;

    // Quotas of AWS (rule L25), in characters without the white space between tokens, unless said otherwise.
    // AWS's own policies may exceed them, so exceeding one is a warning.

    /** A managed identity-based policy or permissions boundary. */
    public static final int MANAGED_POLICY_CHARACTERS = 6_144;

    /** A role trust policy, raised on request. */
    public static final int TRUST_POLICY_CHARACTERS = 4_096;

    /** A session policy. */
    public static final int SESSION_POLICY_CHARACTERS = 2_048;

    /** A service control policy, white space included (U21). */
    public static final int SERVICE_CONTROL_POLICY_CHARACTERS = 10_240;

    /** A resource control policy, white space included. */
    public static final int RESOURCE_CONTROL_POLICY_CHARACTERS = 5_120;

    /** A resource-based policy; the largest of the services (S3). */
    public static final int RESOURCE_POLICY_CHARACTERS = 20_480;

    private Limits() {}
}
