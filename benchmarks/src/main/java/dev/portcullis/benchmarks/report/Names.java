package dev.portcullis.benchmarks.report;

/** Names of benchmarks, and how many nanoseconds units have. */
final class Names {

    static final String DECIDE = "DecideBenchmark.portcullis";
    static final String DECIDE_HANDLES = "DecideBenchmark.portcullisHandles";
    static final String DECIDE_INDEXED = "DecideBenchmark.indexed";
    static final String DECIDE_NAIVE = "DecideBenchmark.naive";
    static final String STATEMENTS = "ManyStatementsBenchmark.portcullis";
    static final String STATEMENTS_INDEXED = "ManyStatementsBenchmark.indexed";
    static final String ONE_BY_ONE = "ScaleBenchmark.oneByOne";
    static final String BATCH = "ScaleBenchmark.batch";

    static final String PRINCIPALS = "principals";

    /** View (a). */
    static final String CACHED = "100";

    /** View (b). */
    static final String TOGETHER = "1000";

    static final double NANO = 1;
    static final double MICRO = 1e3;
    static final double MILLI = 1e6;

    /** Policies a principal. */
    static final int POLICIES_EACH = 10;

    private Names() {}
}
