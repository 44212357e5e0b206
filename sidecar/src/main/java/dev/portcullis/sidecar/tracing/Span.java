package dev.portcullis.sidecar.tracing;

import java.util.concurrent.ThreadLocalRandom;

/**
 * One decision as part of a trace. Immutable.
 *
 * @param traceId 32 hexadecimal digits
 * @param parentId 16 hexadecimal digits; empty for the first span of a trace
 * @param protocol how the question came
 * @param decision what came out
 * @param decisionId names it in the decision log
 * @param action what was asked for; empty when that isn't known
 * @param startNanos since 1970
 * @param nanos how long it took
 */
public record Span(
        String traceId,
        String parentId,
        String protocol,
        String decision,
        String decisionId,
        String action,
        long startNanos,
        long nanos) {

    private static final int LENGTH = 55;
    private static final int TRACE = 3;
    private static final int PARENT = 36;
    private static final int FLAGS = 53;

    /** Whether a caller that sends this {@code traceparent} header wants the trace; without a readable one, yes. */
    public static boolean isWanted(String traceparent) {
        return !isReadable(traceparent) || (Character.digit(traceparent.charAt(FLAGS + 1), 16) & 1) != 0;
    }

    /**
     * A span below the caller's; the first of a trace of its own when there is no readable {@code traceparent}.
     *
     * @param traceparent as W3C Trace Context has it; may be null
     */
    public static Span below(
            String traceparent,
            String protocol,
            String decision,
            String decisionId,
            String action,
            long startNanos,
            long nanos) {
        boolean readable = isReadable(traceparent);
        return new Span(
                readable ? traceparent.substring(TRACE, TRACE + 32) : hex() + hex(),
                readable ? traceparent.substring(PARENT, PARENT + 16) : "",
                protocol,
                decision,
                decisionId,
                action,
                startNanos,
                nanos);
    }

    private static boolean isReadable(String traceparent) {
        if (traceparent == null || traceparent.length() < LENGTH || traceparent.startsWith("ff")) {
            return false;
        }
        for (int i = 0; i < LENGTH; i++) {
            char unit = traceparent.charAt(i);
            boolean dash = i == TRACE - 1 || i == PARENT - 1 || i == FLAGS - 1;
            boolean digit = (unit >= '0' && unit <= '9') || (unit >= 'a' && unit <= 'f');
            if (dash ? unit != '-' : !digit) {
                return false;
            }
        }
        return true;
    }

    /** 16 random hexadecimal digits, not all zero. */
    static String hex() {
        long random = ThreadLocalRandom.current().nextLong();
        String digits = Long.toHexString(random == 0 ? 1 : random);
        return "0".repeat(16 - digits.length()) + digits;
    }
}
