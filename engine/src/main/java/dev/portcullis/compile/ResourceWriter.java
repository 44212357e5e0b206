package dev.portcullis.compile;

import dev.portcullis.automaton.Code;
import dev.portcullis.automaton.Heads;
import dev.portcullis.automaton.PatternText;
import dev.portcullis.policy.ResourcePattern;
import dev.portcullis.policy.Semantics;
import dev.portcullis.policy.TextPattern.AnyText;
import dev.portcullis.policy.TextPattern.Literal;
import dev.portcullis.policy.TextPattern.Segment;
import dev.portcullis.policy.TextPattern.Variable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Resource patterns to the two words of {@link Code}. */
final class ResourceWriter {

    private static final int FIELDS = 6;
    private static final int LENGTH_LIMIT = 1 << 23;

    private final CodeBuffer code;
    private final Symbols symbols;
    private final ProgramWriter program;
    private final boolean starsCross;
    private final boolean variablesInHead;
    private final PatternText written;
    private final Map<String, Long> fronts = new HashMap<>();

    /** Whether a star that ends a field of the pattern may run over colons (rule L43, U8, U27). */
    private boolean crosses;

    /** The words of the pattern written last. */
    long head;

    long tail;

    ResourceWriter(CodeBuffer code, Symbols symbols, Semantics semantics) {
        this.code = code;
        this.symbols = symbols;
        this.written = symbols.patternText(code);
        this.program = new ProgramWriter(code, symbols);
        this.starsCross = semantics.is(Semantics.Point.STAR_ENDING_A_FIELD_CROSSES_COLONS);
        this.variablesInHead = semantics.is(Semantics.Point.VARIABLES_IN_ARN_HEAD);
    }

    /** Whether the pattern's text can be told from these words: {@link PatternText} tells it. */
    boolean told;

    /** Writes a pattern into {@link #head} and {@link #tail}. */
    void write(ResourcePattern pattern) {
        if (writeUsual(pattern)) {
            told = true;
            return;
        }
        writeAny(pattern);
        told = pattern.text().source().equals(written.of(head, tail));
    }

    /** One without variables and with no wildcard but a star at its end, as most are. */
    private boolean writeUsual(ResourcePattern pattern) {
        List<Segment> segments = pattern.text().segments();
        if (pattern.completed() || segments.isEmpty() || !(segments.get(0) instanceof Literal literal)) {
            return false;
        }
        boolean star = segments.size() == 2 && segments.get(1) instanceof AnyText;
        String text = literal.text();
        // Escaped wildcards are text that isn't written as it reads.
        if ((segments.size() != 1 && !star)
                || text.length() + (star ? 1 : 0) != pattern.text().source().length()) {
            return false;
        }
        int account = colon(text, 4);
        int rest = account < 0 ? -1 : text.indexOf(':', account + 1);
        if (rest < 0 || text.length() >= LENGTH_LIMIT) {
            return false;
        }
        long front = front(text.substring(0, account));
        long accountNumber = front < 0 ? -1 : symbols.account(text, account + 1, rest);
        if (accountNumber < 0) {
            return false;
        }
        head = front | accountNumber;
        int from = rest + 1;
        tail = tail(
                star ? Code.PATTERN_PREFIX : Code.PATTERN_EXACT,
                15,
                false,
                text.length() - from,
                code.text(text, from, text.length()));
        return true;
    }

    /** The head of {@code arn:partition:service:region} but for the account; -1 for what is none. */
    private long front(String text) {
        Long known = fronts.get(text);
        if (known != null) {
            return known;
        }
        String[] fields = text.split(":", -1);
        if (!fields[0].equals("arn")) {
            return -1;
        }
        int partition = symbols.partition(fields[1]);
        int service = symbols.arnService(fields[2]);
        int region = symbols.region(fields[3]);
        if (partition < 0 || service < 0 || region < 0) {
            return -1;
        }
        long front = Heads.pack(partition, service, region, 0);
        fronts.put(text, front);
        return front;
    }

    /** Place of the colon that ends one of the first fields; -1 when there are fewer. */
    private static int colon(String text, int number) {
        int at = -1;
        for (int i = 0; i < number && (i == 0 || at >= 0); i++) {
            at = text.indexOf(':', at + 1);
        }
        return at;
    }

    private void writeAny(ResourcePattern pattern) {
        head = 0;
        crosses = starsCross && !pattern.completed();
        if (pattern.isEverything()) {
            tail = tail(Code.PATTERN_EVERYTHING, 0, false, 0, 0);
            return;
        }
        List<List<Segment>> fields = fields(pattern.text().segments());
        if (pattern.text().hasVariables()) {
            if (!variablesInHead && variableInHead(fields)) {
                tail = tail(Code.PATTERN_UNRESOLVED, 0, false, 0, 0);
                return;
            }
            tail = tail(Code.PATTERN_TEMPLATE, 0, false, 0, whole(fields));
            return;
        }
        if (fields.size() < FIELDS) {
            // U8: shortened where nothing completes it.
            tail = tail(Code.PATTERN_NOTHING, 0, false, 0, 0);
            return;
        }
        if (!headIsSimple(fields)) {
            tail = tail(Code.PATTERN_WHOLE, 0, false, 0, whole(fields));
            return;
        }
        int mask = packHead(fields);
        if (mask < 0) {
            tail = tail(Code.PATTERN_WHOLE, 0, false, 0, whole(fields));
            return;
        }
        rest(fields, mask);
    }

