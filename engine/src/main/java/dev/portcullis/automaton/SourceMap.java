package dev.portcullis.automaton;

import java.nio.charset.StandardCharsets;

/**
 * Where compiled statements come from: which documents each layer is made of, what their statements are called and where
 * they stand, and the texts that compiling folded away. Read by explanations only; no decision touches it. Immutable.
 *
 * <pre>
 *   texts      each text once, a text is its offset:        units << 1 | wide, then the units, a byte or two each
 *   records    each record once, a record is its offset; numbers of 7 bits a byte, lowest first, 0x80 = more follow
 *     TEXTS      count, the texts
 *     VARIABLES  count, then key text and slot of each
 *     CONDITION  operator text, key text, values TEXTS, their VARIABLES
 *     STATEMENT  offset in {@link Code}, what it has of the bracketed, [Sid text], actions TEXTS, [principals TEXTS],
 *                [resources TEXTS, unless {@link PatternText} tells them], [their VARIABLES], [count, the CONDITIONs]
 *     BODY       count, then of each statement: STATEMENT, units since the end of the one before, units, lines since the
 *                one before, column or 0 when it follows from that of the one before
 *     DOCUMENTS  count, the documents
 *     LEVEL      place text, SCPs DOCUMENTS, RCPs DOCUMENTS
 *     CHAIN      count, the LEVELs, root first
 *   documents  two ints a document: name text | BODY                       types   its place in {@code PolicyType}
 *
 *     MEMBERSHIP count of the DOCUMENTS that are the user's own, which stand first, count, the groups; nothing is in none
 *
 *   callers    three ints a record of {@link Callers}: identity-based DOCUMENTS | document of the boundary, or NONE |
 *              MEMBERSHIP
 *   groups     two ints a group: ARN text | DOCUMENTS
 *   chains     CHAIN of each slot of {@link Accounts}
 *   guards     two ints each of {@link Guards}: document of its resource-based policy | of its trust policy, or NONE
 *   endpoints  document of each of {@link Endpoints}
 * </pre>
 *
 * Text 0 is empty and record 0 is a list of nothing.
 */
public final class SourceMap {

    /** The list of nothing. */
    public static final int EMPTY = 0;

    /** Ints of a document, and of a guard. */
    public static final int PAIR = 2;

    /** Ints of a caller. */
    public static final int TRIPLE = 3;

    // What a STATEMENT has.
    public static final int HAS_SID = 1;
    public static final int HAS_PRINCIPALS = 2;
    public static final int HAS_RESOURCES = 4;
    public static final int HAS_VARIABLES = 8;
    public static final int HAS_CONDITIONS = 16;

    public static final int MORE = 0x80;
    public static final int BITS = 7;

    private final byte[] texts;
    private final byte[] records;
    private final int[] documents;
    private final byte[] types;
    private final int[] callers;
    private final int[] groups;
    private final int[] chains;
    private final int[] guards;
    private final int[] endpoints;
    private final long managementAccount;

    public SourceMap(
            byte[] texts,
            byte[] records,
            int[] documents,
            byte[] types,
            int[] callers,
            int[] groups,
            int[] chains,
            int[] guards,
            int[] endpoints,
            long managementAccount) {
        this.texts = texts;
        this.records = records;
        this.documents = documents;
        this.types = types;
        this.callers = callers;
        this.groups = groups;
        this.chains = chains;
        this.guards = guards;
        this.endpoints = endpoints;
        this.managementAccount = managementAccount;
    }

    void write(ArraySink out) {
        out.bytes("sources.texts", texts);
        out.bytes("sources.records", records);
        out.ints("sources.documents", documents);
        out.bytes("sources.types", types);
        out.ints("sources.callers", callers);
        out.ints("sources.groups", groups);
        out.ints("sources.chains", chains);
        out.ints("sources.guards", guards);
        out.ints("sources.endpoints", endpoints);
        out.longs("sources.management", managementAccount);
    }

    /** Takes its arrays back. What is inside texts and records is checked where it is read: by explanations only. */
    static SourceMap read(int callerCount, int slots, int guardCount, int endpointCount, ArraySource in) {
        byte[] texts = in.bytes("sources.texts");
        byte[] records = in.bytes("sources.records");
        int[] documents = in.ints("sources.documents");
        byte[] types = in.bytes("sources.types");
        int[] callers = in.ints("sources.callers");
        int[] groups = in.ints("sources.groups");
        int[] chains = in.ints("sources.chains");
        int[] guards = in.ints("sources.guards");
        int[] endpoints = in.ints("sources.endpoints");
        long[] management = in.longs("sources.management");
        in.requireLength("sources.documents", documents.length, (long) PAIR * types.length);
        in.requireLength("sources.callers", callers.length, (long) TRIPLE * callerCount);
        in.require((groups.length & 1) == 0, "sources.groups", "half a group");
        in.requireLength("sources.chains", chains.length, slots);
        in.requireLength("sources.guards", guards.length, (long) PAIR * guardCount);
        in.requireLength("sources.endpoints", endpoints.length, endpointCount);
        in.requireLength("sources.management", management.length, 1);
        in.requireRange("sources.guards", guards, Caller.NONE, types.length);
        in.requireRange("sources.endpoints", endpoints, 0, types.length);
        in.requireRange("sources.chains", chains, 0, Math.max(1, records.length));
        return new SourceMap(
                texts, records, documents, types, callers, groups, chains, guards, endpoints, management[0]);
    }

