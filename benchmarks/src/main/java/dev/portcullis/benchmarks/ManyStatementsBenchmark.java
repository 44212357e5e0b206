package dev.portcullis.benchmarks;

import dev.portcullis.Decision;
import dev.portcullis.Engine;
import dev.portcullis.Request;
import dev.portcullis.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
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

/** View (c): one principal, and as many statements on the same four action sets, each with an application of its own. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 10, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 40, time = 50, timeUnit = TimeUnit.MILLISECONDS)
@Fork(
        value = 1,
        jvmArgs = {"-Xms4g", "-Xmx10g", "-XX:+UseSerialGC"})
public class ManyStatementsBenchmark {

    private static final int ASKS = 1 << 10;
    private static final int STATEMENTS_A_POLICY = 50;
    private static final String USER = "arn:aws:iam::111122223333:user/engineering/qdev-10001";
    private static final String[] KEYS = {"aws:SourceIp", "aws:SecureTransport"};
    private static final String[] VALUES = {"203.0.113.7", "true"};
    private static final String[][] ACTION_SETS = {
        {"qbusiness:Chat", "qbusiness:ChatSync", "qbusiness:ListConversations"},
        {"qbusiness:GetApplication", "qbusiness:UpdateApplication", "qbusiness:ListIndices"},
        {"qbusiness:BatchPutDocument", "qbusiness:BatchDeleteDocument"},
        {"qbusiness:Chat", "qbusiness:GetIndex", "qbusiness:GetApplication"},
    };

    /** How many. */
    @Param({"1000", "100000", "1000000"})
    public int statements;

    private Ask[] asks;
    private int next;
    private Engine engine;
    private Request request;
    private Indexed indexed;

    /** Compiles, and checks that both decide alike. */
    @Setup
    public void build() {
        SplittableRandom random = new SplittableRandom(11);
        Rule[] rules = new Rule[statements];
        for (int i = 0; i < statements; i++) {
            String arn = "arn:aws:qbusiness:us-east-1:111122223333:application/" + id(random);
            rules[i] = new Rule(
                    i % 20 == 7,
                    ACTION_SETS[i % ACTION_SETS.length],
                    new String[] {i % 3 == 0 ? arn : arn + "/*"},
                    i % 5 == 0
                            ? new Rule.Test[] {new Rule.Test("Bool", "aws:SecureTransport", "true")}
                            : new Rule.Test[0]);
        }
        engine = Engine.compile(store(rules));
        request = engine.newRequest();
        asks = new Ask[ASKS];
        for (int i = 0; i < ASKS; i++) {
            asks[i] = ask(rules[random.nextInt(statements)], random);
        }
        indexed = new Indexed(rules);
        for (int i = 0; i < ASKS; i += statements > 10_000 ? 64 : 1) {
            Decision decision = portcullis(asks[i]);
            if (decision != indexed.decide(asks[i])) {
                throw new IllegalStateException("decided differently: " + asks[i]);
            }
        }
    }

    private static String id(SplittableRandom random) {
        return Long.toHexString(random.nextLong() | 1L << 63) + "-" + random.nextInt(1_000, 10_000);
    }

    private static Store store(Rule... rules) {
        Store.Builder store = Store.builder();
        List<String> names = new ArrayList<>();
        for (int from = 0; from < rules.length; from += STATEMENTS_A_POLICY) {
            String name = "p" + names.size();
            store.policy(
                    name,
                    Rule.document(List.of(rules).subList(from, Math.min(rules.length, from + STATEMENTS_A_POLICY))));
            names.add(name);
        }
        store.user(USER, user -> user.attach(names.toArray(String[]::new)));
        return store.build();
    }

    private static Ask ask(Rule rule, SplittableRandom random) {
        String action = rule.actions()[random.nextInt(rule.actions().length)];
        String resource = rule.resources()[0].replace("/*", "/index/i-" + random.nextInt(10));
        boolean miss = random.nextInt(10) < 3;
        return new Ask(0, USER, action, miss ? resource + "0" : resource, KEYS, VALUES, List.of());
    }

    private Decision portcullis(Ask ask) {
        return engine.decide(request.clear()
                .principal(USER)
                .action(ask.action())
                .resource(ask.resource())
                .context(KEYS[0], VALUES[0])
                .context(KEYS[1], VALUES[1]));
    }

    /** From Strings. */
    @Benchmark
    public Decision portcullis() {
        return portcullis(asks[next++ & ASKS - 1]);
    }

    /** The fifty-line index. */
    @Benchmark
    public Decision indexed() {
        return indexed.decide(asks[next++ & ASKS - 1]);
    }
}
