package dev.portcullis.automaton;

/**
 * Every principal that the store or a policy names, and how a caller's text is translated into numbers. Immutable.
 *
 * <pre>
 *   texts      what principal entries say: ARNs, account ids, services, providers, unique ids
 *   names      "role:partition:account:name" and "user:…" of entries: a session's ARN has no path (rule E25)
 *   arns       ARNs of the store's users and roles; the number is the record
 *   roleNames  "role:partition:account:name" of the store's roles      roleRecords   their records
 *
 *   record     identity   number of the policy set          boundary   of the boundary's set, or NONE
 *              entry, unique   numbers in texts             flags      SERVICE_LINKED
 * </pre>
 */
public final class Callers {

    public static final int ENTRY_EVERYONE = 0;
    public static final int ENTRY_ACCOUNT = 1;
    public static final int ENTRY_USER = 2;
    public static final int ENTRY_ROLE = 3;
    public static final int ENTRY_SESSION = 4;
    public static final int ENTRY_FEDERATED_USER = 5;
    public static final int ENTRY_UNIQUE_ID = 6;
    public static final int ENTRY_SERVICE = 7;
    public static final int ENTRY_PROVIDER = 8;
    public static final int ENTRY_CANONICAL_USER = 9;
    public static final int ENTRY_NOBODY = 10;

    /** Ints of an entry of a principal list: kind, number in texts, number in names. */
    public static final int ENTRY_INTS = 3;

    final TextTable texts;
    final TextTable names;
    final TextTable arns;
    private final TextTable roleNames;
    private final int[] roleRecords;
    final int[] identity;
    final int[] boundary;
    private final int[] entry;
    private final int[] unique;
    private final boolean[] serviceLinked;

    public Callers(
            TextTable texts,
            TextTable names,
            TextTable arns,
            TextTable roleNames,
            int[] roleRecords,
            int[] identity,
            int[] boundary,
            int[] entry,
            int[] unique,
            boolean[] serviceLinked) {
        this.texts = texts;
        this.names = names;
        this.arns = arns;
        this.roleNames = roleNames;
        this.roleRecords = roleRecords;
        this.identity = identity;
        this.boundary = boundary;
        this.entry = entry;
        this.unique = unique;
        this.serviceLinked = serviceLinked;
    }

    /** The name key of a user's or role's ARN, without its path. */
    public static String nameKey(String arn) {
        String[] fields = arn.split(":", 6);
        String rest = fields[5];
        return rest.substring(0, 4) + ":" + fields[1] + ":" + fields[4] + ":"
                + rest.substring(rest.lastIndexOf('/') + 1);
    }

    /**
     * Translates a caller.
     *
     * @return false if the text is nobody who can ask
     */
    public boolean resolve(String given, Frame frame, Caller caller) {
        caller.clear();
        caller.text = given;
        int length = given.length();
        int start = frame.reserve(length);
        given.getChars(0, length, frame.text, start);
        int end = start + length;
        caller.self = texts.find(frame.text, start, length);
        if (starts(frame.text, start, end, "arn:")) {
            return arn(frame, start, end, caller);
        }
        if (given.equals("anonymous")) {
            caller.kind = Caller.ANONYMOUS;
            return true;
        }
        if (given.equals("www.amazon.com")
                || given.equals("graph.facebook.com")
                || given.equals("accounts.google.com")) {
            caller.kind = Caller.PROVIDER;
            return true;
        }
        caller.kind = Caller.SERVICE;
        return isServiceName(frame.text, start, end);
    }

    /** Gives a federated session the policies of its user (rule E40). */
    boolean resolveFederatingUser(String given, Frame frame, Caller caller) {
        int length = given.length();
        int start = frame.reserve(length);
        given.getChars(0, length, frame.text, start);
        if (!frame.splitArn(start, start + length)) {
            return false;
        }
        int[] bounds = frame.arnBounds;
        if (Heads.accountNumber(frame.text, bounds[4] + 1, bounds[5]) != caller.account
                || !starts(frame.text, bounds[5] + 1, start + length, "user/")) {
            return false;
        }
        caller.user = texts.find(frame.text, start, length);
        caller.ownerKnown = true;
        int record = arns.find(frame.text, start, length);
        caller.record = record;
        caller.unique = record >= 0 ? unique[record] : Caller.NONE;
        return true;
    }

