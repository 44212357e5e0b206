package dev.portcullis.automaton;

/**
 * The store's users and roles: what most callers are looked up to, so that all that is known of one stands together.
 * Immutable.
 *
 * <pre>
 *   arns      ARN of each record                                          "arn:aws:iam::111122223333:role/path/dev"
 *   byHash    records by the hashes of their ARNs as Strings, see {@link HashIndex}
 *   sessions  ARNs of roles' sessions up to the slash before their names  "arn:aws:sts::111122223333:assumed-role/dev"
 *   roles     record of each of sessions
 *
 *   rows      four words a record, so two records a cache line
 *               +0   service-linked:1 | unusual:1 | kind:3 | end of the name's path:12 | end of the partition:6 | account:40
 *               +1   unique id:32 | ARN:32                       numbers in {@link Callers#texts}
 *               +2   name:32 | account facts:32                  number in {@link Callers#names} ; place in facts
 *               +3   boundary:32 | identity-based policies:32    policy sets; boundary NONE when there is none
 *   facts     two ints an account that some principal entry names: numbers of its id and of its root ARN in texts
 * </pre>
 *
 * An unusual record is one whose ARN doesn't fit the fields: it is read as an unknown caller's is, and then found.
 */
public final class CallerRecords {

    public static final int ROW_WORDS = 4;

    private static final int PARTITION_SHIFT = 40;
    private static final int PARTITION_BITS = 6;
    private static final int NAME_SHIFT = PARTITION_SHIFT + PARTITION_BITS;
    private static final int NAME_BITS = 12;
    private static final int KIND_SHIFT = NAME_SHIFT + NAME_BITS;
    private static final int KIND_MASK = 7;
    private static final long UNUSUAL = 1L << 61;
    private static final long SERVICE_LINKED = 1L << 62;
    private static final long ACCOUNT_MASK = (1L << PARTITION_SHIFT) - 1;

    /** Units of {@code :iam::} and {@code :sts::}. */
    static final int SERVICE_UNITS = 6;

    private static final String ASSUMED_ROLE = ":assumed-role/";

    final TextTable arns;
    private final HashIndex byHash;
    private final TextTable sessions;
    private final int[] roles;
    private final long[] rows;
    private final int[] facts;

    public CallerRecords(TextTable arns, HashIndex byHash, TextTable sessions, int[] roles, long[] rows, int[] facts) {
        this.arns = arns;
        this.byHash = byHash;
        this.sessions = sessions;
        this.roles = roles;
        this.rows = rows;
        this.facts = facts;
    }

    void write(ArraySink out) {
        arns.write("records.arns", out);
        byHash.write("records.by-hash", out);
        sessions.write("records.sessions", out);
        out.ints("records.roles", roles);
        out.longs("records.rows", rows);
        out.ints("records.facts", facts);
    }

    static CallerRecords read(int texts, int sets, ArraySource in) {
        TextTable arns = TextTable.read("records.arns", in);
        HashIndex byHash = HashIndex.read("records.by-hash", arns.size(), in);
        TextTable sessions = TextTable.read("records.sessions", in);
        int[] roles = in.ints("records.roles");
        long[] rows = in.longs("records.rows");
        int[] facts = in.ints("records.facts");
        in.requireLength("records.rows", rows.length, (long) ROW_WORDS * arns.size());
        in.require(roles.length >= sessions.size(), "records.roles", "fewer roles than sessions");
        in.requireRange("records.roles", roles, 0, arns.size());
        CallerRecords records = new CallerRecords(arns, byHash, sessions, roles, rows, facts);
        for (int record = 0; record < arns.size(); record++) {
            in.require(records.isThere(record, texts, sets), "records.rows", "a number out of range");
            records.requirePlaces(record, arns.length(record), 0, in);
        }
        for (int session = 0; session < sessions.size(); session++) {
            records.requirePlaces(roles[session], sessions.length(session), ASSUMED_ROLE.length(), in);
        }
        return records;
    }

    /** Whether what a record's row leads to is there. */
    private boolean isThere(int record, int texts, int sets) {
        int fact = (int) rows[record * ROW_WORDS + 2];
        return identity(record) >= Caller.NONE
                && identity(record) < sets
                && boundary(record) >= Caller.NONE
                && boundary(record) < sets
                && unique(record) >= Caller.NONE
                && unique(record) < texts
                && (fact < 0 || fact < facts.length - 1);
    }

