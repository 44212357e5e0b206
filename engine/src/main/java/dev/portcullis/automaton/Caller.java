package dev.portcullis.automaton;

/**
 * Who asks: what the text says, and the numbers that principal entries and layers are compared by. Each request keeps one
 * and fills it anew; those behind principal handles are filled once and then only read.
 */
public final class Caller {

    /** The account's root user. */
    public static final int ROOT = 0;
    /** An IAM user. */
    public static final int USER = 1;
    /** A session of a role; also a role's own ARN (section 10.8). */
    public static final int SESSION = 2;
    /** A session of {@code GetFederationToken}. */
    public static final int FEDERATED_USER = 3;
    /** An AWS service itself. */
    public static final int SERVICE = 4;
    /** A web identity or SAML caller: the provider (rule E75). */
    public static final int PROVIDER = 5;
    /** Nobody known. */
    public static final int ANONYMOUS = 6;

    /** Not in the table, or not known. */
    public static final int NONE = -1;

    int kind = ANONYMOUS;
    /** A session given as the role's own ARN. */
    boolean bareRole;
    /** A service that is a provider for one action (rule L66). */
    boolean cognito;

    boolean serviceLinked;

    /** The account, 12 digits as a number; {@link #NONE} for services, providers by name and anonymous callers. */
    long account = NONE;

    /** The caller as given, of a handle; else null, and the text is in the frame's arena. */
    String text;
    /** Where the text starts in the frame's arena, unless {@link #text} has it. */
    int start;

    int length;

    // Places within the text.

    int partitionStart;
    int partitionEnd;
    int accountStart;
    /** The name without path: of the user, of the session's role, of the federated user. */
    int nameStart;

    int nameEnd;
    /** The name of the session, to the end of the text. */
    int sessionStart;

    // Numbers in Callers.texts, or NONE.

    /** The caller's own text. */
    int self = NONE;
    /** The account's id. */
    int accountId = NONE;
    /** The account's root ARN. */
    int accountRoot = NONE;
    /** The role's ARN, when {@link #ownerKnown}. */
    int role = NONE;
    /** The ARN of the federating user, when {@link #ownerKnown}. */
    int user = NONE;
    /** The unique id of the user or role. */
    int unique = NONE;
    /** The canonical id of the account. */
    int canonical = NONE;

    /** Number of the role's or federating user's name, without path, in Callers.names. */
    int name = NONE;

    /** Whether the session's role, or the federating user, is known with its path. */
    boolean ownerKnown;

    /** Number of the user or role in the store; {@link #NONE} when it isn't there. */
    int record = NONE;
    /** The policy set of the record's identity-based policies, or {@link #NONE}. */
    int identity = NONE;
    /** The policy set of the record's boundary, or {@link #NONE}. */
    int boundary = NONE;

    void clear() {
        kind = ANONYMOUS;
        bareRole = false;
        cognito = false;
        serviceLinked = false;
        account = NONE;
        text = null;
        self = NONE;
        accountId = NONE;
        accountRoot = NONE;
        role = NONE;
        user = NONE;
        unique = NONE;
        canonical = NONE;
        name = NONE;
        ownerKnown = false;
        record(NONE, NONE, NONE);
    }

    /** Says which user or role it is, and what that one has. */
    void record(int number, int identitySet, int boundarySet) {
        record = number;
        identity = identitySet;
        boundary = boundarySet;
    }

    void copy(Caller other) {
        kind = other.kind;
        bareRole = other.bareRole;
        cognito = other.cognito;
        serviceLinked = other.serviceLinked;
        account = other.account;
        text = other.text;
        start = other.start;
        length = other.length;
        partitionStart = other.partitionStart;
        partitionEnd = other.partitionEnd;
        accountStart = other.accountStart;
        nameStart = other.nameStart;
        nameEnd = other.nameEnd;
        sessionStart = other.sessionStart;
        self = other.self;
        accountId = other.accountId;
        accountRoot = other.accountRoot;
        role = other.role;
        user = other.user;
        unique = other.unique;
        canonical = other.canonical;
        name = other.name;
        ownerKnown = other.ownerKnown;
        record(other.record, other.identity, other.boundary);
    }

    /** Makes it independent of the frame that it was filled with: its text is this. */
    public Caller detached(String given) {
        text = given;
        return this;
    }

    /** Whether it has policies of its own and can have a boundary: user, session, federated user. */
    boolean hasIdentity() {
        return kind == USER || kind == SESSION || kind == FEDERATED_USER;
    }

    /** Whether it is a principal of an account; the account's SCPs reach it (rules E46, E50). */
    boolean hasAccount() {
        return kind <= FEDERATED_USER;
    }

    /** One unit of its text. */
    char unit(int at, Frame frame) {
        String given = text;
        return given != null ? given.charAt(at) : frame.text[start + at];
    }

    /** Where its text starts in the frame; brought there if it isn't yet. */
    int place(Frame frame) {
        String given = text;
        return given != null ? frame.put(given) : start;
    }

    /** What kind of caller. */
    public int kind() {
        return kind;
    }

    /** Whether it was found in the store. */
    public boolean isKnown() {
        return record >= 0;
    }
}
