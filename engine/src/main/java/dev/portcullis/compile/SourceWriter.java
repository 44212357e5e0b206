package dev.portcullis.compile;

import dev.portcullis.automaton.Caller;
import dev.portcullis.automaton.SourceMap;
import dev.portcullis.compile.StatementWriter.Compiled;
import dev.portcullis.policy.ActionPattern;
import dev.portcullis.policy.Condition;
import dev.portcullis.policy.ConditionValue;
import dev.portcullis.policy.PolicyDocument;
import dev.portcullis.policy.PolicyType;
import dev.portcullis.policy.Principal;
import dev.portcullis.policy.ResourcePattern;
import dev.portcullis.policy.Span;
import dev.portcullis.policy.Statement;
import dev.portcullis.policy.TextPattern;
import dev.portcullis.policy.TextPattern.Segment;
import dev.portcullis.policy.TextPattern.Variable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Documents and where they are attached to a {@link SourceMap}. Equal texts and records are stored once. */
final class SourceWriter {

    private static final int LATIN_1 = 0xFF;
    private static final List<PolicyType> TYPES = List.of(PolicyType.values());

    private final Symbols symbols;

    private final Bytes texts = new Bytes();
    private final Map<String, Integer> textOffsets = new HashMap<>();
    private final Bytes records = new Bytes();
    private final Map<Content, Integer> recordOffsets = new HashMap<>();
    private final Bytes record = new Bytes();

    private final Ints documents = new Ints();
    private final Bytes types = new Bytes();
    private final Ints callers = new Ints();
    private final Ints guards = new Ints();
    private final Ints endpoints = new Ints();

    SourceWriter(Symbols symbols) {
        this.symbols = symbols;
        text("");
        list(List.of());
    }

    /** Takes a document that has been compiled; its number. */
    int document(PolicyDocument document, List<Compiled> compiled) {
        int[] statements = new int[compiled.size()];
        for (int i = 0; i < statements.length; i++) {
            statements[i] =
                    statement(document.statements().get(i), compiled.get(i).offset());
        }
        int name = text(document.name());
        record.clear();
        record.number(statements.length);
        int end = 0;
        int line = 1;
        for (int i = 0; i < statements.length; i++) {
            Span span = document.statements().get(i).span();
            record.number(statements[i]);
            record.number(span.start() - end);
            record.number(span.end() - span.start());
            record.number(span.line() - line);
            record.number(span.column());
            end = span.end();
            line = span.line();
        }
        int number = types.count();
        documents.add(name);
        documents.add(store());
        types.add(TYPES.indexOf(document.type()));
        return number;
    }

    private int statement(Statement statement, int offset) {
        int sid = statement.sid().map(text -> text(text) + 1).orElse(0);
        int actions = texts(
                statement.action().patterns().stream().map(ActionPattern::text).toList());
        int principals = statement
                .principal()
                .map(element ->
                        texts(element.principals().stream().map(Principal::text).toList()))
                .orElse(SourceMap.EMPTY);
        List<TextPattern> patterns = statement
                .resource()
                .map(element ->
                        element.patterns().stream().map(ResourcePattern::text).toList())
                .orElse(List.of());
        int resources = texts(patterns.stream().map(TextPattern::source).toList());
        int variables = variables(patterns);
        int[] conditions = new int[statement.conditions().size()];
        for (int i = 0; i < conditions.length; i++) {
            conditions[i] = condition(statement.conditions().get(i));
        }
        record.clear();
        record.number(offset);
        record.number(sid);
        record.number(actions);
        record.number(principals);
        record.number(resources);
        record.number(variables);
        record.number(conditions.length);
        for (int condition : conditions) {
            record.number(condition);
        }
        return store();
    }

    private int condition(Condition condition) {
        List<TextPattern> values =
                condition.values().stream().map(ConditionValue::text).toList();
        int operator = text(condition.operator().text());
        int key = text(condition.key());
        int wanted = texts(values.stream().map(TextPattern::source).toList());
        int variables = variables(values);
        record.clear();
        record.number(operator);
        record.number(key);
        record.number(wanted);
        record.number(variables);
        return store();
    }