    /** How many documents there are. */
    public int documents() {
        return types.length;
    }

    /** Name text of a document. */
    public int name(int document) {
        return documents[document * PAIR];
    }

    /** BODY of a document. */
    public int body(int document) {
        return documents[document * PAIR + 1];
    }

    /** What the document is attached as: a place in {@code PolicyType}. */
    public int type(int document) {
        return types[document];
    }

    /** DOCUMENTS attached to a caller; {@link #EMPTY} for one that the store doesn't know. */
    public int identity(int record) {
        return record < 0 ? EMPTY : callers[record * TRIPLE];
    }

    /** Document of a caller's boundary, or {@link Caller#NONE}. */
    public int boundary(int record) {
        return record < 0 ? Caller.NONE : callers[record * TRIPLE + 1];
    }

    /** MEMBERSHIP of a caller; {@link #EMPTY} when it is in no group. */
    public int membership(int record) {
        return callers[record * TRIPLE + 2];
    }

    /** How many callers the store knows. */
    public int callers() {
        return callers.length / TRIPLE;
    }

    /** How many groups there are. */
    public int groups() {
        return groups.length / PAIR;
    }

    /** ARN text of a group. */
    public int groupArn(int group) {
        return groups[group * PAIR];
    }

    /** DOCUMENTS of a group. */
    public int ofGroup(int group) {
        return groups[group * PAIR + 1];
    }

    /** How many guards there are. */
    public int guards() {
        return guards.length / PAIR;
    }

    /** How many endpoints there are. */
    public int endpoints() {
        return endpoints.length;
    }

    /** A list of numbers; allocates. */
    public int[] list(int record) {
        Cursor cursor = read(record);
        int[] list = new int[cursor.next()];
        for (int i = 0; i < list.length; i++) {
            list[i] = cursor.next();
        }
        return list;
    }

    /** CHAIN of an account, by its slot. */
    public int chain(int slot) {
        return chains[slot];
    }

    /** Document of a guard's resource-based policy, or {@link Caller#NONE}. */
    public int resourcePolicy(int guard) {
        return guards[guard * PAIR];
    }

    /** Document of a guard's trust policy, or {@link Caller#NONE}. */
    public int trustPolicy(int guard) {
        return guards[guard * PAIR + 1];
    }

    /** Document of an endpoint. */
    public int endpoint(int endpoint) {
        return endpoints[endpoint];
    }

    /** The organization's management account as a number, or {@link Caller#NONE} when there is no organization. */
    public long managementAccount() {
        return managementAccount;
    }

    /** A text. */
    public String text(int text) {
        byte[] from = texts;
        int at = text;
        int header = 0;
        int shift = 0;
        byte part;
        do {
            part = from[at++];
            header |= (part & (MORE - 1)) << shift;
            shift += BITS;
        } while (part < 0);
        int units = header >>> 1;
        if ((long) units << (header & 1) > from.length - at) {
            throw new IllegalStateException("a text of the source map runs over its end");
        }
        if ((header & 1) == 0) {
            return new String(from, at, units, StandardCharsets.ISO_8859_1);
        }
        // Not a charset's work: units without their partner are kept as they are.
        char[] wide = new char[units];
        for (int i = 0; i < units; i++, at += 2) {
            wide[i] = (char) ((from[at] & 0xFF) << 8 | (from[at + 1] & 0xFF));
        }
        return new String(wide);
    }

    /** Starts to read a record. */
    public Cursor read(int record) {
        return new Cursor(records, record);
    }

    /** Bytes held by the arrays. */
    public long bytes() {
        long ints = (long) documents.length
                + callers.length
                + groups.length
                + chains.length
                + guards.length
                + endpoints.length;
        return 4 * ints + texts.length + records.length + types.length;
    }

    /** A place in the records. One thread. */
    public static final class Cursor {

        private final byte[] records;
        private int at;

        private Cursor(byte[] records, int at) {
            this.records = records;
            this.at = at;
        }

        /** Goes on with another record; this. */
        public Cursor to(int record) {
            at = record;
            return this;
        }

        /** The next number. */
        public int next() {
            int value = 0;
            int shift = 0;
            byte part;
            do {
                part = records[at++];
                value |= (part & (MORE - 1)) << shift;
                shift += BITS;
            } while (part < 0);
            return value;
        }

        /** The next number, which says how many follow that take a byte or more each. */
        public int count() {
            int count = next();
            if (count < 0 || count > records.length - at) {
                throw new IllegalStateException("a record of the source map runs over its end");
            }
            return count;
        }

        /** Passes over some numbers. */
        public void skip(int numbers) {
            for (int i = 0; i < numbers; i++) {
                while (records[at++] < 0) {
                    // not the number's last byte
                }
            }
        }
    }
}