    private static boolean starts(char[] text, int start, int end, String prefix) {
        int length = prefix.length();
        if (end - start < length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (text[start + i] != prefix.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Words of letters, digits, {@code -} and {@code _}, at least two, joined by dots (rule L67). */
    private static boolean isServiceName(char[] text, int start, int end) {
        boolean dot = false;
        for (int at = start; at < end; at++) {
            char unit = text[at];
            boolean word = (unit >= 'a' && unit <= 'z')
                    || (unit >= 'A' && unit <= 'Z')
                    || (unit >= '0' && unit <= '9')
                    || unit == '-'
                    || unit == '_';
            boolean inner = unit == '.' && at > start && at < end - 1 && text[at - 1] != '.';
            if (!word && !inner) {
                return false;
            }
            dot |= inner;
        }
        return dot;
    }

    private boolean arn(Frame frame, int start, int end, Caller caller) {
        int[] bounds = frame.arnBounds;
        if (!frame.splitArn(start, end)) {
            return false;
        }
        char[] text = frame.text;
        int partition = bounds[1] + 1;
        int rest = bounds[5] + 1;
        boolean emptyRegion = bounds[4] == bounds[3] + 1;
        long account = Heads.accountNumber(text, bounds[4] + 1, bounds[5]);
        if (partition == bounds[2] || !emptyRegion || account < 0) {
            return false;
        }
        caller.account = account;
        caller.partitionStart = partition - start;
        caller.partitionEnd = bounds[2] - start;
        caller.accountId = texts.find(text, bounds[4] + 1, 12);
        caller.accountRoot = rootEntry(frame, partition, bounds[2], bounds[4] + 1);
        boolean iam = starts(text, bounds[2] + 1, bounds[3] + 1, "iam:");
        boolean sts = starts(text, bounds[2] + 1, bounds[3] + 1, "sts:");
        return iam ? iam(frame, start, rest, end, caller) : sts && sts(frame, rest, end, caller);
    }

    private boolean iam(Frame frame, int start, int rest, int end, Caller caller) {
        char[] text = frame.text;
        if (end - rest == 4 && starts(text, rest, end, "root")) {
            caller.kind = Caller.ROOT;
            return true;
        }
        if (text[end - 1] == '/') {
            return false;
        }
        if (starts(text, rest, end, "user/")) {
            caller.kind = Caller.USER;
        } else if (starts(text, rest, end, "role/")) {
            caller.kind = Caller.SESSION;
            caller.bareRole = true;
            caller.role = caller.self;
            caller.ownerKnown = true;
            caller.serviceLinked = starts(text, rest, end, "role/aws-service-role/");
        } else {
            caller.kind = Caller.PROVIDER;
            return starts(text, rest, end, "saml-provider/") || starts(text, rest, end, "oidc-provider/");
        }
        found(arns.find(text, start, end - start), caller);
        return true;
    }

    private void found(int record, Caller caller) {
        caller.record = record;
        if (record >= 0) {
            caller.unique = unique[record];
            caller.serviceLinked |= serviceLinked[record];
            if (caller.kind == Caller.SESSION) {
                caller.role = entry[record];
                caller.ownerKnown = true;
            }
        }
    }

    private boolean sts(Frame frame, int rest, int end, Caller caller) {
        char[] text = frame.text;
        if (starts(text, rest, end, "assumed-role/")) {
            int name = rest + "assumed-role/".length();
            int slash = slash(text, name, end);
            if (slash == name || slash >= end - 1 || slash(text, slash + 1, end) < end) {
                return false;
            }
            caller.kind = Caller.SESSION;
            int key = nameKey(frame, "role:", name, slash);
            int length = frame.keyLength;
            caller.name = names.find(frame.text, key, length);
            int known = roleNames.find(frame.text, key, length);
            found(known < 0 ? Caller.NONE : roleRecords[known], caller);
            return true;
        }
        if (starts(text, rest, end, "federated-user/")) {
            int name = rest + "federated-user/".length();
            if (name == end || slash(text, name, end) < end) {
                return false;
            }
            caller.kind = Caller.FEDERATED_USER;
            int key = nameKey(frame, "user:", name, end);
            caller.name = names.find(frame.text, key, frame.keyLength);
            return true;
        }
        return false;
    }

    private static int slash(char[] text, int from, int end) {
        int at = from;
        while (at < end && text[at] != '/') {
            at++;
        }
        return at;
    }

    private int rootEntry(Frame frame, int partition, int partitionEnd, int account) {
        int into = frame.reserve(partitionEnd - partition + 64);
        char[] text = frame.text;
        int at = put(text, into, "arn:");
        at = copy(text, partition, partitionEnd, at);
        at = put(text, at, ":iam::");
        at = copy(text, account, account + 12, at);
        at = put(text, at, ":root");
        return texts.find(text, into, at - into);
    }

    /** Writes {@code kind partition : account : name}; its length goes to the frame. */
    private static int nameKey(Frame frame, String kind, int name, int nameEnd) {
        int[] bounds = frame.arnBounds;
        int partition = bounds[1] + 1;
        int partitionEnd = bounds[2];
        int account = bounds[4] + 1;
        int into = frame.reserve(kind.length() + partitionEnd - partition + 14 + nameEnd - name);
        char[] text = frame.text;
        int at = put(text, into, kind);
        at = copy(text, partition, partitionEnd, at);
        text[at++] = ':';
        at = copy(text, account, account + 12, at);
        text[at++] = ':';
        at = copy(text, name, nameEnd, at);
        frame.keyLength = at - into;
        return into;
    }

    private static int put(char[] text, int at, String literal) {
        literal.getChars(0, literal.length(), text, at);
        return at + literal.length();
    }

    private static int copy(char[] text, int from, int to, int at) {
        System.arraycopy(text, from, text, at, to - from);
        return at + to - from;
    }
}
