package dev.portcullis.corpus.compiled;

import dev.portcullis.Decision;
import dev.portcullis.Engine;
import dev.portcullis.Explanation;
import dev.portcullis.Request;
import dev.portcullis.Store;
import dev.portcullis.corpus.AccessRequest;
import dev.portcullis.corpus.generate.PolicyDraft;
import dev.portcullis.policy.Checks;
import dev.portcullis.policy.ContextValue;
import dev.portcullis.policy.Organization;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** One engine with several roles, each of its own account, whose policies are variants of each other. For one thread. */
final class Variants {

    private final List<Variant> variants;
    private final Engine engine;
    private final Request request;

    Variants(List<Variant> variants) {
        this.variants = List.copyOf(variants);
        Store.Builder store = Store.builder().checks(Checks.STORED);
        List<Organization.Account> accounts = new ArrayList<>();
        for (int i = 0; i < variants.size(); i++) {
            Variant variant = variants.get(i);
            String[] names = new String[variant.policies().size()];
            for (int j = 0; j < names.length; j++) {
                names[j] = name(i, j);
                store.policy(names[j], variant.policies().get(j).text());
            }
            String boundary = "boundary-" + i;
            variant.boundary().ifPresent(draft -> store.policy(boundary, draft.text()));
            String control = variant.serviceControl().isPresent() ? "control-" + i : "FullAWSAccess";
            variant.serviceControl().ifPresent(draft -> store.policy(control, draft.text()));
            accounts.add(new Organization.Account(account(i), List.of(control), List.of()));
            store.role("arn:aws:iam::" + account(i) + ":role/variant", role -> {
                role.attach(names);
                variant.boundary().ifPresent(draft -> role.boundary(boundary));
            });
        }
        store.organization(new Organization(
                "o-example",
                "000000000001",
                new Organization.Unit("r-root", "root", List.of("FullAWSAccess"), List.of(), accounts, List.of())));
        this.engine = Engine.compile(store.build());
        this.request = engine.newRequest();
    }

    /** What the store calls a policy of a variant. */
    static String name(int variant, int policy) {
        return "policy-" + variant + "-" + policy;
    }

    private static String account(int variant) {
        return "10000000000" + variant;
    }

    /**
     * What one role has, and how its session asks.
     *
     * @param asked what becomes of each request
     */
    record Variant(
            List<PolicyDraft> policies,
            Optional<PolicyDraft> boundary,
            Optional<PolicyDraft> serviceControl,
            Optional<PolicyDraft> session,
            UnaryOperator<AccessRequest> asked) {

        static Variant of(PolicyDraft... policies) {
            return of(List.of(policies));
        }

        static Variant of(List<PolicyDraft> policies) {
            return new Variant(
                    policies, Optional.empty(), Optional.empty(), Optional.empty(), UnaryOperator.identity());
        }

        Variant boundedBy(PolicyDraft limits) {
            return new Variant(policies, Optional.of(limits), serviceControl, session, asked);
        }

        Variant controlledBy(PolicyDraft limits) {
            return new Variant(policies, boundary, Optional.of(limits), session, asked);
        }

        Variant inSession(PolicyDraft limits) {
            return new Variant(policies, boundary, serviceControl, Optional.of(limits), asked);
        }

        Variant asking(UnaryOperator<AccessRequest> otherwise) {
            return new Variant(policies, boundary, serviceControl, session, otherwise);
        }
    }

    /** Whether it is a request at all. */
    boolean takes(AccessRequest original) {
        try {
            decide(0, original);
            return true;
        } catch (IllegalArgumentException refused) {
            return false;
        }
    }

    /** The decision on the request when a variant's session asks. */
    Decision decide(int variant, AccessRequest original) {
        return engine.decide(fill(variant, original));
    }

    /** Why. */
    Explanation explain(int variant, AccessRequest original) {
        return engine.explain(fill(variant, original));
    }

    private Request fill(int variant, AccessRequest original) {
        AccessRequest asked = variants.get(variant).asked().apply(original);
        request.clear()
                .contextAsGiven()
                .principal("arn:aws:sts::" + account(variant) + ":assumed-role/variant/s1")
                .action(asked.action())
                .resource(asked.resource())
                .resourceAccount(account(variant));
        variants.get(variant).session().ifPresent(draft -> request.sessionPolicies(draft.text()));
        asked.context().forEach((key, value) -> {
            if (value instanceof ContextValue.Single single) {
                request.context(key, single.value());
            } else {
                request.contextValues(key, value.values());
            }
        });
        return request;
    }
}