    private int variables(List<TextPattern> patterns) {
        List<Integer> pairs = new ArrayList<>();
        for (TextPattern pattern : patterns) {
            for (Segment segment : pattern.segments()) {
                if (segment instanceof Variable variable) {
                    pairs.add(text(variable.key()));
                    pairs.add(symbols.key(variable.key()));
                }
            }
        }
        record.clear();
        record.number(pairs.size() / SourceMap.PAIR);
        pairs.forEach(record::number);
        return store();
    }

    private int texts(List<String> list) {
        return list(list.stream().map(this::text).toList());
    }

    /** A list of documents, or of levels. */
    int list(List<Integer> numbers) {
        record.clear();
        record.number(numbers.size());
        numbers.forEach(record::number);
        return store();
    }

    /** A level of the organization; its number. */
    int level(String place, List<Integer> serviceControl, List<Integer> resourceControl) {
        int scps = list(serviceControl);
        int rcps = list(resourceControl);
        int name = text(place);
        record.clear();
        record.number(name);
        record.number(scps);
        record.number(rcps);
        return store();
    }

    /** The next record of {@code Callers}. */
    void caller(List<Integer> identity, int boundary) {
        callers.add(list(identity));
        callers.add(boundary);
    }

    /** The next guard. */
    void guard(int document) {
        guards.add(document);
    }

    /** The next endpoint. */
    void endpoint(int document) {
        endpoints.add(document);
    }

    /** Ends it. */
    SourceMap freeze(int[] chains, long managementAccount) {
        return new SourceMap(
                texts.toArray(),
                records.toArray(),
                documents.toArray(),
                types.toArray(),
                callers.toArray(),
                chains,
                guards.toArray(),
                endpoints.toArray(),
                managementAccount);
    }

    /** Ends one of a fragment, to which nothing is attached. */
    SourceMap freeze() {
        return freeze(new int[0], Caller.NONE);
    }

    private int text(String text) {
        Integer known = textOffsets.get(text);
        if (known != null) {
            return known;
        }
        int offset = texts.count();
        boolean wide = text.chars().anyMatch(unit -> unit > LATIN_1);
        texts.number(text.length() << 1 | (wide ? 1 : 0));
        for (int i = 0; i < text.length(); i++) {
            char unit = text.charAt(i);
            if (wide) {
                texts.add(unit >>> 8);
            }
            texts.add(unit);
        }
        textOffsets.put(text, offset);
        return offset;
    }

    /** Stores {@link #record}. */
    private int store() {
        Content content = new Content(record.toArray());
        Integer known = recordOffsets.get(content);
        if (known != null) {
            return known;
        }
        int offset = records.count();
        records.addAll(content.bytes);
        recordOffsets.put(content, offset);
        return offset;
    }

    /** Bytes as a key. */
    private static final class Content {
        private final byte[] bytes;

        Content(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Content that && Arrays.equals(bytes, that.bytes);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(bytes);
        }
    }

    /** A growing array of bytes. */
    private static final class Bytes {
        private byte[] values = new byte[64];
        private int count;

        void clear() {
            count = 0;
        }

        void add(int value) {
            room(1);
            values[count++] = (byte) value;
        }

        void addAll(byte[] more) {
            room(more.length);
            System.arraycopy(more, 0, values, count, more.length);
            count += more.length;
        }

        /** A number of 7 bits a byte. */
        void number(int value) {
            if (value < 0) {
                throw new IllegalStateException("not a number of a source map: " + value);
            }
            int rest = value;
            while (rest >= SourceMap.MORE) {
                add(rest | SourceMap.MORE);
                rest >>>= SourceMap.BITS;
            }
            add(rest);
        }

        private void room(int more) {
            int needed = Math.addExact(count, more);
            if (needed > values.length) {
                values = Arrays.copyOf(values, Math.max(needed, values.length + (values.length >> 1)));
            }
        }

        int count() {
            return count;
        }

        byte[] toArray() {
            return Arrays.copyOf(values, count);
        }
    }

    /** A growing array of ints. */
    private static final class Ints {
        private int[] values = new int[16];
        private int count;

        void add(int value) {
            if (count == values.length) {
                values = Arrays.copyOf(values, 2 * count);
            }
            values[count++] = value;
        }

        int[] toArray() {
            return Arrays.copyOf(values, count);
        }
    }
}
