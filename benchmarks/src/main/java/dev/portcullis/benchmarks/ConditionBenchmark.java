package dev.portcullis.benchmarks;

import dev.portcullis.Decision;
import dev.portcullis.Engine;
import dev.portcullis.Request;
import dev.portcullis.Store;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One condition of each kind: one statement that is met but for its condition, which half of the requests fulfil. A request has
 * principal, action, resource and two context keys.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 10, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 40, time = 50, timeUnit = TimeUnit.MILLISECONDS)
@Fork(
        value = 1,
        jvmArgs = {"-Xms2g", "-Xmx2g", "-XX:+UseSerialGC"})
public class ConditionBenchmark {

    private static final String USER = "arn:aws:iam::111122223333:user/engineering/qdev-10001";
    private static final String RESOURCE = "arn:aws:qbusiness:us-east-1:111122223333:application/a1b2c3d4-5678";
    private static final String KEY = "t:Key";

    /** The order in which values that fulfil the condition come: no period that a processor learns at once. */
    private static final int ORDER = 0b1011_0010_1110_0100;

    private static final int ROUND = 16;

    /** A condition, a value that fulfils it, and one that doesn't. */
    public enum Kind {
        /** No condition at all: every request is allowed. */
        NONE("", "x", "x"),
        STRING_EQUALS("\"StringEquals\":{\"t:Key\":[\"research\",\"platform\",\"payments\"]}", "platform", "platfora"),
        STRING_LIKE("\"StringLike\":{\"t:Key\":[\"team-*/stage-?\",\"ops-*\"]}", "team-q/stage-1", "team-q/stages-1"),
        NUMERIC("\"NumericLessThan\":{\"t:Key\":\"3600\"}", "900.5", "86400"),
        DATE(
                "\"DateGreaterThan\":{\"t:Key\":\"2026-01-01T00:00:00Z\"}",
                "2026-07-08T09:10:11Z",
                "2025-07-08T09:10:11Z"),
        BOOL("\"Bool\":{\"t:Key\":\"true\"}", "true", "false"),
        BINARY("\"BinaryEquals\":{\"t:Key\":\"cG9ydGN1bGxpcw==\"}", "cG9ydGN1bGxpcw==", "cG9ydGN1bGxpcA=="),
        IP_ADDRESS("\"IpAddress\":{\"t:Key\":[\"203.0.113.0/24\",\"2001:db8::/32\"]}", "203.0.113.99", "192.0.2.44"),
        ARN_LIKE(
                "\"ArnLike\":{\"t:Key\":\"arn:aws:qbusiness:*:111122223333:application/*\"}",
                "arn:aws:qbusiness:eu-west-1:111122223333:application/a1b2c3d4",
                "arn:aws:qbusiness:eu-west-1:111122223333:index/a1b2c3d4"),
        NULL("\"Null\":{\"t:Key\":\"false\"}", "x", null),
        IF_EXISTS("\"StringEqualsIfExists\":{\"t:Key\":\"research\"}", null, "platform"),
        FOR_ANY_VALUE("\"ForAnyValue:StringEquals\":{\"t:Key\":[\"team\",\"stage\"]}", "stage", "owner", true),
        FOR_ALL_VALUES("\"ForAllValues:StringLike\":{\"t:Key\":[\"team*\",\"cost*\"]}", "team-1", "owner", true),
        VARIABLE("\"StringEquals\":{\"t:Key\":\"${t:Other}\"}", "research", "platform");

        private final String condition;
        private final String fulfils;
        private final String fails;
        private final boolean list;

        Kind(String condition, String fulfils, String fails) {
            this(condition, fulfils, fails, false);
        }

        Kind(String condition, String fulfils, String fails, boolean list) {
            this.condition = condition;
            this.fulfils = fulfils;
            this.fails = fails;
            this.list = list;
        }
    }

    /** Which. */
    @Param
    public Kind kind;

    private Engine engine;
    private Request request;
    private String[] values;
    private boolean list;
    private int next;

    /** Compiles, and checks every decision. */
    @Setup
    public void build() {
        String condition = kind.condition.isEmpty() ? "" : ",\"Condition\":{" + kind.condition + "}";
        engine = Engine.compile(Store.builder()
                .policy(
                        "own",
                        "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"qbusiness:Get*\","
                                + "\"Resource\":\"arn:aws:qbusiness:*:111122223333:application/*\"" + condition + "}}")
                .user(USER, user -> user.attach("own"))
                .build());
        request = engine.newRequest();
        list = kind.list;
        values = new String[ROUND];
        for (int i = 0; i < ROUND; i++) {
            values[i] = fulfils(i) ? kind.fulfils : kind.fails;
        }
        for (int i = 0; i < ROUND; i++) {
            Decision expected = fulfils(i) || kind == Kind.NONE ? Decision.ALLOW : Decision.IMPLICIT_DENY;
            if (portcullis() != expected) {
                throw new IllegalStateException(kind + ": not " + expected + " with " + values[i]);
            }
        }
    }

    private static boolean fulfils(int number) {
        return (ORDER >> number & 1) != 0;
    }

    /** From Strings. */
    @Benchmark
    public Decision portcullis() {
        String value = values[next++ & ROUND - 1];
        request.clear()
                .principal(USER)
                .action("qbusiness:GetIndex")
                .resource(RESOURCE)
                .context("t:Other", "research");
        if (list) {
            request.contextList(KEY).listValue("cost").listValue(value);
        } else if (value != null) {
            request.context(KEY, value);
        }
        return engine.decide(request);
    }
}
