package dev.portcullis;

import static dev.portcullis.EngineStore.document;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.policy.Checks;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests keep what they know of the users and roles who asked lately, more than they have room for, of several versions. */
class KnownCallersTest {

    private static final int USERS = 300;
    private static final int ROLES = 60;

    private static String principal(int number) {
        return number < USERS
                ? "arn:aws:iam::111122223333:user/dev-" + number
                : "arn:aws:iam::111122223333:role/path/app-" + number;
    }

    private static String asking(int number) {
        return number < USERS ? principal(number) : "arn:aws:sts::111122223333:assumed-role/app-" + number + "/s";
    }

    private static String owns(int number) {
        return document("{\"Effect\":\"Allow\",\"Action\":\"t:Do\",\"Resource\":\"arn:aws:t:us-east-1:111122223333:of/"
                + number + "\"}");
    }

    private static Store store() {
        Store.Builder store = Store.builder()
                .checks(Checks.STORED)
                .policy(
                        "ids",
                        document(
                                "{\"Effect\":\"Allow\",\"Action\":\"t:Tell\",\"Resource\":\"*\",\"Condition\":{\"StringLike\":{"
                                        + "\"aws:userid\":[\"AIDATOLD*\",\"AROATOLD*\"]}}}"))
                .policy("none", document("{\"Effect\":\"Deny\",\"Action\":\"t:Other\",\"Resource\":\"*\"}"));
        for (int i = 0; i < USERS + ROLES; i++) {
            String name = "own" + i;
            store.policy(name, owns(i));
            boolean bounded = i % 7 == 3;
            if (i < USERS) {
                store.user(principal(i), user -> bound(user.attach(name, "ids"), bounded));
            } else {
                store.role(principal(i), role -> bound(role.attach(name, "ids"), bounded));
            }
        }
        return store.build();
    }

    private static void bound(Store.PrincipalBuilder principal, boolean bounded) {
        if (bounded) {
            principal.boundary("none");
        }
    }

    @Test
    void decide_moreCallersThanAreKept_eachIsHimself() {
        Engine compiled = Engine.compile(store());
        int gone = 5;
        int given = 133;
        Engine changed = compiled.with(Change.builder().remove(principal(gone)).build())
                .with(Change.builder()
                        .policy("more", owns(gone))
                        .attach(principal(given), "more")
                        .build());
        SplittableRandom random = new SplittableRandom(21);
        Request request = compiled.newRequest();
        List<PrincipalHandle> handles = new ArrayList<>();
        for (int i = 0; i < USERS + ROLES; i++) {
            handles.add(compiled.principal(asking(i)));
        }
        int[] counts = new int[3];
        for (int i = 0; i < 60_000; i++) {
            // 5, 133 and 261 have one place.
            int number = random.nextInt(4) == 0 ? gone + 128 * random.nextInt(3) : random.nextInt(USERS + ROLES);
            boolean first = random.nextBoolean();
            Engine engine = first ? compiled : changed;
            request.clear();
            if (random.nextInt(4) == 0) {
                request.principal(handles.get(number));
            } else {
                request.principal(new String(asking(number)));
            }
            boolean told = random.nextInt(5) == 0;
            if (told) {
                request.uniqueId(number < USERS ? "AIDATOLD" : "AROATOLD");
            }
            boolean tells = random.nextInt(3) == 0;
            int of = random.nextInt(3) == 0 ? random.nextInt(USERS + ROLES) : random.nextInt(8) == 0 ? gone : number;
            request.action(tells ? "t:Tell" : "t:Do").resource("arn:aws:t:us-east-1:111122223333:of/" + of);
            boolean there = first || number != gone;
            boolean owns = of == number || (!first && number == given && of == gone);
            boolean allowed = there && number % 7 != 3 && (tells ? told : owns);
            assertThat(engine.decide(request))
                    .as("%d on %d, told %s, tells %s, first %s", number, of, told, tells, first)
                    .isEqualTo(allowed ? Decision.ALLOW : Decision.IMPLICIT_DENY);
            counts[allowed ? 0 : 1]++;
        }
        assertThat(counts[0]).isGreaterThan(10_000);
        assertThat(counts[1]).isGreaterThan(10_000);
    }

    /** ARNs of one hash as Strings: few are found by it, of many none. */
    @ParameterizedTest
    @ValueSource(ints = {2, 4, 5})
    void decide_callersOfOneHash_eachIsHimself(int bits) {
        int count = 1 << bits;
        Store.Builder store = Store.builder();
        for (int i = 0; i < count; i++) {
            String name = "own" + i;
            store.policy(name, owns(i)).user(colliding(i, bits), user -> user.attach(name));
        }
        Engine engine = Engine.compile(store.build());
        assertThat(colliding(0, bits).hashCode())
                .isEqualTo(colliding(count - 1, bits).hashCode());
        for (Request request : List.of(engine.newRequest(), engine.newRequests(1)[0])) {
            for (int round = 0; round < 2; round++) {
                for (int asking = 0; asking <= count; asking++) {
                    String principal = asking < count ? colliding(asking, bits) : colliding(1, bits + 1);
                    for (int of = 0; of < count; of++) {
                        request.clear().principal(principal).action("t:Do");
                        request.resource("arn:aws:t:us-east-1:111122223333:of/" + of);
                        assertThat(engine.decide(request))
                                .isEqualTo(of == asking ? Decision.ALLOW : Decision.IMPLICIT_DENY);
                    }
                }
            }
        }
    }

    private static String colliding(int number, int bits) {
        StringBuilder arn = new StringBuilder("arn:aws:iam::111122223333:user/");
        for (int bit = 0; bit < bits; bit++) {
            arn.append((number >> bit & 1) == 0 ? "Aa" : "BB");
        }
        return arn.toString();
    }
}
