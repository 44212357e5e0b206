package dev.portcullis.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The parts of {@code docs/performance.md} about single decisions. */
final class DecisionSections {

    private static final String NANOSECONDS = "nanoseconds: median (least)";

    private final AllRuns runs;

    DecisionSections(AllRuns runs) {
        this.runs = runs;
    }

    void addTo(Map<String, String> parts) {
        parts.put("decide", decide());
        parts.put("parts", parts());
        parts.put("forms", forms());
        parts.put("layers", layers());
        parts.put("conditions", conditions());
        parts.put("hostile", hostile());
        parts.put("threads", threads());
    }

    private String decide() {
        List<String> heads = new ArrayList<>(List.of("nanoseconds, filling included"));
        for (String jdk : runs.byJdk().keySet()) {
            heads.addAll(List.of(jdk + " median", "lower quartile", "least"));
        }
        Table table = new Table(heads);
        String a = Names.CACHED;
        String b = Names.TOGETHER;
        table.row(spread("**Portcullis, 100 principals (view a)**", Names.DECIDE, Names.PRINCIPALS, a));
        table.row(spread(
                "Portcullis, principal, action and keys from handles", Names.DECIDE_HANDLES, Names.PRINCIPALS, a));
        table.row(spread("index, 100 principals", Names.DECIDE_INDEXED, Names.PRINCIPALS, a));
        table.row(spread("naive, 100 principals", Names.DECIDE_NAIVE, Names.PRINCIPALS, a));
        table.row(spread("**Portcullis, 10,000 policies in one store (view b)**", Names.DECIDE, Names.PRINCIPALS, b));
        table.row(spread("index, 10,000 policies", Names.DECIDE_INDEXED, Names.PRINCIPALS, b));
        table.row(spread("naive, 10,000 policies", Names.DECIDE_NAIVE, Names.PRINCIPALS, b));
        table.row(spread("floor, everything in the caches", "FloorBenchmark.hot"));
        table.row(spread("floor, all context values read too", "FloorBenchmark.hotAllValues"));
        table.row(spread("floor, one probe beyond the caches", "FloorBenchmark.cold"));
        table.row(spread("a table DFA reading the ARN once", "FloorBenchmark.tableDfa"));
        return table + "\n" + ratios() + "\n" + allocation();
    }

    private List<String> spread(String label, String benchmark, String... params) {
        List<String> cells = new ArrayList<>(List.of(label));
        for (Results results : runs.byJdk().values()) {
            Optional<Samples> nanos = results.find(benchmark, params).map(Measured::nanos);
            cells.add(nanos.map(one -> Figures.of(one.median())).orElse(Figures.NOT_RUN));
            cells.add(nanos.map(one -> Figures.of(one.lowerQuartile())).orElse(""));
            cells.add(nanos.map(one -> Figures.of(one.least())).orElse(""));
        }
        return cells;
    }

    /** Of the least, and of the medians in brackets. */
    private String ratios() {
        Table table = runs.table("as long as Portcullis: by the least (by the medians)");
        table.row(ratio("index, view (a)", Names.DECIDE_INDEXED, Names.DECIDE, Names.CACHED));
        table.row(ratio("naive, view (a)", Names.DECIDE_NAIVE, Names.DECIDE, Names.CACHED));
        table.row(ratio("index, view (b)", Names.DECIDE_INDEXED, Names.DECIDE, Names.TOGETHER));
        table.row(ratio("naive, view (b)", Names.DECIDE_NAIVE, Names.DECIDE, Names.TOGETHER));
        return table.toString();
    }

    private List<String> ratio(String label, String longer, String shorter, String principals) {
        return runs.row(
                label,
                results -> both(
                        results.find(longer, Names.PRINCIPALS, principals),
                        results.find(shorter, Names.PRINCIPALS, principals)));
    }

    /** How many times as long one is as the other. */
    static String both(Optional<Measured> longer, Optional<Measured> shorter) {
        if (longer.isEmpty() || shorter.isEmpty()) {
            return Figures.NOT_RUN;
        }
        Samples one = longer.get().nanos();
        Samples other = shorter.get().nanos();
        return Figures.times(one.least() / other.least()) + " (" + Figures.times(one.median() / other.median()) + ")";
    }

    private String allocation() {
        double most = 0;
        for (Results results : runs.byJdk().values()) {
            for (String principals : List.of(Names.CACHED, Names.TOGETHER)) {
                var bytes =
                        results.find(Names.DECIDE, Names.PRINCIPALS, principals).map(Measured::allocated);
                most = Math.max(most, bytes.isPresent() ? bytes.get().orElse(0) : 0);
            }
        }
        return String.format(
                Locale.ROOT, "Allocated by a decision of Portcullis, JMH's own included: at most %.2f bytes.%n", most);
    }

