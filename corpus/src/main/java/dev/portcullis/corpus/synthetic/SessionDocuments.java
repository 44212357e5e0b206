package dev.portcullis.corpus.synthetic;

import static dev.portcullis.corpus.synthetic.Clauses.EVERYTHING;
import static dev.portcullis.corpus.synthetic.Clauses.allow;
import static dev.portcullis.corpus.synthetic.Clauses.deny;
import static dev.portcullis.corpus.synthetic.Clauses.entries;
import static dev.portcullis.corpus.synthetic.Clauses.when;

import dev.portcullis.corpus.PolicySource;
import dev.portcullis.corpus.generate.PolicyDraft;
import dev.portcullis.corpus.generate.PolicyDraft.Entries;
import dev.portcullis.corpus.generate.PolicyDraft.Statement;
import dev.portcullis.corpus.generate.RandomNumbers;
import dev.portcullis.policy.Effect;
import java.util.ArrayList;
import java.util.List;

/**
 * Session policies of a store's requests. Inline ones mostly come from a pool that the whole organization shares, some
 * often and most of them seldom, and {@value #FRESH} % are of one session only; managed ones are the caller's own policies.
 * Immutable.
 */
final class SessionDocuments {

    /** Inline policies in the pool. */
    static final int POOL = 96;

    /** Percentage of inline policies that no other session has. */
    static final int FRESH = 6;

    private static final long SALT = 0x73657373696F6E73L;

    /** How many of the pool are looked at for one that allows an action. */
    private static final int LOOKS = 6;

    private static final List<String> WRITING = List.of("Create*", "Delete*", "Put*", "Update*");
    private static final List<String> READING = List.of("Get*", "List*", "Describe*", "Search*");
    private static final List<String> SERVICES = List.of(
            "q",
            "qbusiness",
            "qapps",
            "qdeveloper",
            "codewhisperer",
            "user-subscriptions",
            "codeconnections",
            "sso",
            "sso-directory",
            "identitystore",
            "kms",
            "s3",
            "secretsmanager",
            "logs",
            "cloudwatch",
            "bedrock");

    private final SyntheticStore store;
    private final List<Inline> pool = new ArrayList<>();

    private record Inline(PolicyDraft draft, PolicySource source) {

        static Inline of(PolicyDraft draft) {
            return new Inline(draft, PolicySource.of("inline", oneLine(draft.text())));
        }

        /** Whether it allows the action, as far as actions go. */
        boolean takes(String action) {
            boolean allowed = false;
            for (Statement statement : draft.statements()) {
                boolean matches = Targets.takesIn(statement.action().texts(), action)
                        != statement.action().negated();
                if (matches && statement.effect() == Effect.DENY) {
                    return false;
                }
                allowed |= matches;
            }
            return allowed;
        }
    }

    SessionDocuments(SyntheticStore store) {
        this.store = store;
        for (int number = 0; number < POOL; number++) {
            RandomNumbers random = RandomNumbers.ofCase(store.seed() ^ SALT, number);
            pool.add(Inline.of(new PolicyDraft(PolicyDraft.CURRENT, inline(random))));
        }
    }

    /**
     * The policies of one session: an inline one, managed ones, or both.
     *
     * @param attached numbers of the caller's own policies, those first that the request was made for
     * @param action what will be asked
     * @param fitting whether an inline policy is to allow that, if one is found
     */
    List<PolicySource> draw(RandomNumbers random, List<Integer> attached, String action, boolean fitting) {
        List<PolicySource> policies = new ArrayList<>();
        int way = attached.isEmpty() ? 0 : random.below(10);
        if (way < 8) {
            policies.add(random.chance(FRESH) ? fresh(random) : shared(random, action, fitting));
        }
        if (way >= 6) {
            int count = Math.min(attached.size(), random.between(1, 2));
            for (int number : attached.subList(0, count)) {
                policies.add(PolicySource.of(store.name(number), oneLine(store.text(number))));
            }
        }
        return policies;
    }

    private PolicySource shared(RandomNumbers random, String action, boolean fitting) {
        Inline inline = pool.get(Ranks.zipf(random, POOL));
        for (int i = 0; i < LOOKS && fitting && !inline.takes(action); i++) {
            inline = pool.get(Ranks.zipf(random, POOL));
        }
        return inline.source();
    }

    /** What a platform of many tenants makes for one of them. */
    private static PolicySource fresh(RandomNumbers random) {
        String tenant = "tenant-" + Words.uuid(random);
        return Inline.of(PolicyDraft.of(
                        allow(EVERYTHING, EVERYTHING, List.of()),
                        deny(Entries.of("s3:*"), Entries.not("arn:aws:s3:::*/" + tenant + "/*"), List.of()),
                        deny(
                                Entries.of("secretsmanager:*"),
                                EVERYTHING,
                                List.of(when("StringNotEquals", "aws:ResourceTag/tenant", tenant)))))
                .source();
    }

    private static List<Statement> inline(RandomNumbers random) {
        Statement everything = allow(EVERYTHING, EVERYTHING, List.of());
        return switch (random.below(8)) {
            case 0, 1 ->
                List.of(
                        everything,
                        deny(
                                entries(random.some(List.of("iam:*", "organizations:*", "account:*", "sts:*"), 3)),
                                EVERYTHING,
                                List.of()));
            case 2 -> List.of(allow(entries(patterns(random.some(SERVICES, 8), READING)), EVERYTHING, List.of()));
            case 3, 4 ->
                List.of(allow(
                        entries(patterns(random.some(SERVICES, random.between(4, 10)), List.of("*"))),
                        EVERYTHING,
                        List.of()));
            case 5 ->
                List.of(allow(
                        EVERYTHING,
                        EVERYTHING,
                        List.of(when(
                                "StringEquals",
                                "aws:RequestedRegion",
                                random.some(Words.REGIONS, random.between(4, 9)).toArray(String[]::new)))));
            case 6 ->
                List.of(
                        everything,
                        deny(
                                entries(patterns(random.some(SERVICES, random.between(3, 6)), WRITING)),
                                EVERYTHING,
                                List.of(when("BoolIfExists", "aws:MultiFactorAuthPresent", "false"))));
            default ->
                List.of(
                        allow(
                                EVERYTHING,
                                EVERYTHING,
                                List.of(when(
                                        "IpAddressIfExists", "aws:SourceIp", "203.0.113.0/24", "198.51.100.0/25"))),
                        deny(EVERYTHING, EVERYTHING, List.of(when("Bool", "aws:SecureTransport", "false"))));
        };
    }

    private static List<String> patterns(List<String> services, List<String> names) {
        List<String> patterns = new ArrayList<>();
        for (String service : services) {
            names.forEach(name -> patterns.add(service + ":" + name));
        }
        return patterns;
    }

    private static String oneLine(String text) {
        return text.replace("\n", "");
    }
}
