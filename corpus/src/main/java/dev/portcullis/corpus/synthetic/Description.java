package dev.portcullis.corpus.synthetic;

import dev.portcullis.corpus.JsonText;
import dev.portcullis.policy.PolicyType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.IntConsumer;

/** What a synthetic store is made of, beside what real policies are made of. Immutable. */
public final class Description {

    private static final String ALL = "all";
    private static final int WIDTH = 56;

    private final SyntheticStore store;
    private final long statements;
    private final List<Row> rows;

    /**
     * One figure.
     *
     * @param kind which documents: {@code all}, {@code scp}, {@code rcp}, or {@code perimeter} for endpoint and
     *     resource-based policies
     * @param figure its name
     * @param real what real policies have; empty when that is not known
     * @param generated what the store has
     */
    public record Row(String kind, String figure, OptionalDouble real, double generated) {

        /** How far the store is from reality: 0.1 is 10 %. Empty when that is not known. */
        public OptionalDouble difference() {
            if (real.isEmpty()) {
                return OptionalDouble.empty();
            }
            double wanted = real.getAsDouble();
            double off = Math.abs(generated - wanted);
            return OptionalDouble.of(wanted == 0 ? off : off / wanted);
        }
    }

    private Description(SyntheticStore store, long statements, List<Row> rows) {
        this.store = store;
        this.statements = statements;
        this.rows = List.copyOf(rows);
    }

    /**
     * Counts a store.
     *
     * @param progress is told how many policies are counted, now and then
     */
    public static Description of(SyntheticStore store, IntConsumer progress) {
        Map<String, Histogram> histograms = new LinkedHashMap<>();
        histograms.put(ALL, new Histogram());
        for (int i = 0; i < store.policies(); i++) {
            var draft = store.draft(i);
            histograms.get(ALL).add(draft);
            if (store.profile() == Profile.GUARDRAIL) {
                histograms
                        .computeIfAbsent(kind(store.type(i)), kind -> new Histogram())
                        .add(draft);
            }
            if (i % 1000 == 999) {
                progress.accept(i + 1);
            }
        }
        List<Row> rows = new ArrayList<>();
        Map<String, Map<String, Double>> real = real(store.profile());
        histograms.forEach((kind, histogram) -> {
            if (store.profile() != Profile.GUARDRAIL || !kind.equals(ALL)) {
                rows.addAll(rows(kind, histogram, real.getOrDefault(kind, Map.of())));
            }
        });
        return new Description(store, histograms.get(ALL).statements(), rows);
    }

    private static String kind(PolicyType type) {
        return switch (type) {
            case SERVICE_CONTROL, RESOURCE_CONTROL -> type.shortName();
            case IDENTITY, RESOURCE, TRUST, BOUNDARY, SESSION, VPC_ENDPOINT -> "perimeter";
        };
    }

    private static List<Row> rows(String kind, Histogram histogram, Map<String, Double> real) {
        List<Row> rows = new ArrayList<>();
        Map<String, Double> figures = histogram.figures();
        figures.forEach((figure, value) -> rows.add(new Row(
                kind,
                figure,
                real.containsKey(figure) ? OptionalDouble.of(real.get(figure)) : OptionalDouble.empty(),
                value)));
        real.forEach((figure, value) -> {
            if (!figures.containsKey(figure)) {
                rows.add(new Row(kind, figure, OptionalDouble.of(value), histogram.figure(figure)));
            }
        });
        return rows;
    }

    private static Map<String, Map<String, Double>> real(Profile profile) {
        Map<String, Map<String, Double>> real = new LinkedHashMap<>();
        if (profile == Profile.AMAZON_Q || profile == Profile.PRINCIPALS) {
            Histogram seeds = new Histogram();
            SeedDocuments.get().identity().forEach(seeds::add);
            SeedDocuments.get().trust().forEach(seeds::add);
            real.put(ALL, seeds.figures());
        }
        for (String line : DataFile.lines("real-figures.txt")) {
            String[] columns = line.split("\t", -1);
            String[] words = columns[0].split(" ", -1);
            if (words[0].equals(profile.label())) {
                real.computeIfAbsent(words[1], kind -> new LinkedHashMap<>())
                        .put(columns[1], Double.valueOf(columns[2]));
            }
        }
        return real;
    }

    /** All figures. */
    public List<Row> rows() {
        return rows;
    }

