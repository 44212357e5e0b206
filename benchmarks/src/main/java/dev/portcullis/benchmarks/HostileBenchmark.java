package dev.portcullis.benchmarks;

import dev.portcullis.Decision;
import dev.portcullis.Engine;
import dev.portcullis.Request;
import dev.portcullis.Store;
import java.util.ArrayList;
import java.util.List;
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

/** One decision of policies that no index likes: fifty statements that all have to be tried, and all but the last fail late. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 10, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 40, time = 50, timeUnit = TimeUnit.MILLISECONDS)
@Fork(
        value = 1,
        jvmArgs = {"-Xms2g", "-Xmx6g", "-XX:+UseSerialGC"})
public class HostileBenchmark {

    private static final int STATEMENTS = 50;
    private static final int STATEMENTS_A_POLICY = 5;
    private static final String USER = "arn:aws:iam::111122223333:user/engineering/qdev-10001";
    private static final String RESOURCE =
            "arn:aws:qbusiness:us-east-1:111122223333:application/a1b2c3d4-5678/index/9f8e7d6c/data-source/documents-1";

    /** What the statements are made of. */
    public enum Kind {
        /** {@code "Action": "*"} with conditions that fail. */
        EVERY_ACTION,
        /** {@code NotAction} that lets the action through, and a resource that isn't the one. */
        NOT_ACTION,
        /** {@code NotResource} that lists the resource behind others. */
        NOT_RESOURCE,
        /** {@code arn:*:*:*} and stars in every field. */
        WILDCARD_FIELDS,
        /** Wildcards inside the resource. */
        INNER_WILDCARDS,
        /** Variables in the resource. */
        VARIABLES,
        /** All match and allow; a Deny at the very end doesn't. */
        ALL_MATCH
    }

    /** Which. */
    @Param
    public Kind kind;

    private Engine engine;
    private Request request;

    /** Compiles, and checks the decision. */
    @Setup
    public void build() {
        Store.Builder store = Store.builder();
        List<String> names = new ArrayList<>();
        for (int i = 0; i < STATEMENTS; i += STATEMENTS_A_POLICY) {
            List<String> statements = new ArrayList<>();
            for (int j = i; j < i + STATEMENTS_A_POLICY; j++) {
                statements.add(statement(kind, j));
            }
            String name = "p" + i;
            store.policy(name, "{\"Version\":\"2012-10-17\",\"Statement\":[" + String.join(",", statements) + "]}");
            names.add(name);
        }
        store.policy("last", last());
        names.add("last");
        store.user(USER, user -> user.attach(names.toArray(String[]::new)));
        engine = Engine.compile(store.build());
        request = engine.newRequest();
        if (portcullis() != Decision.ALLOW) {
            throw new IllegalStateException(kind + ": decided " + portcullis());
        }
    }

    private static String last() {
        return "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"qbusiness:Get*\","
                + "\"Resource\":\"arn:aws:qbusiness:*:111122223333:application/*/index/*\"}}";
    }

    private static String statement(Kind kind, int i) {
        return switch (kind) {
            case EVERY_ACTION -> deny("\"Action\":\"*\"", "\"Resource\":\"*\"", condition("no-" + i));
            case NOT_ACTION ->
                deny(
                        "\"NotAction\":[\"iam:*\",\"s3:Get*\"]",
                        "\"Resource\":\"arn:aws:qbusiness:us-east-1:111122223333:application/a1b2c3d4-" + i + "\"",
                        "");
            case NOT_RESOURCE ->
                deny(
                        "\"Action\":\"qbusiness:*\"",
                        "\"NotResource\":[\"arn:aws:s3:::b" + i
                                + "/*\",\"arn:aws:qbusiness:*:*:application/*-5678/*\"]",
                        "");
            case WILDCARD_FIELDS -> deny("\"Action\":\"*\"", "\"Resource\":\"arn:*:*:*:*:*" + i + "-documents\"", "");
            case INNER_WILDCARDS ->
                deny(
                        "\"Action\":\"qbusiness:*e*t*\"",
                        "\"Resource\":\"arn:aws:qbusiness:*:*:application/*-56?8/*/data-*/doc*-" + i + "x\"",
                        "");
            case VARIABLES ->
                deny(
                        "\"Action\":\"qbusiness:*\"",
                        "\"Resource\":\"arn:aws:qbusiness:*:*:application/${aws:PrincipalTag/team}-" + i + "/*\"",
                        "");
            case ALL_MATCH ->
                "{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\",\"Condition\":{\"StringLike\":{\"aws:userid\":\"AIDA"
                        + "*".repeat(1 + i % 2) + i % 7 + "*\"}}}";
        };
    }

    private static String deny(String actions, String resources, String condition) {
        return "{\"Effect\":\"Deny\"," + actions + "," + resources + condition + "}";
    }

    private static String condition(String team) {
        return ",\"Condition\":{\"StringEquals\":{\"aws:PrincipalTag/team\":\"" + team + "\"}}";
    }

    /** From Strings. */
    @Benchmark
    public Decision portcullis() {
        return engine.decide(request.clear()
                .principal(USER)
                .action("qbusiness:GetIndex")
                .resource(RESOURCE)
                .context("aws:SourceIp", "203.0.113.7")
                .context("aws:PrincipalTag/team", "q")
                .context("aws:userid", "AIDAEXAMPLE0123456"));
    }
}
