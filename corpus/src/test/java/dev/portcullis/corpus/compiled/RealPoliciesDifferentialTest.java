package dev.portcullis.corpus.compiled;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.Decision;
import dev.portcullis.Policies;
import dev.portcullis.Store;
import dev.portcullis.corpus.AccessRequest;
import dev.portcullis.corpus.BundledCases;
import dev.portcullis.corpus.compiled.Contest.Outcome;
import dev.portcullis.corpus.generate.RandomNumbers;
import dev.portcullis.corpus.generate.RequestGenerator;
import dev.portcullis.corpus.reference.ReferenceJson;
import dev.portcullis.corpus.reference.ReferenceJson.Node;
import dev.portcullis.corpus.reference.ReferenceJson.Obj;
import dev.portcullis.corpus.reference.ReferenceJson.Str;
import dev.portcullis.policy.Checks;
import dev.portcullis.policy.PolicyDocument;
import dev.portcullis.policy.PolicyType;
import dev.portcullis.policy.Semantics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Engine against reference on policies as they are in use, with requests at the boundary of each. */
class RealPoliciesDifferentialTest {

    private static final long SEED = Long.getLong("portcullis.seed", 20_261_122);

    private static final Map<String, String> PARAMETERS = Map.of(
            "region", "us-east-1",
            "account_id", "111122223333",
            "source_account", "111122223333",
            "application_id", "a1b2",
            "subscription_id", "s1");

    private static final String USER = "arn:aws:iam::111122223333:user/alice";
    private static final String LIMITED = "arn:aws:iam::111122223333:user/bob";
    private static final String ROLE = "arn:aws:iam::111122223333:role/dev";

    private static final List<String> CALLERS = List.of(
            USER,
            USER,
            USER,
            LIMITED,
            LIMITED,
            "arn:aws:sts::111122223333:assumed-role/dev/s1",
            "arn:aws:iam::111122223333:root",
            "arn:aws:iam::444455556666:user/alice",
            "qbusiness.amazonaws.com",
            "anonymous");

    private static final String EVERYTHING =
            "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"}}";

    private final Map<Decision, Integer> decisions = new EnumMap<>(Decision.class);
    private int compared;

    @Test
    void decide_seedPolicies_asReference() {
        BundledCases.seedPolicies().forEach((name, text) -> {
            PolicyType type = name.endsWith("trust") ? PolicyType.TRUST : PolicyType.IDENTITY;
            compare(name, type, text, 2_000);
        });
        assertThat(compared).isEqualTo(12 * 2_000);
        assertThat(decisions.keySet()).contains(Decision.ALLOW, Decision.IMPLICIT_DENY);
    }

    @Tag("managed-policies")
    @Test
    void decide_managedPolicies_asReference() throws IOException {
        int policies = 0;
        try (Stream<String> lines = Files.lines(Path.of("managed-policies", "managed-policies.jsonl"))) {
            for (String line : (Iterable<String>) lines::iterator) {
                Obj root = (Obj) ReferenceJson.read(line);
                Node document = root.get("document").orElseThrow();
                String name = text(root, "name") + "/" + text(root, "version");
                compare(name, PolicyType.IDENTITY, line.substring(document.start(), document.end()), 200);
                policies++;
            }
        }
        assertThat(compared).isEqualTo(policies * 200);
        assertThat(decisions.keySet()).containsExactly(Decision.values());
    }

    private static String text(Obj object, String member) {
        return ((Str) object.get(member).orElseThrow()).value();
    }

    /** The policy as a user's and a role's own, as another user's boundary, or as the role's trust policy. */
    private void compare(String name, PolicyType type, String text, int requests) {
        PolicyDocument document = Policies.read(name, type, text, Checks.STORED, PARAMETERS)
                .document()
                .orElseThrow();
        Store.Builder store = Store.builder().checks(Checks.STORED);
        PARAMETERS.forEach(store::parameter);
        store.policy(name, text).policy("everything", EVERYTHING);
        if (type == PolicyType.TRUST) {
            store.user(USER, user -> user.attach("everything"));
            store.role(ROLE, role -> role.trust(name));
        } else {
            store.user(USER, user -> user.attach(name));
            store.user(LIMITED, user -> user.attach("everything").boundary(name));
            store.role(ROLE, role -> role.attach(name));
        }
        Contest contest = new Contest(store.build(), Semantics.defaults());
        RandomNumbers random = RandomNumbers.ofCase(SEED, name.hashCode());
        RequestGenerator generator = new RequestGenerator(random, List.of(document), CALLERS);
        for (int i = 0; i < requests; i++) {
            AccessRequest asked = generator.next();
            boolean supplied = random.chance(50);
            Outcome outcome = contest.decide(asked, supplied);
            assertThat(outcome.engine())
                    .as("%s request %d of seed %d: %s", name, i, SEED, asked)
                    .isEqualTo(outcome.reference());
            outcome.reference().ifPresent(decision -> decisions.merge(decision, 1, Integer::sum));
            compared++;
        }
    }
}
