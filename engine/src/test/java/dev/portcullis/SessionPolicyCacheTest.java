package dev.portcullis;

import static dev.portcullis.EngineStore.APP_SESSION;
import static dev.portcullis.EngineStore.allow;
import static dev.portcullis.EngineStore.document;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.policy.Limits;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SessionPolicyCacheTest {

    private static final String DO = document(allow("t:Do", ""));
    private static final String OTHER = document(allow("t:Other", ""));

    private final Engine engine = EngineStore.engine("");
    private final Request request = engine.newRequest();

    private Decision decide(String... texts) {
        return engine.decide(request.clear()
                .principal(APP_SESSION)
                .action("t:Do")
                .resource("*")
                .sessionPolicies(texts));
    }

    private static SessionPolicies compiled(Engine engine) {
        return engine.compileSession(DO);
    }

    @Test
    void sessionPolicies_textSeenBefore_isNotCompiledAgain() {
        assertThat(decide(DO)).isEqualTo(Decision.ALLOW);
        assertThat(decide(OTHER)).isEqualTo(Decision.IMPLICIT_DENY);
        assertThat(decide(OTHER, DO)).isEqualTo(Decision.ALLOW);
        assertThat(engine.sessionCacheMisses()).isEqualTo(3);
        assertThat(engine.sessionCacheHits()).isZero();
        long bytes = engine.sessionCacheBytes();
        assertThat(bytes).isBetween(1_000L, (long) Limits.SESSION_CACHE_BYTES);
        assertThat(decide(String.valueOf(DO.toCharArray()))).isEqualTo(Decision.ALLOW);
        assertThat(decide(OTHER)).isEqualTo(Decision.IMPLICIT_DENY);
        assertThat(decide(OTHER, DO)).isEqualTo(Decision.ALLOW);
        assertThat(engine.sessionCacheHits()).isEqualTo(3);
        assertThat(engine.sessionCacheMisses()).isEqualTo(3);
        assertThat(engine.sessionCacheBytes()).isEqualTo(bytes);
    }

    @Test
    void sessionPolicies_sameTextsInAnotherOrderOrCut_areOthers() {
        assertThat(decide(OTHER, DO)).isEqualTo(Decision.ALLOW);
        assertThat(decide(DO, OTHER)).isEqualTo(Decision.ALLOW);
        assertThat(decide(OTHER)).isEqualTo(Decision.IMPLICIT_DENY);
        assertThat(engine.sessionCacheHits()).isZero();
    }

    @Test
    void sessionPolicies_refused_areRefusedEachTime() {
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> decide("{}")).isInstanceOf(InvalidPolicyException.class);
        }
        assertThat(engine.sessionCacheBytes()).isZero();
        assertThatThrownBy(() -> request.clear().sessionPolicies())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("sessionPolicies: 1 to 11");
        assertThatThrownBy(() -> request.clear().sessionPolicies(new String[12]))
                .hasMessageContaining("not 12");
    }

    @Test
    void keep_moreThanTheBound_dropsWhatWasUsedLongestAgo() {
        SessionPolicies policies = compiled(engine);
        SessionPolicyCache cache = new SessionPolicyCache(20_000);
        List<String[]> kept = new ArrayList<>();
        String[] first = {"first"};
        cache.keep(first, policies);
        for (int i = 0; i < 200; i++) {
            String[] texts = {"text " + i};
            assertThat(cache.find(texts)).isNull();
            cache.keep(texts, policies);
            kept.add(texts);
            assertThat(cache.find(texts)).isSameAs(policies);
            assertThat(cache.find(first)).isSameAs(policies);
            assertThat(cache.bytes()).isBetween(1L, 20_000L);
        }
        assertThat(cache.find(kept.get(0))).isNull();
        assertThat(cache.find(kept.get(198))).isSameAs(policies);
        assertThat(cache.hits()).isEqualTo(401);
        assertThat(cache.misses()).isEqualTo(201);
    }

    @Test
    void keep_largerThanTheBound_isNotKept() {
        SessionPolicyCache cache = new SessionPolicyCache(100);
        cache.keep(new String[] {DO}, compiled(engine));
        assertThat(cache.bytes()).isZero();
        assertThat(cache.find(new String[] {DO})).isNull();
    }

    /** Whoever writes session policies can make String's hashes collide: the eight latest are found, the others not. */
    @Test
    void keep_collidingTexts_areFoundOrForgottenNeverMixedUp() {
        SessionPolicyCache cache = new SessionPolicyCache(Limits.SESSION_CACHE_BYTES);
        List<String> colliding = new ArrayList<>(List.of(""));
        for (int i = 0; i < 5; i++) {
            List<String> longer = new ArrayList<>();
            colliding.forEach(text -> longer.addAll(List.of(text + "Aa", text + "BB")));
            colliding = longer;
        }
        assertThat(colliding).hasSize(32).allMatch(text -> text.hashCode() == "AaAaAaAaAa".hashCode());
        List<SessionPolicies> all = new ArrayList<>();
        for (String text : colliding) {
            SessionPolicies policies = compiled(engine);
            all.add(policies);
            cache.keep(new String[] {text}, policies);
        }
        int found = 0;
        for (int i = 0; i < all.size(); i++) {
            SessionPolicies policies = cache.find(new String[] {colliding.get(i)});
            if (policies != null) {
                found++;
                assertThat(policies).isSameAs(all.get(i));
            }
        }
        assertThat(found).isEqualTo(8);
        assertThat(cache.bytes()).isLessThan(20_000);
    }

    @Test
    void keep_fromManyThreads_staysInTheBound() throws InterruptedException {
        SessionPolicies policies = compiled(engine);
        SessionPolicyCache cache = new SessionPolicyCache(50_000);
        List<Thread> threads = new ArrayList<>();
        List<Throwable> failures = java.util.Collections.synchronizedList(new ArrayList<>());
        for (int t = 0; t < 4; t++) {
            int from = t * 100;
            Thread thread = new Thread(() -> {
                for (int i = 0; i < 2_000; i++) {
                    String[] texts = {"text " + (from + i % 150)};
                    SessionPolicies known = cache.find(texts);
                    if (known == null) {
                        cache.keep(texts, policies);
                    }
                }
            });
            thread.setUncaughtExceptionHandler((dead, failure) -> failures.add(failure));
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(failures).isEmpty();
        assertThat(cache.hits() + cache.misses()).isEqualTo(8_000);
        assertThat(cache.bytes()).isBetween(1L, 50_000L);
    }
}
