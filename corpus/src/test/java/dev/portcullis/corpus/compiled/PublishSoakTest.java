package dev.portcullis.corpus.compiled;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.Change;
import dev.portcullis.Decision;
import dev.portcullis.Engine;
import dev.portcullis.EngineHolder;
import dev.portcullis.EngineHolder.Version;
import dev.portcullis.Request;
import dev.portcullis.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Publishing while others decide. Version n allows just {@code t:An} in an identity-based policy and denies just {@code
 * t:Bn} in a boundary, n modulo {@link #TURNS}, both put by one change: whoever decides by parts of two versions, or misses
 * an entry, sees something else.
 */
class PublishSoakTest {

    private static final int TURNS = 7;
    private static final int READERS = 3;
    private static final int COMPILE_EVERY = 2_500;
    private static final String USER = "arn:aws:iam::111122223333:user/alice";

    private static String document(String... statements) {
        return "{\"Version\":\"2012-10-17\",\"Statement\":[" + String.join(",", statements) + "]}";
    }

    private static String statement(String effect, String action) {
        return "{\"Effect\":\"" + effect + "\",\"Action\":\"" + action + "\",\"Resource\":\"*\"}";
    }

    private static String allows(long version) {
        return document(statement("Allow", "t:A" + version % TURNS), statement("Allow", "t:B*"));
    }

    private static String denies(long version) {
        return document(statement("Deny", "t:B" + version % TURNS), statement("Allow", "t:*"));
    }

    private static Engine compiled(long version) {
        return Engine.compile(Store.builder()
                .policy("allows", allows(version))
                .policy("denies", denies(version))
                .user(USER, user -> user.attach("allows").boundary("denies"))
                .build());
    }

    private static Change change(long version) {
        return Change.builder()
                .policy("allows", allows(version))
                .policy("denies", denies(version))
                .build();
    }

    @Test
    void publish_tenThousandTimes_everyDecisionIsOfOneVersion() throws InterruptedException, ExecutionException {
        soak(10_000);
    }

    @Tag("nightly")
    @Test
    void publish_aMillionTimes_everyDecisionIsOfOneVersion() throws InterruptedException, ExecutionException {
        soak(Integer.getInteger("portcullis.publications", 1_000_000));
    }

    private static void soak(int publications) throws InterruptedException, ExecutionException {
        EngineHolder holder = new EngineHolder(compiled(1));
        ExecutorService threads = Executors.newFixedThreadPool(READERS);
        try {
            List<Future<Long>> readers = new ArrayList<>();
            for (int reader = 0; reader < READERS; reader++) {
                readers.add(threads.submit(() -> read(holder, publications)));
            }
            for (long version = 2; version <= publications; version++) {
                Version published = version % COMPILE_EVERY == 0
                        ? holder.publish(compiled(version))
                        : holder.update(change(version));
                assertThat(published.number()).isEqualTo(version);
            }
            for (Future<Long> reader : readers) {
                assertThat(reader.get()).as("versions seen").isGreaterThan(1);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** Decides until the last version is there; how many versions it saw. */
    private static long read(EngineHolder holder, int publications) {
        Request request = holder.get().newRequest();
        long before = 0;
        long seen = 0;
        while (before < publications) {
            Version live = holder.version();
            Engine engine = live.engine();
            if (!engine.accepts(request)) {
                request = engine.newRequest();
            }
            if (live.number() < before) {
                throw new AssertionError("version " + live.number() + " after " + before);
            }
            seen += live.number() > before ? 1 : 0;
            before = live.number();
            int turn = (int) (before % TURNS);
            for (int i = 0; i < TURNS; i++) {
                check(engine, request, "t:A" + i, i == turn ? Decision.ALLOW : Decision.IMPLICIT_DENY, before);
                check(engine, request, "t:B" + i, i == turn ? Decision.EXPLICIT_DENY : Decision.ALLOW, before);
            }
        }
        return seen;
    }

    private static void check(Engine engine, Request request, String action, Decision expected, long version) {
        Decision decision =
                engine.decide(request.clear().principal(USER).action(action).resource("*"));
        if (decision != expected) {
            throw new AssertionError("version " + version + ": " + action + " is " + decision);
        }
    }

    /** A plain field, no holder: a version is immutable, so whoever sees it sees all of it, however it got there. */
    @Test
    void engine_handedOverByARace_isWhole() throws InterruptedException, ExecutionException {
        Racy racy = new Racy(compiled(0));
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            List<Future<?>> readers = new ArrayList<>();
            for (int reader = 0; reader < 2; reader++) {
                readers.add(threads.submit(() -> readRacy(racy)));
            }
            Engine engine = racy.engine;
            for (int version = 1; version < 3_000; version++) {
                engine = engine.with(change(version));
                racy.engine = engine;
            }
            racy.done = true;
            for (Future<?> reader : readers) {
                assertThat(reader.get()).isNull();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static final class Racy {
        private Engine engine;
        private volatile boolean done;

        Racy(Engine engine) {
            this.engine = engine;
        }
    }

    private static void readRacy(Racy racy) {
        Request request = racy.engine.newRequest();
        while (!racy.done) {
            Engine engine = racy.engine;
            int allowed = -1;
            int denied = -1;
            for (int i = 0; i < TURNS; i++) {
                if (decide(engine, request, "t:A" + i) == Decision.ALLOW) {
                    allowed = allowed < 0 ? i : TURNS;
                }
                if (decide(engine, request, "t:B" + i) == Decision.EXPLICIT_DENY) {
                    denied = denied < 0 ? i : TURNS;
                }
            }
            if (allowed < 0 || allowed != denied || allowed == TURNS) {
                throw new AssertionError("allows t:A" + allowed + ", denies t:B" + denied);
            }
        }
    }

    private static Decision decide(Engine engine, Request request, String action) {
        return engine.decide(request.clear().principal(USER).action(action).resource("*"));
    }
}
