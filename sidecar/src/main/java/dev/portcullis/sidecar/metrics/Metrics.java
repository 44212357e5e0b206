package dev.portcullis.sidecar.metrics;

import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.DoubleSupplier;

/** All metrics of the process, in the text format of Prometheus. Thread-safe. */
public final class Metrics {

    private record Family(String name, String type, String help, Map<String, DoubleSupplier> values) {}

    private static final String LATENCY = "portcullis_decision_seconds";

    private final Map<String, Histogram> latencies = new ConcurrentSkipListMap<>();
    private final CopyOnWriteArrayList<Family> families = new CopyOnWriteArrayList<>();

    /** The time from a question's arrival to its decision, by protocol and verdict. To be kept by the caller. */
    public Histogram latency(String protocol, String verdict) {
        return latencies.computeIfAbsent(
                "protocol=\"" + protocol + "\",decision=\"" + verdict + "\"", labels -> new Histogram());
    }

    /** A count that only grows; the name without {@code portcullis_} and {@code _total}. */
    public void counter(String name, String help, DoubleSupplier value) {
        add("portcullis_" + name + "_total", "counter", help, "", value);
    }

    /** One of several counts of a name; labels as Prometheus writes them. */
    public void counter(String name, String help, String labels, DoubleSupplier value) {
        add("portcullis_" + name + "_total", "counter", help, labels, value);
    }

    /** A value that goes up and down. */
    public void gauge(String name, String help, String labels, DoubleSupplier value) {
        add("portcullis_" + name, "gauge", help, labels, value);
    }

    private void add(String name, String type, String help, String labels, DoubleSupplier value) {
        for (Family family : families) {
            if (family.name.equals(name)) {
                family.values.put(labels, value);
                return;
            }
        }
        Family family = new Family(name, type, help, new ConcurrentSkipListMap<>());
        family.values.put(labels, value);
        families.add(family);
    }

    /** Everything, as text. */
    public String text() {
        StringBuilder out = new StringBuilder(8192);
        head(out, LATENCY, "histogram", "Time from a question's arrival to its decision.");
        latencies.forEach((labels, histogram) -> {
            if (histogram.count() > 0) {
                histogram.write(out, LATENCY, labels);
            }
        });
        for (Family family : families) {
            head(out, family.name, family.type, family.help);
            family.values.forEach((labels, value) -> {
                out.append(family.name);
                if (!labels.isEmpty()) {
                    out.append('{').append(labels).append('}');
                }
                out.append(' ').append(number(value.getAsDouble())).append('\n');
            });
        }
        return out.toString();
    }

    private static void head(StringBuilder out, String name, String type, String help) {
        out.append("# HELP ").append(name).append(' ').append(help).append('\n');
        out.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }
}
