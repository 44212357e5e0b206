package dev.portcullis.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.Decision;
import dev.portcullis.Engine;
import dev.portcullis.InvalidPolicyException;
import dev.portcullis.Request;
import dev.portcullis.Store;
import dev.portcullis.corpus.reference.ReferenceEvaluator;
import dev.portcullis.corpus.reference.Situation;
import dev.portcullis.policy.AccessControlList;
import dev.portcullis.policy.AccessControlList.Grant;
import dev.portcullis.policy.AccessControlList.Permission;
import dev.portcullis.policy.GuardedResource;
import dev.portcullis.policy.Semantics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Random small stores whose resources cover each other: same policy, list, owner and same refusals as the reference. */
class GuardAgreementTest {

    private static final int STORES = 300;
    private static final String ALICE = "arn:aws:iam::111122223333:user/alice";
    private static final List<String> NAMES = List.of("a", "b", "ab", "a/k", "a/b", "b/a:b", "a:b/k");
    private static final List<String> PATTERNS = List.of("a*", "*b", "?/*", "a/?", "*", "*:*", "a?b*", "b/a:*");
    private static final List<String> OWNERS = List.of("111122223333", "444455556666");
    private static final List<String> ROLES =
            List.of("arn:aws:iam::111122223333:role/a", "arn:aws:iam::111122223333:role/b");

    private final List<String> differences = new ArrayList<>();
    private int allowed;
    private int refused;
    private int refusedStores;

    private static String document(String principal, String action) {
        return "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":" + principal
                + ",\"Action\":\"" + action + "\"" + (action.startsWith("sts") ? "" : ",\"Resource\":\"*\"") + "}]}";
    }

    private static <T> T any(List<T> of, SplittableRandom random) {
        return of.get(random.nextInt(of.size()));
    }

    private static Store store(SplittableRandom random) {
        Store.Builder store = Store.builder()
                .policy("get", document("\"*\"", "s3:GetObject"))
                .policy("get-too", document("\"*\"", "s3:GetObject"))
                .policy("roles", document("{\"AWS\":\"" + ALICE + "\"}", "iam:*"))
                .policy("trust", document("{\"AWS\":\"" + ALICE + "\"}", "sts:AssumeRole"))
                .user(ALICE, user -> {})
                .role(ROLES.get(0), role -> role.trust("trust"));
        List<String> arns = new ArrayList<>(NAMES);
        List<String> patterns = new ArrayList<>(PATTERNS);
        for (int i = random.nextInt(1, 5); i > 0; i--) {
            List<String> covers = new ArrayList<>();
            for (int j = random.nextInt(3); j > 0; j--) {
                covers.add("arn:aws:s3:::" + patterns.remove(random.nextInt(patterns.size())));
            }
            Optional<String> policy =
                    random.nextBoolean() ? Optional.of(random.nextInt(3) == 0 ? "get-too" : "get") : Optional.empty();
            Optional<AccessControlList> list = random.nextInt(3) > 0
                    ? Optional.empty()
                    : Optional.of(new AccessControlList(
                            List.of(new Grant("AllUsers", Permission.READ)), true, random.nextBoolean()));
            String arn = "arn:aws:s3:::" + arns.remove(random.nextInt(arns.size()));
            String owner = OWNERS.get(random.nextInt(4) / 3);
            store.resource(new GuardedResource(arn, owner, policy, covers, Map.of(), list));
        }
        if (random.nextBoolean()) {
            store.resource(new GuardedResource(
                    "arn:aws:iam::111122223333:mfa/m",
                    OWNERS.get(0),
                    Optional.of("roles"),
                    List.of("arn:aws:iam::*:role/" + any(List.of("*", "b"), random)),
                    Map.of(),
                    Optional.empty()));
        }
        return store.build();
    }

    @Test
    void decide_randomCoveringResources_asTheReference() {
        for (int seed = 0; seed < STORES; seed++) {
            Store store = store(new SplittableRandom(seed));
            StoreSituations situations = new StoreSituations(store);
            try {
                compare(seed, situations, Engine.compile(store));
            } catch (InvalidPolicyException ambiguous) {
                refusedStores++;
                String arn = ambiguous.diagnostics().get(0).message().split("`", 3)[1];
                assertThat(expected(situations, asked(ALICE, "s3:ListBucket", arn, Optional.empty())))
                        .as("seed %d: %s", seed, ambiguous.getMessage())
                        .isEmpty();
            }
        }
        assertThat(differences).isEmpty();
        assertThat(allowed).isGreaterThan(1_000);
        assertThat(refused).isGreaterThan(500);
        assertThat(refusedStores).isBetween(1, STORES / 3);
    }

    private void compare(int seed, StoreSituations situations, Engine engine) {
        Request request = engine.newRequest();
        List<String> resources = new ArrayList<>(ROLES);
        NAMES.forEach(name -> resources.add("arn:aws:s3:::" + name));
        for (String resource : resources) {
            for (String principal : List.of(ALICE, "anonymous", "arn:aws:iam::444455556666:root")) {
                for (String action :
                        List.of("s3:GetObject", "sts:AssumeRole", "iam:GetRole", "sts:GetCallerIdentity")) {
                    for (Optional<String> owner : List.of(Optional.<String>empty(), Optional.of("444455556666"))) {
                        AccessRequest asked = asked(principal, action, resource, owner);
                        Optional<Decision> expected = expected(situations, asked);
                        Optional<Decision> got = got(engine, request, asked);
                        if (!expected.equals(got)) {
                            differences.add("seed " + seed + " " + asked + ": " + expected + ", engine " + got);
                        }
                        refused += expected.isEmpty() ? 1 : 0;
                        allowed += expected.filter(d -> d == Decision.ALLOW).isPresent() ? 1 : 0;
                    }
                }
            }
        }
    }

    private static AccessRequest asked(String principal, String action, String resource, Optional<String> owner) {
        return new AccessRequest(
                principal, action, resource, owner, Map.of(), Optional.empty(), Optional.empty(), Situation.Facts.NONE);
    }

    private static Optional<Decision> expected(StoreSituations situations, AccessRequest asked) {
        try {
            return Optional.of(ReferenceEvaluator.decide(situations.situation(asked, Semantics.defaults())));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<Decision> got(Engine engine, Request request, AccessRequest asked) {
        try {
            return Optional.of(engine.decide(EngineRequests.fill(engine, request, asked)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