    /** Whether a record's places are within texts of that length, in which so many units follow the account. */
    private void requirePlaces(int record, int length, int units, ArraySource in) {
        long first = rows[record * ROW_WORDS];
        int partitionEnd = (int) (first >>> PARTITION_SHIFT) & (1 << PARTITION_BITS) - 1;
        int path = (int) (first >>> NAME_SHIFT) & (1 << NAME_BITS) - 1;
        int kind = (int) (first >>> KIND_SHIFT) & KIND_MASK;
        boolean within = (first & UNUSUAL) != 0
                || (partitionEnd >= 4
                        && partitionEnd + SERVICE_UNITS + Arns.ACCOUNT_UNITS + units <= length
                        && (units > 0 || path <= length));
        in.require(within && (kind == Caller.SESSION || kind == Caller.USER), "records.rows", "a place out of range");
    }

    /** The row of a user or role, in {@link #ROW_WORDS} words. */
    public static long[] row(
            String arn, boolean serviceLinked, int self, int unique, int name, int facts, int identity, int boundary) {
        int partition = arn.indexOf(':', 4);
        int path = arn.lastIndexOf('/') + 1;
        boolean role = arn.startsWith(":role/", partition + SERVICE_UNITS + Arns.ACCOUNT_UNITS);
        boolean unusual = partition >= 1 << PARTITION_BITS || path >= 1 << NAME_BITS;
        long place = unusual ? UNUSUAL : (long) path << NAME_SHIFT | (long) partition << PARTITION_SHIFT;
        return new long[] {
            (serviceLinked ? SERVICE_LINKED : 0)
                    | (long) (role ? Caller.SESSION : Caller.USER) << KIND_SHIFT
                    | place
                    | Long.parseLong(arn.split(":", 6)[4]),
            pair(unique, self),
            pair(name, facts),
            pair(boundary, identity)
        };
    }

    private static long pair(int high, int low) {
        return (long) high << 32 | (low & 0xFFFF_FFFFL);
    }

    /** How a session's ARN begins, up to the slash before its name, by the ARN of its role. */
    public static String session(String roleArn) {
        String[] fields = roleArn.split(":", 6);
        return "arn:" + fields[1] + ":sts::" + fields[4] + ASSUMED_ROLE
                + fields[5].substring(fields[5].lastIndexOf('/') + 1);
    }

    /** A user's or role's ARN up to its account. */
    public static String account(String arn) {
        return arn.substring(0, arn.indexOf(':', 4) + SERVICE_UNITS + Arns.ACCOUNT_UNITS);
    }

    /** How many there are. */
    public int size() {
        return rows.length / ROW_WORDS;
    }

    /** The set of a record's identity-based policies. */
    int identity(int record) {
        return (int) rows[record * ROW_WORDS + 3];
    }

    /** The set of a record's boundary, or {@link Caller#NONE}. */
    int boundary(int record) {
        return (int) (rows[record * ROW_WORDS + 3] >> 32);
    }

    /** Says that a caller is a user or role here, or none of them: {@link Caller#NONE}. */
    void name(int record, Caller caller) {
        boolean here = record >= 0;
        caller.record(record, here ? identity(record) : Caller.NONE, here ? boundary(record) : Caller.NONE);
    }

    /** The number of a record's unique id in the texts, or {@link Caller#NONE}. */
    int unique(int record) {
        return (int) (rows[record * ROW_WORDS + 1] >> 32);
    }

    /** The number of a record's ARN in the texts. */
    int text(int record) {
        return (int) rows[record * ROW_WORDS + 1];
    }

    /** Whether a row's first word is that of a service-linked role. */
    public static boolean isServiceLinked(long first) {
        return (first & SERVICE_LINKED) != 0;
    }

    boolean isServiceLinked(int record) {
        return (rows[record * ROW_WORDS] & SERVICE_LINKED) != 0;
    }

    /** The role whose session's ARN begins with {@code text[start .. end)}, or {@link Caller#NONE}. */
    int role(char[] text, int start, int end) {
        int session = sessions.find(text, start, end - start);
        return session < 0 ? Caller.NONE : roles[session];
    }

    /**
     * Fills in a caller whose text, from {@code start} to {@code start + length}, is the ARN of a user or role here, or of
     * a role's session; false if it isn't, or must be read more carefully.
     *
     * @param namesSessions whether a principal entry may name a session, so that its number has to be looked up
     */
    boolean fill(char[] text, int start, int length, boolean namesSessions, Caller caller) {
        boolean session = length > 11 && text[start + 8] == 's' && text[start + 9] == 't' && text[start + 10] == 's';
        return session
                ? !namesSessions && fillSession(text, start, length, caller)
                : fillOwn(arns.find(text, start, length), length, caller);
    }

