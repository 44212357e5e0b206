package dev.portcullis.corpus.compiled;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.Decision;
import dev.portcullis.Store;
import dev.portcullis.corpus.AccessRequest;
import dev.portcullis.corpus.reference.Situation;
import dev.portcullis.policy.Checks;
import dev.portcullis.policy.Semantics;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * More services, actions and patterns of them than compiling tries on each other (rules L30, L35): what it leaves to the
 * decision must come out as in the reference. The sizes are beyond the limits of the compiler, and just below them.
 */
class ManyActionsTest {

    private static final String ALICE = "arn:aws:iam::111122223333:user/alice";
    private static final int REQUESTS = 300;
    private static final int SPREAD = 4;

    private static String statement(String effect, String element, String actions) {
        return "{\"Effect\":\"" + effect + "\",\"" + element + "\":" + actions + ",\"Resource\":\"*\"}";
    }

    private static String list(int count, IntFunction<String> one) {
        return IntStream.range(0, count)
                .mapToObj(i -> "\"" + one.apply(i) + "\"")
                .collect(Collectors.joining(",", "[", "]"));
    }

    private static String each(int count, IntFunction<String> one) {
        return IntStream.range(0, count).mapToObj(one).collect(Collectors.joining(","));
    }

    @Test
    void decide_manyNamesAndPatternsOfOneService_asReference() {
        for (int count : new int[] {30, 900, 1_500}) {
            String names = statement("Allow", "Action", list(count, i -> "t:n" + 2 * i));
            String patterns = statement("Allow", "Action", list(count, i -> "t:*n" + 3 * i + "?"));
            String deny = statement("Deny", "Action", list(count, i -> "t:?" + 5 * i + "*"));
            String spared = statement("Deny", "NotAction", "[\"t:n*\",\"u:*\"]");
            compare(names + "," + patterns + "," + deny + "," + spared, count, i -> "t:n" + i);
        }
    }

    @Test
    void decide_manyPatternsInStatementsOfTheirOwn_asReference() {
        for (int count : new int[] {30, 1_500}) {
            compare(
                    each(
                            count,
                            i -> i % 2 == 0
                                    ? statement("Allow", "Action", "\"t:n" + i + "\"")
                                    : statement("Allow", "Action", "\"t:*" + i + "\"")),
                    count,
                    i -> "t:n" + i);
        }
    }

    @Test
    void decide_manyServicesAndPatternsOfServices_asReference() {
        for (int count : new int[] {40, 300, 1_600}) {
            compare(
                    each(
                            count,
                            i -> i % 2 == 0
                                    ? statement("Allow", "Action", "\"s" + i + ":Get\"")
                                    : statement(i % 3 == 0 ? "Deny" : "Allow", "Action", "\"*" + i + ":*e*\"")),
                    count,
                    i -> "s" + i + ":Get");
        }
    }

    @Test
    void decide_manyServicesAndWhatIsAboutAllOthers_asReference() {
        for (int count : new int[] {40, 1_600}) {
            String some = list(count, i -> "s" + 2 * i + (i % 2 == 0 ? ":*" : ":Get"));
            compare(
                    statement("Allow", "NotAction", some)
                            + ","
                            + each(count, i -> statement("Allow", "Action", "\"s" + i + ":Put\""))
                            + ","
                            + each(count, i -> statement("Deny", "NotAction", "[\"s*:*\",\"v" + i + ":Get\"]")),
                    count,
                    i -> "s" + i + (i % 3 == 0 ? ":Put" : ":Get"));
        }
    }

    /** What covers every action, or none, stays so when a set has no lists by service. */
    @Test
    void decide_everyActionBesideManyServices_asReference() {
        int count = 1_600;
        String services =
                each(count, i -> statement("Deny", "Action", i % 2 == 0 ? "\"s" + i + ":Get\"" : "\"*" + i + ":*e*\""));
        compare(services + "," + statement("Allow", "Action", "\"*\""), count, i -> "s" + i + ":Get");
        compare(services + "," + statement("Allow", "NotAction", "\"*\""), count, i -> "s" + i + ":Get");
    }

    private static void compare(String statements, int count, IntFunction<String> actions) {
        Store store = Store.builder()
                .checks(Checks.STORED)
                .policy("p", "{\"Version\":\"2012-10-17\",\"Statement\":[" + statements + "]}")
                .user(ALICE, user -> user.attach("p"))
                .build();
        Contest contest = new Contest(store, Semantics.defaults());
        Random random = new Random(count);
        Set<Decision> seen = EnumSet.noneOf(Decision.class);
        for (int i = 0; i < REQUESTS; i++) {
            String action = actions.apply(random.nextInt(SPREAD * count));
            AccessRequest asked = new AccessRequest(
                    ALICE,
                    i % 2 == 0 ? action : action.toUpperCase(Locale.ROOT),
                    "*",
                    Optional.empty(),
                    Map.of(),
                    Optional.empty(),
                    Optional.empty(),
                    Situation.Facts.NONE);
            Contest.Outcome outcome = contest.decide(asked, true);
            assertThat(outcome.agrees())
                    .as("%s of %s: %s", action, count, outcome)
                    .isTrue();
            seen.add(outcome.engine().orElseThrow());
        }
        assertThat(seen).as("decisions of %s", count).hasSizeGreaterThan(1);
    }
}
