package dev.portcullis.sidecar.decision;

import java.util.List;

/**
 * One decision, to be logged. Immutable.
 *
 * @param millis when, since 1970
 * @param answer what came out
 * @param protocol how the question came
 * @param principal may be null where the question didn't say
 * @param action may be null
 * @param resource may be null
 * @param keys names of the context keys
 * @param values their values, strings or lists of strings, masked where that was asked for
 * @param version of the policies; 0 where none were asked
 * @param nanos from arrival to decision
 */
record DecisionRecord(
        long millis,
        Answer answer,
        Protocol protocol,
        String principal,
        String action,
        String resource,
        List<String> keys,
        List<List<String>> values,
        long version,
        long nanos) {}