    /** Fills in a caller whose text is the ARN of a user or role here; false if there is no such record, or an unusual one. */
    boolean fillOwn(int record, int length, Caller caller) {
        if (record < 0) {
            return false;
        }
        int row = record * ROW_WORDS;
        long first = rows[row];
        if ((first & UNUSUAL) != 0) {
            return false;
        }
        int kind = (int) (first >>> KIND_SHIFT) & KIND_MASK;
        fill(record, row, first, caller);
        caller.kind = kind;
        caller.self = (int) rows[row + 1];
        caller.nameStart = (int) (first >>> NAME_SHIFT) & (1 << NAME_BITS) - 1;
        caller.nameEnd = length;
        if (kind == Caller.SESSION) {
            caller.bareRole = true;
            caller.role = caller.self;
            caller.ownerKnown = true;
        }
        return true;
    }

    /** The caller whose ARN this is, by the String's own hash; null if it must be read. */
    Caller find(String arn, LastCallers last) {
        int hash = arn.hashCode();
        long[] slots = byHash.slots;
        int slot = HashIndex.slot(hash, slots);
        long entry = slots[slot];
        Caller caller = HashIndex.isOf(hash, entry) ? last.caller(HashIndex.number(entry), arn, this) : null;
        return caller != null || entry == 0 ? caller : findFurther(arn, hash, slot, last);
    }

    /** The same behind the first slot. */
    private Caller findFurther(String arn, int hash, int first, LastCallers last) {
        long[] slots = byHash.slots;
        int slot = first;
        for (int run = 1; run < HashIndex.LONGEST_RUN; run++) {
            slot = HashIndex.next(slot, slots);
            long entry = slots[slot];
            Caller caller = HashIndex.isOf(hash, entry) ? last.caller(HashIndex.number(entry), arn, this) : null;
            if (caller != null || entry == 0) {
                return caller;
            }
        }
        return null;
    }

    /** Asks for the slot that {@link #find} will read first. */
    long fetchSlot(String arn) {
        long[] slots = byHash.slots;
        return slots[HashIndex.slot(arn.hashCode(), slots)];
    }

    /** Asks for what stands about a record, by what {@link #fetchSlot} got. */
    long fetchRow(long entry) {
        int record = HashIndex.number(entry);
        if (record < 0) {
            return 0;
        }
        // Every other row is in two cache lines.
        int row = record * ROW_WORDS;
        return rows[row] ^ rows[row + ROW_WORDS - 1] ^ arns.fetch(record);
    }

    /** Fills in a caller whom nobody has been told of, of a record that there is; false if the record is an unusual one. */
    boolean fillKept(int record, String arn, Caller caller) {
        caller.clear();
        caller.text = arn;
        caller.length = arn.length();
        return fillOwn(record, caller.length, caller);
    }

    private boolean fillSession(char[] text, int start, int length, Caller caller) {
        int at = start + length;
        // The name of a session has none of these (rule L70).
        char unit = 0;
        while (--at > start && (unit = text[at]) != '/') {
            if (unit == '*' || unit == '?') {
                return false;
            }
        }
        int end = at - start;
        if (end <= 0 || end == length - 1) {
            return false;
        }
        int record = role(text, start, at);
        if (record < 0) {
            return false;
        }
        int row = record * ROW_WORDS;
        long first = rows[row];
        if ((first & UNUSUAL) != 0) {
            return false;
        }
        fill(record, row, first, caller);
        caller.kind = Caller.SESSION;
        caller.role = (int) rows[row + 1];
        caller.ownerKnown = true;
        caller.nameStart = caller.accountStart + Arns.ACCOUNT_UNITS + ASSUMED_ROLE.length();
        caller.nameEnd = end;
        caller.sessionStart = end + 1;
        caller.name = (int) (rows[row + 2] >> 32);
        return true;
    }

    private void fill(int record, int row, long first, Caller caller) {
        long second = rows[row + 1];
        int fact = (int) rows[row + 2];
        int partitionEnd = (int) (first >>> PARTITION_SHIFT) & (1 << PARTITION_BITS) - 1;
        long sets = rows[row + 3];
        caller.record(record, (int) sets, (int) (sets >> 32));
        caller.account = first & ACCOUNT_MASK;
        caller.serviceLinked = (first & SERVICE_LINKED) != 0;
        caller.unique = (int) (second >> 32);
        caller.partitionStart = 4;
        caller.partitionEnd = partitionEnd;
        caller.accountStart = partitionEnd + SERVICE_UNITS;
        if (fact >= 0) {
            caller.accountId = facts[fact];
            caller.accountRoot = facts[fact + 1];
        }
    }

    /** Bytes held by the arrays. */
    public long bytes() {
        return arns.bytes() + byHash.bytes() + sessions.bytes() + 8L * rows.length + 4L * (roles.length + facts.length);
    }

    /** Whether a text of a principal entry is the ARN of a session: of a role, or of a federated user. */
    public static boolean isSession(String text) {
        return text.startsWith("arn:") && text.contains(":sts:");
    }
}
