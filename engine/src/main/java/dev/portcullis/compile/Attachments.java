package dev.portcullis.compile;

import dev.portcullis.automaton.Automaton;
import dev.portcullis.automaton.Callers;
import dev.portcullis.automaton.Code;
import dev.portcullis.automaton.Piece;
import dev.portcullis.automaton.SourceMap;
import dev.portcullis.compile.StatementWriter.ActionTest;
import dev.portcullis.compile.StatementWriter.Compiled;
import dev.portcullis.policy.PolicyType;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which document is in whose layers, in an automaton as it was compiled: what changing one needs to know. Read back from
 * the automaton, once for all its versions. For all threads.
 *
 * <pre>
 *   owners   the {@link Owner}s of document d: owners[starts[d] .. starts[d + 1])
 * </pre>
 */
final class Attachments {

    static final List<PolicyType> TYPES = List.of(PolicyType.values());
    static final int UNKNOWN = TextIndex.UNKNOWN;

    private final Automaton automaton;
    private final SourceMap sources;
    private final Code code;
    private final long seed;

    private final TextIndex documents;
    private final TextIndex names;
    private final TextIndex groups;
    private final TextIndex principals;
    private final long[] uniqueIds;
    private final int[] starts;
    private final int[] owners;
    private final KnownActions actions;
    private int[][] members;
    private final BitSet covering = new BitSet();
    private final Map<Integer, WeakReference<Piece>> pieces = new ConcurrentHashMap<>();

    /** @param seed key of the hashes */
    Attachments(Automaton automaton, long seed) {
        this.automaton = automaton;
        this.sources = automaton.sources();
        this.code = automaton.dispatch().code();
        this.seed = seed;
        int key = Long.hashCode(seed);
        this.documents = new TextIndex(sources.documents(), key, this::key);
        this.names = new TextIndex(sources.documents(), key, number -> sources.text(sources.name(number)));
        this.groups = new TextIndex(sources.groups(), key, group -> sources.text(sources.groupArn(group)));
        Callers callers = automaton.callers();
        this.principals = new TextIndex(callers.recordCount(), key, record -> nameKey(callers.arn(record)));
        this.uniqueIds = new long[callers.recordCount()];
        for (int record = 0; record < uniqueIds.length; record++) {
            uniqueIds[record] = (long) callers.uniqueText(record) << 32 | record;
        }
        Arrays.sort(uniqueIds);
        this.actions = new KnownActions(automaton.vocabulary());
        int coverSet = automaton.guards().coverSet();
        if (coverSet >= 0) {
            for (int cover : automaton.dispatch().statements(coverSet)) {
                covering.set((int) (code.word(cover + 1) >>> 32));
            }
        }
        this.starts = new int[sources.documents() + 1];
        eachOwner((document, owner) -> starts[document + 1]++);
        for (int document = 0; document < sources.documents(); document++) {
            starts[document + 1] += starts[document];
        }
        this.owners = new int[starts[sources.documents()]];
        int[] next = starts.clone();
        eachOwner((document, owner) -> owners[next[document]++] = owner);
    }

    /** Takes a document and one of its owners, or a group and one of its members. */
    private interface OwnerVisitor {
        void visit(int document, int owner);
    }

    private void eachOwner(OwnerVisitor visitor) {
        for (int record = 0; record < sources.callers(); record++) {
            each(sources.list(sources.identity(record)), Owner.of(Owner.IDENTITY, record), visitor);
            one(sources.boundary(record), Owner.of(Owner.BOUNDARY, record), visitor);
        }
        for (int group = 0; group < sources.groups(); group++) {
            each(sources.list(sources.ofGroup(group)), Owner.of(Owner.GROUP, group), visitor);
        }
        for (int slot = 0; slot < automaton.accounts().slots(); slot++) {
            for (int level : chain(slot)) {
                SourceMap.Cursor cursor = sources.read(level);
                cursor.skip(1);
                each(sources.list(cursor.next()), Owner.of(Owner.SERVICE_CONTROL, slot), visitor);
                each(sources.list(cursor.next()), Owner.of(Owner.RESOURCE_CONTROL, slot), visitor);
            }
        }
        for (int guard = 0; guard < sources.guards(); guard++) {
            one(sources.resourcePolicy(guard), Owner.of(Owner.POLICY, guard), visitor);
            one(sources.trustPolicy(guard), Owner.of(Owner.TRUST, guard), visitor);
        }
        for (int endpoint = 0; endpoint < sources.endpoints(); endpoint++) {
            one(sources.endpoint(endpoint), Owner.of(Owner.ENDPOINT, endpoint), visitor);
        }
    }

    private static void each(int[] documents, int owner, OwnerVisitor visitor) {
        for (int document : documents) {
            visitor.visit(document, owner);
        }
    }

    private static void one(int document, int owner, OwnerVisitor visitor) {
        if (document >= 0) {
            visitor.visit(document, owner);
        }
    }

    /** The LEVELs above an account, root first. */
    int[] chain(int slot) {
        return sources.list(sources.chain(slot));
    }

    private String key(int document) {
        return key(sources.text(sources.name(document)), sources.type(document));
    }

    private static String key(String name, int type) {
        return name + '\n' + type;
    }

    /** Names are unique in an account, whatever their path and letter case. */
    static String nameKey(String arn) {
        return Callers.nameKey(arn).toLowerCase(Locale.ROOT);
    }

    /** The document that a policy was compiled to as this type, or {@link #UNKNOWN}. */
    int document(String name, PolicyType type) {
        return documents.find(key(name, TYPES.indexOf(type)));
    }

    /** Whether a policy was compiled, as whatever. */
    boolean has(String name) {
        return names.find(name) != UNKNOWN;
    }

