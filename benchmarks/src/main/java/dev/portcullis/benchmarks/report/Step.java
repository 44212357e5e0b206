package dev.portcullis.benchmarks.report;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One run of JMH in a set. Immutable.
 *
 * @param name of its files
 * @param include regular expression over the benchmarks' names
 * @param params values of parameters; those not named have their defaults
 * @param rounds how often; the rounds of all steps take turns, so that a busy minute doesn't hit all rounds of one
 * @param warmUps iterations before measuring; 0 as annotated
 * @param iterations iterations measured; 0 as annotated
 * @param eachSeconds how long each of those is; 0 as annotated
 * @param options of the JVM, after those annotated
 * @param seconds about what a round takes on a quiet machine
 * @param mayFail whether it is no failure if some of its benchmarks can't be had
 */
record Step(
        String name,
        String include,
        Map<String, List<String>> params,
        int rounds,
        int warmUps,
        int iterations,
        int eachSeconds,
        List<String> options,
        int seconds,
        boolean mayFail) {

    static Step of(String name, String include, int rounds, int seconds) {
        return new Step(name, include, Map.of(), rounds, 0, 0, 0, List.of(), seconds, false);
    }

    /** With these values of a parameter. */
    Step with(String param, String... values) {
        Map<String, List<String>> more = new TreeMap<>(params);
        more.put(param, List.of(values));
        return new Step(name, include, more, rounds, warmUps, iterations, eachSeconds, options, seconds, mayFail);
    }

    /** With so many iterations before measuring, and measured. */
    Step iterations(int before, int measured) {
        return new Step(name, include, params, rounds, before, measured, eachSeconds, options, seconds, mayFail);
    }

    /** With iterations that long. */
    Step each(int longEach) {
        return new Step(name, include, params, rounds, warmUps, iterations, longEach, options, seconds, mayFail);
    }

    /** With these options of the JVM, after those annotated. */
    Step jvm(String... appended) {
        return new Step(
                name, include, params, rounds, warmUps, iterations, eachSeconds, List.of(appended), seconds, mayFail);
    }

    /** What a round is called. */
    String name(int round) {
        return name + "-" + round;
    }

    /** Once. */
    Step once() {
        return new Step(name, include, params, 1, warmUps, iterations, eachSeconds, options, seconds, mayFail);
    }

    /** Though some of its benchmarks can't be had. */
    Step orNot() {
        return new Step(name, include, params, rounds, warmUps, iterations, eachSeconds, options, seconds, true);
    }
}