    /** A table for people. */
    public String text() {
        StringBuilder text = new StringBuilder();
        text.append(String.format(
                Locale.ROOT,
                "%s, seed %d: %,d policies, %,d statements, %,d principals, %,d accounts%nreal: %s%n",
                store.profile(),
                store.seed(),
                store.policies(),
                statements,
                store.principals(),
                store.accounts(),
                source(store.profile())));
        String kind = "";
        for (Row row : rows) {
            if (!row.kind().equals(kind)) {
                kind = row.kind();
                text.append(String.format(
                        Locale.ROOT,
                        "%n%-" + WIDTH + "s %12s %12s%n",
                        kind.equals(ALL) ? "" : kind,
                        "real",
                        "generated"));
            }
            text.append(String.format(
                    Locale.ROOT,
                    "%-" + WIDTH + "s %12s %12s%n",
                    row.figure(),
                    row.real().isPresent() ? shown(row.figure(), row.real().getAsDouble()) : "",
                    shown(row.figure(), row.generated())));
        }
        text.append(String.format(Locale.ROOT, "%nrequests%n"));
        requests().forEach((name, share) -> shown(text, name, share));
        text.append(String.format(Locale.ROOT, "%ncallers%n"));
        callers().forEach((name, share) -> shown(text, name, share));
        return text.toString();
    }

    private static void shown(StringBuilder text, String name, double share) {
        text.append(String.format(
                Locale.ROOT,
                "%-" + WIDTH + "s %12s %12s%n",
                name,
                "",
                String.format(Locale.ROOT, "%.1f %%", 100 * share)));
    }

    /** What requests to the store are made for, by default: share by kind, from 0 to 1. */
    public Map<String, Double> requests() {
        Map<String, Double> shares = new LinkedHashMap<>();
        for (RequestKind kind : RequestKind.values()) {
            shares.put(kind.label(), RequestMix.standard().share(kind));
        }
        return shares;
    }

    /** Who asks them, by default: share by kind, from 0 to 1. */
    public Map<String, Double> callers() {
        Map<String, Double> shares = new LinkedHashMap<>();
        for (CallerKind kind : CallerKind.values()) {
            shares.put(kind.label(), CallerMix.of(store.profile()).share(kind));
        }
        return shares;
    }

    /** {@code {"profile", "seed", "policies", "statements", "principals", "accounts", "figures": [{"kind", "figure", "real", "generated"}], "requests": {KIND: share}, "callers": {KIND: share}}}. */
    public String json() {
        StringBuilder text = new StringBuilder("{\"profile\": \"" + store.profile() + "\", \"seed\": " + store.seed()
                + ", \"policies\": " + store.policies() + ", \"statements\": " + statements + ", \"principals\": "
                + store.principals() + ", \"accounts\": " + store.accounts() + ", \"figures\": [");
        String comma = "\n";
        for (Row row : rows) {
            text.append(comma).append("{\"kind\": \"").append(row.kind()).append("\", \"figure\": ");
            quote(text, row.figure());
            row.real().ifPresent(real -> text.append(", \"real\": ").append(number(real)));
            text.append(", \"generated\": ").append(number(row.generated())).append('}');
            comma = ",\n";
        }
        shares(text.append("\n],\n\"requests\": "), requests());
        shares(text.append(",\n\"callers\": "), callers());
        return text.append("}\n").toString();
    }

    private static void shares(StringBuilder text, Map<String, Double> shares) {
        String comma = "{";
        for (Map.Entry<String, Double> share : shares.entrySet()) {
            text.append(comma);
            quote(text, share.getKey());
            text.append(": ").append(number(share.getValue()));
            comma = ", ";
        }
        text.append('}');
    }

    private static void quote(StringBuilder text, String value) {
        try {
            JsonText.write(text, value);
        } catch (IOException e) {
            throw new IllegalStateException("a StringBuilder takes everything", e);
        }
    }

    private static String shown(String figure, double value) {
        return figure.contains(", ")
                ? String.format(Locale.ROOT, value == Math.rint(value) ? "%,.0f" : "%,.2f", value)
                : String.format(Locale.ROOT, value > 0 && value < 0.01 ? "%.3f %%" : "%.1f %%", 100 * value);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.6f", value);
    }

    private static String source(Profile profile) {
        return switch (profile) {
            case AMAZON_Q, PRINCIPALS -> "the policies that AWS publishes for Amazon Q";
            case MANAGED -> "the policies that AWS manages, latest versions";
            case CUSTOMER -> "the examples of the AWS documentation";
            case GUARDRAIL -> "the guardrails that AWS publishes as samples";
            case APPLICATIONS, HOSTILE -> "nothing; this is made to be hard";
        };
    }
}
