package dev.portcullis.compile;

import dev.portcullis.automaton.Caller;
import dev.portcullis.automaton.SourceMap;
import dev.portcullis.compile.StatementWriter.Compiled;
import dev.portcullis.policy.ActionElement;
import dev.portcullis.policy.ActionPattern;
import dev.portcullis.policy.Condition;
import dev.portcullis.policy.ConditionValue;
import dev.portcullis.policy.PolicyDocument;
import dev.portcullis.policy.PolicyType;
import dev.portcullis.policy.Principal;
import dev.portcullis.policy.PrincipalElement;
import dev.portcullis.policy.ResourceElement;
import dev.portcullis.policy.ResourcePattern;
import dev.portcullis.policy.Span;
import dev.portcullis.policy.Statement;
import dev.portcullis.policy.TextPattern;
import dev.portcullis.policy.TextPattern.Segment;
import dev.portcullis.policy.TextPattern.Variable;
import java.util.Arrays;
import java.util.List;

/** Documents and where they are attached to a {@link SourceMap}. Equal texts and records are stored once. */
final class SourceWriter {

    private static final int LATIN_1 = 0xFF;
    private static final int UNKNOWN = -1;
    private static final List<PolicyType> TYPES = List.of(PolicyType.values());

    private final Symbols symbols;

    private final RecordBuffer texts = new RecordBuffer();
    private final RecordBuffer records = new RecordBuffer();
    /** TEXTS of the action lists, by {@link Compiled#writtenActions}. */
    private final Ints actionLists = new Ints();

    private final Ints documents = new Ints();
    private final Ints types = new Ints();
    private final Ints callers = new Ints();
    private final Ints groups = new Ints();
    private final Ints endpoints = new Ints();

    SourceWriter(Symbols symbols) {
        this.symbols = symbols;
        text("");
        list(new int[0]);
    }

    /** Takes a document that has been compiled; its number. */
    int document(PolicyDocument document, List<Compiled> compiled) {
        int[] statements = new int[compiled.size()];
        for (int i = 0; i < statements.length; i++) {
            statements[i] = statement(document.statements().get(i), compiled.get(i));
        }
        records.number(statements.length);
        int start = 0;
        int end = 0;
        int line = 1;
        int column = 1;
        for (int i = 0; i < statements.length; i++) {
            Span span = document.statements().get(i).span();
            records.number(statements[i]);
            records.number(span.start() - end);
            records.number(span.end() - span.start());
            records.number(span.line() - line);
            boolean follows = span.line() == line && span.column() - column == span.start() - start;
            records.number(follows ? 0 : span.column());
            start = span.start();
            end = span.end();
            line = span.line();
            column = span.column();
        }
        int body = records.finish();
        documents.add(text(document.name()));
        documents.add(body);
        types.add(TYPES.indexOf(document.type()));
        return types.count() - 1;
    }

    private int statement(Statement statement, Compiled compiled) {
        int actions = actions(statement.action(), compiled.writtenActions());
        int principals = statement.principal().map(this::principals).orElse(SourceMap.EMPTY);
        int resources = SourceMap.EMPTY;
        int variables = SourceMap.EMPTY;
        if (statement.resource().isPresent()) {
            ResourceElement element = statement.resource().get();
            Ints named = new Ints();
            addVariables(element, named);
            if (!compiled.resourcesTold()) {
                resources = resources(element);
            }
            variables = variables(named);
        }
        int[] conditions = new int[statement.conditions().size()];
        for (int i = 0; i < conditions.length; i++) {
            conditions[i] = condition(statement.conditions().get(i));
        }
        int sid = statement.sid().map(this::text).orElse(SourceMap.EMPTY);
        records.number(compiled.offset());
        records.number((statement.sid().isPresent() ? SourceMap.HAS_SID : 0)
                | (principals != SourceMap.EMPTY ? SourceMap.HAS_PRINCIPALS : 0)
                | (resources != SourceMap.EMPTY ? SourceMap.HAS_RESOURCES : 0)
                | (variables != SourceMap.EMPTY ? SourceMap.HAS_VARIABLES : 0)
                | (conditions.length > 0 ? SourceMap.HAS_CONDITIONS : 0));
        if (statement.sid().isPresent()) {
            records.number(sid);
        }
        records.number(actions);
        for (int part : new int[] {principals, resources, variables}) {
            if (part != SourceMap.EMPTY) {
                records.number(part);
            }
        }
        return conditions.length > 0 ? list(conditions) : records.finish();
    }

    /** @param written number of the list, as it is written */
    private int actions(ActionElement element, int written) {
        while (actionLists.count() <= written) {
            actionLists.add(UNKNOWN);
        }
        if (actionLists.get(written) == UNKNOWN) {
            actionLists.set(written, actions(element));
        }
        return actionLists.get(written);
    }

