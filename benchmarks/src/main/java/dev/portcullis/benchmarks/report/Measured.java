package dev.portcullis.benchmarks.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * A benchmark with its parameters, and what it measured. Immutable.
 *
 * @param benchmark class and method, without the package
 * @param params parameters by name
 * @param nanos nanoseconds an operation
 * @param allocated bytes an operation, by JMH's profiler; empty when it did not run
 */
record Measured(String benchmark, Map<String, String> params, Samples nanos, OptionalDouble allocated) {

    Measured {
        params = Collections.unmodifiableMap(new TreeMap<>(params));
    }

    /** Reads an element of JMH's JSON; empty if it isn't a time an operation. */
    static Optional<Measured> of(Json element) {
        Json metric = element.member("primaryMetric");
        OptionalDouble factor = nanos(metric.member("scoreUnit").text().orElse(""));
        if (factor.isEmpty()) {
            return Optional.empty();
        }
        List<double[]> forks = new ArrayList<>();
        for (Json fork : metric.member("rawData").elements()) {
            double[] values = fork.elements().stream()
                    .flatMap(value -> value.number().stream())
                    .mapToDouble(value -> value * factor.getAsDouble())
                    .toArray();
            if (values.length > 0) {
                forks.add(values);
            }
        }
        if (forks.isEmpty()) {
            return Optional.empty();
        }
        Map<String, String> params = new TreeMap<>();
        element.member("params")
                .members()
                .forEach((name, value) -> params.put(name, value.text().orElse("")));
        return Optional.of(new Measured(
                simple(element.member("benchmark").text().orElse("")), params, new Samples(forks), allocated(element)));
    }

    private static OptionalDouble allocated(Json element) {
        Optional<Double> bytes = element.member("secondaryMetrics")
                .member("gc.alloc.rate.norm")
                .member("score")
                .number();
        return bytes.isPresent() ? OptionalDouble.of(bytes.get()) : OptionalDouble.empty();
    }

    private static OptionalDouble nanos(String unit) {
        return switch (unit) {
            case "ns/op" -> OptionalDouble.of(1);
            case "us/op" -> OptionalDouble.of(1e3);
            case "ms/op" -> OptionalDouble.of(1e6);
            case "s/op" -> OptionalDouble.of(1e9);
            default -> OptionalDouble.empty();
        };
    }

    private static String simple(String name) {
        int method = name.lastIndexOf('.');
        return name.substring(name.lastIndexOf('.', method - 1) + 1);
    }

    /** What tells it from others: {@code DecideBenchmark.naive (principals=100)}. */
    String key() {
        if (params.isEmpty()) {
            return benchmark;
        }
        StringBuilder key = new StringBuilder(benchmark).append(" (");
        params.forEach((name, value) -> key.append(key.charAt(key.length() - 1) == '(' ? "" : ", ")
                .append(name)
                .append('=')
                .append(value));
        return key.append(')').toString();
    }

    /** Both together, this one's forks first. */
    Measured and(Measured later) {
        List<double[]> forks = new ArrayList<>(nanos.forks());
        forks.addAll(later.nanos.forks());
        OptionalDouble most = allocated.isPresent() && later.allocated.isPresent()
                ? OptionalDouble.of(Math.max(allocated.getAsDouble(), later.allocated.getAsDouble()))
                : allocated.isPresent() ? allocated : later.allocated;
        return new Measured(benchmark, params, new Samples(forks), most);
    }
}
