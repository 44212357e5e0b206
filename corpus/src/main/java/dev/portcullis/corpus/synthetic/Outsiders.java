package dev.portcullis.corpus.synthetic;

import dev.portcullis.corpus.generate.PolicyDraft.PrincipalName;
import dev.portcullis.corpus.generate.PolicyDraft.Principals;
import dev.portcullis.corpus.generate.PolicyDraft.Statement;
import dev.portcullis.corpus.generate.RandomNumbers;
import dev.portcullis.corpus.synthetic.Attached.Holding;
import dev.portcullis.policy.Effect;
import dev.portcullis.policy.PolicyType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Callers without policies of their own, services and identity providers, and what resource-based and trust policies say of
 * them. Immutable.
 */
final class Outsiders {

    /** How many policies are looked at for a statement of the kind wanted. */
    private static final int LOOKS = 60;

    private static final String SAML = "saml-provider/";

    private final SyntheticStore store;

    Outsiders(SyntheticStore store) {
        this.store = store;
    }

    /**
     * A caller, and a statement that lets it in or keeps it out.
     *
     * @param resource what the statement is about
     */
    record Opening(Asker asker, Statement statement, String resource) {}

    /**
     * An opening; empty if none was found.
     *
     * @param popular draws a principal, whose account it is to be in
     */
    Optional<Opening> opening(
            RandomNumbers random, CallerKind kind, Effect effect, boolean conditional, Supplier<Holding> popular) {
        for (int i = 0; i < LOOKS; i++) {
            Holding holding = popular.get();
            boolean ofRole = kind == CallerKind.IDENTITY_PROVIDER || (effect == Effect.ALLOW && random.chance(40));
            Optional<Opening> found = ofRole
                    ? ofRole(random, kind, effect, conditional, holding)
                    : ofResource(random, effect, conditional, holding);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private Optional<Opening> ofRole(
            RandomNumbers random, CallerKind kind, Effect effect, boolean conditional, Holding holding) {
        if (holding.trust().isEmpty()) {
            return Optional.empty();
        }
        // Trust policies deny nobody; what denies are RCPs, and so what would be allowed is asked.
        List<Statement> all = store.draft(holding.trust().getAsInt()).statements();
        return opening(
                random,
                kind,
                holding,
                all.stream()
                        .filter(statement -> effect == Effect.DENY || statement.effect() == effect)
                        .toList(),
                conditional,
                holding.person().arn());
    }

    private Optional<Opening> ofResource(RandomNumbers random, Effect effect, boolean conditional, Holding holding) {
        List<Integer> numbers = store.attached().numbers(holding.account(), PolicyType.RESOURCE);
        if (numbers.isEmpty()) {
            return Optional.empty();
        }
        int number = random.one(numbers);
        List<Statement> fitting = store.draft(number).statements().stream()
                .filter(statement -> statement.effect() == effect)
                .toList();
        return opening(
                random,
                CallerKind.SERVICE,
                holding,
                fitting,
                conditional,
                store.thing(number).instance(random));
    }

    private Optional<Opening> opening(
            RandomNumbers random,
            CallerKind kind,
            Holding holding,
            List<Statement> statements,
            boolean conditional,
            String resource) {
        List<Opening> openings = new ArrayList<>();
        for (Statement statement : statements) {
            if (!conditional || !statement.conditions().isEmpty()) {
                name(random, kind, statement)
                        .map(name -> Asker.outside(kind, name, store.account(holding.account())))
                        .ifPresent(asker -> openings.add(new Opening(asker, statement, resource)));
            }
        }
        return openings.isEmpty() ? Optional.empty() : Optional.of(random.one(openings));
    }

    /** Someone of the kind whom the statement is about. */
    private static Optional<String> name(RandomNumbers random, CallerKind kind, Statement statement) {
        List<String> services = named(statement, "Service");
        if (kind == CallerKind.IDENTITY_PROVIDER) {
            return named(statement, "Federated").stream().findFirst();
        }
        if (!services.isEmpty()) {
            return Optional.of(random.one(services));
        }
        boolean everyone =
                statement.effect() == Effect.DENY && named(statement, "AWS").contains("*");
        return everyone ? Optional.of(random.one(ConditionValues.SERVICES)) : Optional.empty();
    }

    /** The provider that the role of the holding trusts. */
    Optional<String> provider(Holding holding) {
        return holding.trust().isEmpty()
                ? Optional.empty()
                : store.draft(holding.trust().getAsInt()).statements().stream()
                        .flatMap(statement -> named(statement, "Federated").stream())
                        .findFirst();
    }

    private static List<String> named(Statement statement, String key) {
        return statement.principal().filter(principals -> !principals.negated()).map(Principals::names).stream()
                .flatMap(List::stream)
                .filter(name -> name.key().equals(key))
                .map(PrincipalName::text)
                .toList();
    }

    /** What the session of someone signed in by the provider has in its context. */
    static void signedIn(RandomNumbers random, String provider, Fulfilment fulfilment) {
        boolean saml = provider.contains(SAML);
        fulfilment.give("aws:FederatedProvider", saml ? provider : provider.substring(provider.indexOf('/') + 1));
        if (saml) {
            fulfilment.give("saml:sub", subject(random));
            fulfilment.give("saml:sub_type", "persistent");
        }
    }

    /** What is meant to be denied: a service on behalf of somebody else, a token of another repository, no TLS. */
    static void unwanted(RandomNumbers random, Asker asker, Fulfilment fulfilment) {
        if (asker.kind() == CallerKind.SERVICE) {
            fulfilment.give("aws:SourceOrgID", "o-" + Words.letters(random, 10));
        } else if (!asker.person().caller().contains(SAML)) {
            fulfilment.give(
                    "token.actions.githubusercontent.com:sub", "repo:fork/" + Words.name(random) + ":pull_request");
        }
        if (random.chance(50)) {
            fulfilment.give("aws:SecureTransport", "false");
        }
    }

    /** What requests of such callers have besides. */
    static void surround(RandomNumbers random, Asker asker, Fulfilment fulfilment) {
        Account account = asker.account();
        fulfilment.sometimes(97, "aws:RequestedRegion", account.region(random));
        fulfilment.sometimes(99, "aws:SecureTransport", "true");
        if (asker.kind() == CallerKind.SERVICE) {
            fulfilment.sometimes(95, "aws:SourceAccount", account.id());
            fulfilment.sometimes(90, "aws:SourceArn", source(random, asker));
            fulfilment.sometimes(85, "aws:SourceOrgID", account.organization());
            return;
        }
        fulfilment.sometimes(95, "aws:SourceIp", Words.address(random, 32));
        if (asker.person().caller().contains(SAML)) {
            fulfilment.give("SAML:aud", "https://signin.aws.amazon.com/saml");
            fulfilment.give("SAML:sub", subject(random));
        } else {
            fulfilment.give("token.actions.githubusercontent.com:aud", "sts.amazonaws.com");
            fulfilment.give(
                    "token.actions.githubusercontent.com:sub",
                    "repo:example/" + Words.name(random) + ":ref:refs/heads/main");
        }
        fulfilment.sometimes(90, "sts:RoleSessionName", "session-" + Words.hex(random, 6));
    }

    /** What a service works for. */
    private static String source(RandomNumbers random, Asker asker) {
        Account account = asker.account();
        String service = asker.person().caller();
        String prefix = service.substring(0, service.indexOf('.'));
        String where = account.region(random) + ":" + account.id() + ":";
        return switch (prefix) {
            case "qbusiness" -> "arn:aws:qbusiness:" + where + "application/" + account.application(random);
            case "q" -> "arn:aws:codewhisperer:" + where + "profile/" + account.profile(random);
            default -> "arn:aws:" + prefix + ":" + where + Words.word(random) + "/" + Words.name(random);
        };
    }

    private static String subject(RandomNumbers random) {
        return Words.word(random) + "-" + Words.hex(random, 4) + "@example.com";
    }
}