    private int actions(ActionElement element) {
        List<ActionPattern> patterns = element.patterns();
        int[] list = new int[patterns.size()];
        for (int i = 0; i < list.length; i++) {
            list[i] = text(patterns.get(i).text());
        }
        return list(list);
    }

    private int principals(PrincipalElement element) {
        List<Principal> principals = element.principals();
        int[] list = new int[principals.size()];
        for (int i = 0; i < list.length; i++) {
            list[i] = text(principals.get(i).text());
        }
        return list(list);
    }

    private int resources(ResourceElement element) {
        List<ResourcePattern> patterns = element.patterns();
        int[] list = new int[patterns.size()];
        for (int i = 0; i < list.length; i++) {
            list[i] = text(patterns.get(i).text().source());
        }
        return list(list);
    }

    private void addVariables(ResourceElement element, Ints named) {
        for (ResourcePattern pattern : element.patterns()) {
            addVariables(pattern.text(), named);
        }
    }

    private int condition(Condition condition) {
        List<ConditionValue> wanted = condition.values();
        Ints named = new Ints();
        int[] list = new int[wanted.size()];
        for (int i = 0; i < list.length; i++) {
            TextPattern pattern = wanted.get(i).text();
            list[i] = text(pattern.source());
            addVariables(pattern, named);
        }
        int values = list(list);
        int variables = variables(named);
        records.number(text(condition.operator().text()));
        records.number(text(condition.key()));
        records.number(values);
        records.number(variables);
        return records.finish();
    }

    private void addVariables(TextPattern pattern, Ints named) {
        for (Segment segment : pattern.segments()) {
            if (segment instanceof Variable variable) {
                named.add(text(variable.key()));
                named.add(symbols.key(variable.key()));
            }
        }
    }

    private int variables(Ints named) {
        if (named.count() == 0) {
            return SourceMap.EMPTY;
        }
        records.number(named.count() / SourceMap.PAIR);
        for (int number : named.toArray()) {
            records.number(number);
        }
        return records.finish();
    }

    /** A list of texts, documents or levels; ends the record that has been begun. */
    int list(int[] numbers) {
        records.number(numbers.length);
        for (int number : numbers) {
            records.number(number);
        }
        return records.finish();
    }

    /** A level of the organization; its number. */
    int level(String place, int[] serviceControl, int[] resourceControl) {
        int scps = list(serviceControl);
        int rcps = list(resourceControl);
        records.number(text(place));
        records.number(scps);
        records.number(rcps);
        return records.finish();
    }

    /**
     * The next record of {@code Callers}.
     *
     * @param own how many of its policies are not its groups'
     * @param memberOf numbers of its groups
     */
    void caller(int[] identity, int boundary, int own, int... memberOf) {
        callers.add(list(identity));
        callers.add(boundary);
        callers.add(memberOf.length == 0 ? SourceMap.EMPTY : membership(own, memberOf));
    }

    private int membership(int own, int[] memberOf) {
        records.number(own);
        return list(memberOf);
    }

    /** The next group; its number. */
    int group(String arn, int[] identity) {
        groups.add(text(arn));
        groups.add(list(identity));
        return groups.count() / SourceMap.PAIR - 1;
    }

    /** The next endpoint. */
    void endpoint(int document) {
        endpoints.add(document);
    }

    /** Ends it. */
    SourceMap freeze(int[] chains, int[] guards, long managementAccount) {
        byte[] typeBytes = new byte[types.count()];
        for (int i = 0; i < typeBytes.length; i++) {
            typeBytes[i] = (byte) types.get(i);
        }
        return new SourceMap(
                texts.toArray(),
                records.toArray(),
                documents.toArray(),
                typeBytes,
                callers.toArray(),
                groups.toArray(),
                chains,
                guards,
                endpoints.toArray(),
                managementAccount);
    }

    /** Ends one of a fragment, to which nothing is attached. */
    SourceMap freeze() {
        return freeze(new int[0], new int[0], Caller.NONE);
    }

    private int text(String text) {
        int length = text.length();
        boolean wide = false;
        for (int i = 0; i < length && !wide; i++) {
            wide = text.charAt(i) > LATIN_1;
        }
        texts.number(length << 1 | (wide ? 1 : 0));
        texts.units(text, wide);
        return texts.finish();
    }

    /** A growing array of ints. */
    private static final class Ints {
        private int[] values = new int[8];
        private int count;

        void add(int value) {
            if (count == values.length) {
                values = Arrays.copyOf(values, 2 * count);
            }
            values[count++] = value;
        }

        int get(int index) {
            return values[index];
        }

        void set(int index, int value) {
            values[index] = value;
        }

        int count() {
            return count;
        }

        int[] toArray() {
            return Arrays.copyOf(values, count);
        }
    }
}