    private String parts() {
        Table table = runs.table(NANOSECONDS);
        List<String[]> rows = List.of(
                new String[] {"principal", "a_principal"},
                new String[] {"and action", "b_action"},
                new String[] {"and resource", "c_resource"},
                new String[] {"and context: the whole request", "d_context"},
                new String[] {"and the decision", "e_decide"});
        rows.forEach(row -> table.row(runs.times(row[0], Names.NANO, "PartsBenchmark." + row[1])));
        return table.toString();
    }

    private String forms() {
        Table table = runs.table(NANOSECONDS);
        table.row(runs.times("Strings", Names.NANO, "FormBenchmark.strings"));
        table.row(runs.times("UTF-8 bytes of a buffer, names of keys too", Names.NANO, "FormBenchmark.bytesOfABuffer"));
        table.row(runs.times(
                "handles of principal, action and keys; else Strings", Names.NANO, "FormBenchmark.handlesAndStrings"));
        table.row(runs.times("handles of the resource too", Names.NANO, "FormBenchmark.handlesOfAll"));
        return table.toString();
    }

    private String layers() {
        Table table = runs.table(NANOSECONDS);
        List<String[]> rows = List.of(
                new String[] {"identity-based policies only", "IDENTITY"},
                new String[] {"and a permissions boundary", "BOUNDARY"},
                new String[] {"and SCPs and RCPs", "ORGANIZATION"},
                new String[] {"and a policy of the resource", "RESOURCE"},
                new String[] {"and a session policy", "SESSION"},
                new String[] {"all of them", "ALL"});
        rows.forEach(row -> table.row(runs.times(row[0], Names.NANO, "LayerBenchmark.portcullis", "mix", row[1])));
        return table.toString();
    }

    private String conditions() {
        Table table = runs.table(NANOSECONDS);
        List<String[]> rows = List.of(
                new String[] {"no condition", "NONE"},
                new String[] {"`StringEquals`, three values", "STRING_EQUALS"},
                new String[] {"`StringLike`, two patterns", "STRING_LIKE"},
                new String[] {"`NumericLessThan`", "NUMERIC"},
                new String[] {"`DateGreaterThan`", "DATE"},
                new String[] {"`Bool`", "BOOL"},
                new String[] {"`BinaryEquals`", "BINARY"},
                new String[] {"`IpAddress`, two blocks", "IP_ADDRESS"},
                new String[] {"`ArnLike`", "ARN_LIKE"},
                new String[] {"`Null`", "NULL"},
                new String[] {"`StringEqualsIfExists`", "IF_EXISTS"},
                new String[] {"`ForAnyValue:StringEquals`, two of two", "FOR_ANY_VALUE"},
                new String[] {"`ForAllValues:StringLike`, two of two", "FOR_ALL_VALUES"},
                new String[] {"`StringEquals` with a variable", "VARIABLE"});
        rows.forEach(row -> table.row(runs.times(row[0], Names.NANO, "ConditionBenchmark.portcullis", "kind", row[1])));
        return table.toString();
    }

    private String hostile() {
        Table table = runs.table(NANOSECONDS);
        List<String[]> rows = List.of(
                new String[] {"all match and allow, by a condition", "ALL_MATCH"},
                new String[] {"`NotAction` and another resource", "NOT_ACTION"},
                new String[] {"`\"Action\": \"*\"` under a condition that fails", "EVERY_ACTION"},
                new String[] {"`NotResource` with the resource behind others", "NOT_RESOURCE"},
                new String[] {"a wildcard in every field of the ARN", "WILDCARD_FIELDS"},
                new String[] {"four wildcards inside the resource", "INNER_WILDCARDS"},
                new String[] {"a variable in the resource", "VARIABLES"});
        rows.forEach(row -> table.row(runs.times(row[0], Names.NANO, "HostileBenchmark.portcullis", "kind", row[1])));
        return table.toString();
    }

    private String threads() {
        Table table = runs.table("a decision in its thread, " + NANOSECONDS);
        table.row(runs.times("one thread", Names.NANO, "ThreadBenchmark.one"));
        table.row(runs.times("two threads", Names.NANO, "ThreadBenchmark.two"));
        table.row(runs.row(
                "decisions a second, two threads, by the median",
                results -> results.find("ThreadBenchmark.two")
                        .map(two -> Figures.of(2 * 1e3 / two.nanos().median()) + " million")
                        .orElse(Figures.NOT_RUN)));
        return table.toString();
    }
}