    private void rest(List<List<Segment>> fields, int mask) {
        List<Segment> rest = fields.get(FIELDS - 1);
        if (mask != 15 && crosses) {
            int whole = whole(fields);
            int offset = program.start().segments(rest).endCrossing(colons(rest), whole);
            tail = tail(Code.PATTERN_REST, mask, true, 0, offset);
            return;
        }
        String exact = ProgramWriter.exact(rest);
        String prefix = exact == null ? ProgramWriter.prefix(rest) : null;
        if (exact != null && exact.length() < LENGTH_LIMIT) {
            tail = tail(Code.PATTERN_EXACT, mask, false, exact.length(), code.text(exact));
        } else if (prefix != null && prefix.length() < LENGTH_LIMIT) {
            tail = tail(Code.PATTERN_PREFIX, mask, false, prefix.length(), code.text(prefix));
        } else {
            tail = tail(
                    Code.PATTERN_REST,
                    mask,
                    false,
                    0,
                    program.start().segments(rest).end());
        }
    }

    private static int colons(List<Segment> rest) {
        int count = 0;
        for (Segment segment : rest) {
            if (segment instanceof Literal literal) {
                count +=
                        (int) literal.text().chars().filter(unit -> unit == ':').count();
            }
        }
        return count;
    }

    private static long tail(int kind, int mask, boolean crossing, int length, int offset) {
        return (long) kind << 60
                | (long) mask << 56
                | (crossing ? Code.PATTERN_CROSSING : 0)
                | (long) length << 32
                | offset;
    }

    /** Splits at the first five literal colons; a default or a variable's name never splits. */
    static List<List<Segment>> fields(List<Segment> segments) {
        List<List<Segment>> fields = new ArrayList<>();
        List<Segment> field = new ArrayList<>();
        fields.add(field);
        for (Segment segment : segments) {
            if (!(segment instanceof Literal literal)) {
                field.add(segment);
                continue;
            }
            String text = literal.text();
            int from = 0;
            int colon;
            while (fields.size() < FIELDS && (colon = text.indexOf(':', from)) >= 0) {
                if (colon > from) {
                    field.add(new Literal(text.substring(from, colon)));
                }
                field = new ArrayList<>();
                fields.add(field);
                from = colon + 1;
            }
            if (from < text.length()) {
                field.add(new Literal(text.substring(from)));
            }
        }
        return fields;
    }

    /** Whether each of the first five fields is literal, or one star and nothing else; the first being {@code arn}. */
    private static boolean headIsSimple(List<List<Segment>> fields) {
        if (!"arn".equals(ProgramWriter.exact(fields.get(0)))) {
            return false;
        }
        for (int i = 1; i < FIELDS - 1; i++) {
            List<Segment> field = fields.get(i);
            boolean star = field.size() == 1 && field.get(0) instanceof AnyText;
            if (!star && ProgramWriter.exact(field) == null) {
                return false;
            }
        }
        return true;
    }

    /** Packs the literal fields into {@link #head}; the mask of those fixed, or -1 if a number doesn't fit. */
    private int packHead(List<List<Segment>> fields) {
        String partition = ProgramWriter.exact(fields.get(1));
        String service = ProgramWriter.exact(fields.get(2));
        String region = ProgramWriter.exact(fields.get(3));
        String account = ProgramWriter.exact(fields.get(4));
        int partitionNumber = partition == null ? 0 : symbols.partition(partition);
        int serviceNumber = service == null ? 0 : symbols.arnService(service);
        int regionNumber = region == null ? 0 : symbols.region(region);
        long accountNumber = account == null ? 0 : symbols.account(account);
        if (partitionNumber < 0 || serviceNumber < 0 || regionNumber < 0 || accountNumber < 0) {
            return -1;
        }
        head = Heads.pack(partitionNumber, serviceNumber, regionNumber, accountNumber);
        return (partition != null ? 8 : 0)
                | (service != null ? 4 : 0)
                | (region != null ? 2 : 0)
                | (account != null ? 1 : 0);
    }

    /** The program over the whole ARN, colons minded (rules L43, L44). */
    private int whole(List<List<Segment>> fields) {
        program.start();
        for (int i = 0; i < fields.size(); i++) {
            if (i > 0) {
                program.literal(":");
            }
            List<Segment> field = fields.get(i);
            boolean head = i < FIELDS - 1;
            for (int j = 0; j < field.size(); j++) {
                boolean free = !head || (crosses && j == field.size() - 1);
                program.segment(
                        field.get(j),
                        free ? Code.ANY : Code.ANY_IN_FIELD,
                        head ? Code.ONE_IN_FIELD : Code.ONE,
                        head ? Code.VARIABLE_IN_FIELD : Code.VARIABLE);
            }
        }
        return program.end();
    }

    /** Whether a variable stands in one of the first five fields (U9). */
    private static boolean variableInHead(List<List<Segment>> fields) {
        for (int i = 0; i < Math.min(fields.size(), FIELDS - 1); i++) {
            for (Segment segment : fields.get(i)) {
                if (segment instanceof Variable) {
                    return true;
                }
            }
        }
        return false;
    }
}