    /** The group of an ARN, or {@link #UNKNOWN}. */
    int group(String arn) {
        return groups.find(arn);
    }

    /** The record whose name is this one's but for path and case, or {@link #UNKNOWN}. */
    int namesake(String arn) {
        return principals.find(nameKey(arn));
    }

    /** The record with a unique id, or {@link #UNKNOWN}. */
    int withUniqueId(String id) {
        int text = automaton.callers().text(id);
        if (text < 0) {
            return UNKNOWN;
        }
        int place = Arrays.binarySearch(uniqueIds, (long) text << 32);
        int at = place < 0 ? -1 - place : place;
        return at < uniqueIds.length && (int) (uniqueIds[at] >>> 32) == text ? (int) uniqueIds[at] : UNKNOWN;
    }

    /** The owners of a document. */
    int[] owners(int document) {
        return Arrays.copyOfRange(owners, starts[document], starts[document + 1]);
    }

    /** Records that were compiled as members of a group. */
    synchronized int[] members(int group) {
        if (members == null) {
            int[] counts = new int[sources.groups()];
            eachMember((of, record) -> counts[of]++);
            members = new int[counts.length][];
            for (int of = 0; of < counts.length; of++) {
                members[of] = new int[counts[of]];
            }
            eachMember((of, record) -> members[of][--counts[of]] = record);
        }
        return members[group];
    }

    private void eachMember(OwnerVisitor visitor) {
        for (int record = 0; record < sources.callers(); record++) {
            if (sources.membership(record) != SourceMap.EMPTY) {
                SourceMap.Cursor cursor = sources.read(sources.membership(record));
                cursor.skip(1);
                for (int left = cursor.next(); left > 0; left--) {
                    visitor.visit(cursor.next(), record);
                }
            }
        }
    }

    /** Whether a guard covers other resources than its own. */
    boolean covers(int guard) {
        return covering.get(guard);
    }

    ActionNames actions() {
        return actions;
    }

    /** The statements of a document, by their offsets. */
    int[] statements(int document) {
        SourceMap.Cursor body = sources.read(sources.body(document));
        int[] statements = new int[body.next()];
        for (int i = 0; i < statements.length; i++) {
            statements[i] = sources.read(body.next()).next();
            body.skip(4);
        }
        return statements;
    }

    /**
     * Marks those of some statements that a document has.
     *
     * @param statements ascending
     * @param marks of each
     */
    void mark(int document, int[] statements, boolean[] marks) {
        SourceMap.Cursor body = sources.read(sources.body(document));
        SourceMap.Cursor statement = sources.read(SourceMap.EMPTY);
        for (int left = body.next(); left > 0; left--) {
            int offset = statement.to(body.next()).next();
            body.skip(4);
            for (int i = 0; i < statements.length; i++) {
                marks[i] |= statements[i] == offset;
            }
        }
    }

    /**
     * Whether other statements may be missing from the lists of the dispatch because this one stands there: it is about
     * every action of a service, or of all, and asks for nothing else.
     */
    boolean mayHideOthers(int statement) {
        if (!isUnconditional(statement)) {
            return false;
        }
        int list = (int) code.word(statement + 1);
        if (code.listWord(list) != 0) {
            return true;
        }
        for (int i = 0; i < code.listWord(list + 1); i++) {
            int name = code.listWord(list + 3 + 2 * i);
            if (code.programWord(name) == Code.ANY && code.programWord(name + 1) == Code.END) {
                return true;
            }
        }
        return false;
    }

    private boolean isUnconditional(int statement) {
        long header = code.word(statement);
        return (header >>> 16 & 0xFFFF) == 0
                && ((int) header >>> Code.RESOURCE_SHIFT & Code.MODE_MASK) == Code.MODE_ANY
                && ((int) header >>> Code.PRINCIPAL_SHIFT & Code.MODE_MASK) == Code.MODE_ANY;
    }

    /** A document with a dispatch of its own. */
    Piece piece(int document) {
        WeakReference<Piece> known = pieces.get(document);
        Piece piece = known == null ? null : known.get();
        if (piece == null) {
            SetWriter sets = new SetWriter(CodeView.of(code), actions, seed);
            List<Compiled> statements = new ArrayList<>();
            for (int statement : statements(document)) {
                statements.add(new Compiled(
                        statement, (code.word(statement) & Code.DENY) != 0, isUnconditional(statement), actionTest((int)
                                code.word(statement + 1))));
            }
            sets.set(statements);
            piece = new Piece(null, sets.freeze(code));
            pieces.put(document, new WeakReference<>(piece));
        }
        return piece;
    }

    private ActionTest actionTest(int list) {
        String[] globs = new String[code.listWord(list + 1)];
        for (int i = 0; i < globs.length; i++) {
            globs[i] = glob(code.listWord(list + 2 + 2 * i)) + ":" + glob(code.listWord(list + 3 + 2 * i));
        }
        return new ActionTest(list, code.listWord(list) != 0, List.of(globs));
    }

    /** What {@link ProgramWriter#glob} was given. */
    private String glob(int program) {
        StringBuilder glob = new StringBuilder();
        int at = program;
        while (true) {
            switch (code.programWord(at)) {
                case Code.TEXT -> {
                    int start = code.programWord(at + 1);
                    int end = start + code.programWord(at + 2);
                    for (int unit = start; unit < end; unit++) {
                        glob.append(code.unit(unit));
                    }
                    at += 3;
                }
                case Code.ONE -> {
                    glob.append('?');
                    at++;
                }
                case Code.ANY -> {
                    glob.append('*');
                    at++;
                }
                case Code.END -> {
                    return glob.toString();
                }
                default -> throw new IllegalStateException("no program of an action");
            }
        }
    }
}
