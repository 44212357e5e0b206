package dev.portcullis.automaton;

/**
 * Every principal that the store or a policy names, and how a caller's text is translated into numbers. Immutable.
 *
 * <pre>
 *   texts      what principal entries say: ARNs, account ids, services, providers, unique ids
 *   names      "role:partition:account:name" and "user:…" of entries: a session's ARN has no path (rule E25)
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

    /** Units of a root ARN and of a name key, besides what is copied from the caller's text. */
    private static final int ROOT_UNITS = 4 + 6 + Arns.ACCOUNT_UNITS + 5;

    private static final int KEY_UNITS = 5 + 1 + Arns.ACCOUNT_UNITS + 1;

    final TextTable texts;
    final TextTable names;
    final CallerRecords records;
    /** By record. */
    final Tags tags;

    /** Whether some principal entry names a session. */
    private final boolean namesSessions;

    public Callers(TextTable texts, TextTable names, CallerRecords records, Tags tags, boolean namesSessions) {
        this.texts = texts;
        this.names = names;
        this.records = records;
        this.tags = tags;
        this.namesSessions = namesSessions;
    }

    void write(ArraySink out) {
        texts.write("callers.texts", out);
        names.write("callers.names", out);
        records.write(out);
        out.bytes("callers.flags", (byte) (namesSessions ? 1 : 0));
        tags.write("callers.tags", out);
    }

    static Callers read(int sets, ArraySource in) {
        TextTable texts = TextTable.read("callers.texts", in);
        TextTable names = TextTable.read("callers.names", in);
        CallerRecords records = CallerRecords.read(texts.size(), sets, in);
        byte[] flags = in.bytes("callers.flags");
        in.requireLength("callers.flags", flags.length, 1);
        return new Callers(texts, names, records, Tags.read("callers.tags", records.size(), in), flags[0] != 0);
    }

    /** Appends the unique id of a user or role; its start, or {@link Caller#NONE} when it isn't known. */
    int putUniqueId(int record, Frame frame) {
        int number = records.unique(record);
        return number < 0 ? Caller.NONE : texts.put(number, frame);
    }

    /** The name key of a user's or role's ARN, without its path. */
    public static String nameKey(String arn) {
        String[] fields = arn.split(":", 6);
        String rest = fields[5];
        return rest.substring(0, 4) + ":" + fields[1] + ":" + fields[4] + ":"
                + rest.substring(rest.lastIndexOf('/') + 1);
    }

    /** The number of a principal entry's text, or {@link Caller#NONE}; allocates. */
    public int text(String text) {
        return texts.find(text);
    }

    /** The number of a {@link #nameKey}, or {@link Caller#NONE}; allocates. */
    public int name(String key) {
        return names.find(key);
    }

    /** How many texts there are. */
    public int textCount() {
        return texts.size();
    }

    /** How many names there are. */
    public int nameCount() {
        return names.size();
    }

    /** A caller who is a user or role of the store, by the String's own hash; null if it must be read. */
    Caller find(String principal, LastCallers last) {
        if (principal.length() < 11 || principal.charAt(8) == 's') {
            return null;
        }
        return records.find(principal, last);
    }

    /**
     * Translates the caller whose text stands in the frame's arena.
     *
     * @return false if the text is nobody who can ask
     */
    boolean resolve(Frame frame, int start, int length, Caller caller) {
        caller.clear();
        caller.start = start;
        caller.length = length;
        return records.fill(frame.text, start, length, namesSessions, caller) || read(frame, start, length, caller);
    }

    /** Reads a caller who isn't a user, role or session of the store, or is an unusual one. */
    private boolean read(Frame frame, int start, int length, Caller caller) {
        char[] text = frame.text;
        int end = start + length;
        caller.self = texts.find(text, start, length);
        if (starts(text, start, end, "arn:")) {
            return arn(frame, start, end, caller);
        }
        if (is(text, start, end, "anonymous")) {
            caller.kind = Caller.ANONYMOUS;
            return true;
        }
        // L66
        if (is(text, start, end, "www.amazon.com")
                || is(text, start, end, "graph.facebook.com")
                || is(text, start, end, "accounts.google.com")) {
            caller.kind = Caller.PROVIDER;
            return true;
        }
        caller.kind = Caller.SERVICE;
        caller.cognito = is(text, start, end, "cognito-identity.amazonaws.com");
        return isServiceName(text, start, end);
    }

    /** Gives a session the role that the request tells; false if it isn't the session's. */
    boolean tellRole(Frame frame, Facts facts, Caller caller) {
        int start = facts.role;
        int end = facts.roleEnd;
        int[] bounds = frame.arnBounds;
        if (!frame.splitArn(start, end)) {
            return false;
        }
        char[] text = frame.text;
        int rest = bounds[5] + 1;
        int name = lastSlash(text, rest, end) + 1;
        boolean same = samePlace(frame, bounds, caller)
                && starts(text, rest, end, "role/")
                && end - name == caller.nameEnd - caller.nameStart;
        for (int at = name; same && at < end; at++) {
            same = text[at] == caller.unit(caller.nameStart + at - name, frame);
        }
        if (!same) {
            return false;
        }
        caller.unique = Caller.NONE;
        caller.serviceLinked = false;
        found(records.arns.find(text, start, end - start), caller);
        caller.role = texts.find(text, start, end - start);
        caller.ownerKnown = true;
        return true;
    }

    /** Gives a federated session the policies of its user (rule E40); false if he isn't of its account. */
    boolean tellUser(Frame frame, Facts facts, Caller caller) {
        int start = facts.user;
        int length = facts.userEnd - start;
        int[] bounds = frame.arnBounds;
        if (!frame.splitArn(start, facts.userEnd)) {
            return false;
        }
        char[] text = frame.text;
        boolean user = starts(text, bounds[2] + 1, bounds[3] + 1, "iam:")
                && Heads.accountNumber(text, bounds[4] + 1, bounds[5]) == caller.account
                && starts(text, bounds[5] + 1, facts.userEnd, "user/");
        if (!user) {
            return false;
        }
        caller.user = texts.find(text, start, length);
        caller.ownerKnown = true;
        int record = records.arns.find(text, start, length);
        records.name(record, caller);
        caller.unique = record >= 0 ? records.unique(record) : Caller.NONE;
        return true;
    }

    /** Gives the caller the ids that the request tells. */
    void tellIds(Frame frame, Facts facts, Caller caller) {
        if (facts.unique >= 0 && caller.hasIdentity()) {
            caller.unique = texts.find(frame.text, facts.unique, facts.uniqueEnd - facts.unique);
        }
        if (facts.canonical >= 0 && caller.hasAccount()) {
            caller.canonical = texts.find(frame.text, facts.canonical, facts.canonicalEnd - facts.canonical);
        }
    }

    /** Whether an ARN is IAM's, of the caller's partition and account. */
    private static boolean samePlace(Frame frame, int[] bounds, Caller caller) {
        char[] text = frame.text;
        int partition = bounds[1] + 1;
        int length = bounds[2] - partition;
        boolean same = length == caller.partitionEnd - caller.partitionStart
                && starts(text, bounds[2] + 1, bounds[3] + 1, "iam:")
                && bounds[4] == bounds[3] + 1
                && Heads.accountNumber(text, bounds[4] + 1, bounds[5]) == caller.account;
        for (int i = 0; same && i < length; i++) {
            same = text[partition + i] == caller.unit(caller.partitionStart + i, frame);
        }
        return same;
    }

    private static boolean is(char[] text, int start, int end, String word) {
        return end - start == word.length() && starts(text, start, end, word);
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
        if (!frame.splitArn(start, end) || hasWildcard(frame.text, start, end)) {
            return false;
        }
        char[] text = frame.text;
        int rest = bounds[5] + 1;
        boolean emptyPartition = bounds[1] + 1 == bounds[2];
        boolean emptyRegion = bounds[4] == bounds[3] + 1;
        long account = Heads.accountNumber(text, bounds[4] + 1, bounds[5]);
        if (emptyPartition || !emptyRegion || account < 0) {
            return false;
        }
        caller.account = account;
        caller.partitionStart = bounds[1] + 1 - start;
        caller.partitionEnd = bounds[2] - start;
        caller.accountStart = bounds[4] + 1 - start;
        caller.accountId = texts.find(text, bounds[4] + 1, Arns.ACCOUNT_UNITS);
        boolean iam = starts(text, bounds[2] + 1, bounds[3] + 1, "iam:");
        boolean sts = starts(text, bounds[2] + 1, bounds[3] + 1, "sts:");
        if (iam ? !iam(frame, start, rest, end, caller) : !sts || !sts(frame, start, rest, end, caller)) {
            return false;
        }
        int root = rootArn(frame, start, caller);
        caller.accountRoot = texts.find(frame.text, root, frame.end - root);
        return true;
    }

    /** L70: a wildcard in a policy's principal must never find its like in a request. */
    private static boolean hasWildcard(char[] text, int start, int end) {
        boolean found = false;
        for (int at = start; at < end; at++) {
            found |= text[at] == '*' || text[at] == '?';
        }
        return found;
    }

    private boolean iam(Frame frame, int start, int rest, int end, Caller caller) {
        char[] text = frame.text;
        if (is(text, rest, end, "root")) {
            caller.kind = Caller.ROOT;
            return true;
        }
        if (text[end - 1] == '/') {
            return false;
        }
        caller.nameStart = lastSlash(text, rest, end) + 1 - start;
        caller.nameEnd = end - start;
        if (starts(text, rest, end, "user/")) {
            caller.kind = Caller.USER;
        } else if (starts(text, rest, end, "role/")) {
            caller.kind = Caller.SESSION;
            caller.bareRole = true;
            caller.role = caller.self;
            caller.ownerKnown = true;
        } else {
            caller.kind = Caller.PROVIDER;
            return starts(text, rest, end, "saml-provider/") || starts(text, rest, end, "oidc-provider/");
        }
        found(records.arns.find(text, start, end - start), caller);
        return true;
    }

    private void found(int record, Caller caller) {
        records.name(record, caller);
        if (record >= 0) {
            caller.unique = records.unique(record);
            caller.serviceLinked = records.isServiceLinked(record);
            if (caller.kind == Caller.SESSION) {
                caller.role = records.text(record);
                caller.ownerKnown = true;
            }
        }
    }

    private boolean sts(Frame frame, int start, int rest, int end, Caller caller) {
        char[] text = frame.text;
        if (starts(text, rest, end, "assumed-role/")) {
            int name = rest + "assumed-role/".length();
            int slash = slash(text, name, end);
            if (slash == name || slash >= end - 1 || slash(text, slash + 1, end) < end) {
                return false;
            }
            caller.kind = Caller.SESSION;
            caller.nameStart = name - start;
            caller.nameEnd = slash - start;
            caller.sessionStart = slash + 1 - start;
            int key = nameKey(frame, start, caller);
            caller.name = names.find(frame.text, key, frame.end - key);
            found(records.role(text, start, slash), caller);
            return true;
        }
        if (starts(text, rest, end, "federated-user/")) {
            int name = rest + "federated-user/".length();
            if (name == end || slash(text, name, end) < end) {
                return false;
            }
            caller.kind = Caller.FEDERATED_USER;
            caller.nameStart = name - start;
            caller.nameEnd = end - start;
            int key = nameKey(frame, start, caller);
            caller.name = names.find(frame.text, key, frame.end - key);
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

    /** The last slash before {@code end}, or the unit before {@code from}. */
    private static int lastSlash(char[] text, int from, int end) {
        int at = end - 1;
        while (at >= from && text[at] != '/') {
            at--;
        }
        return at;
    }

    /** Appends the root ARN of the account of the caller whose text starts at {@code start}; where it begins. */
    static int rootArn(Frame frame, int start, Caller caller) {
        int partition = start + caller.partitionStart;
        int partitionEnd = start + caller.partitionEnd;
        int into = frame.reserve(partitionEnd - partition + ROOT_UNITS);
        char[] text = frame.text;
        int at = write("arn:", text, into);
        at = copy(text, partition, partitionEnd, at);
        at = write(":iam::", text, at);
        at = copy(text, start + caller.accountStart, start + caller.accountStart + Arns.ACCOUNT_UNITS, at);
        frame.end = write(":root", text, at);
        return into;
    }

    /** Appends the {@link #nameKey(String)} of a session's role or a federated session's user; where it begins. */
    static int nameKey(Frame frame, int start, Caller caller) {
        int partition = start + caller.partitionStart;
        int partitionEnd = start + caller.partitionEnd;
        int name = start + caller.nameStart;
        int nameEnd = start + caller.nameEnd;
        int into = frame.reserve(partitionEnd - partition + nameEnd - name + KEY_UNITS);
        char[] text = frame.text;
        int at = write(caller.kind == Caller.SESSION ? "role:" : "user:", text, into);
        at = copy(text, partition, partitionEnd, at);
        text[at++] = ':';
        at = copy(text, start + caller.accountStart, start + caller.accountStart + Arns.ACCOUNT_UNITS, at);
        text[at++] = ':';
        frame.end = copy(text, name, nameEnd, at);
        return into;
    }

    private static int write(String word, char[] text, int at) {
        int length = word.length();
        word.getChars(0, length, text, at);
        return at + length;
    }

    private static int copy(char[] text, int from, int to, int at) {
        System.arraycopy(text, from, text, at, to - from);
        return at + to - from;
    }

    /** How many users and roles the store has. */
    public int recordCount() {
        return records.size();
    }

    /** The record of a user or role of the store, or {@link Caller#NONE}; allocates. */
    public int record(String arn) {
        return records.arns.find(arn);
    }

    /** The ARN of a record; allocates. */
    public String arn(int record) {
        return records.arns.text(record);
    }

    /** Number in the texts of a record's unique id, or {@link Caller#NONE}. */
    public int uniqueText(int record) {
        return records.unique(record);
    }

    /** The policy set of a record's identity-based policies. */
    public int identitySet(int record) {
        return records.identity(record);
    }

    /** The policy set of a record's boundary, or {@link Caller#NONE}. */
    public int boundarySet(int record) {
        return records.boundary(record);
    }
}
