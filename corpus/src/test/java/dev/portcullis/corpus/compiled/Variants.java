package dev.portcullis.corpus.compiled;

import dev.portcullis.Decision;
import dev.portcullis.Engine;
import dev.portcullis.Request;
import dev.portcullis.Store;
import dev.portcullis.corpus.AccessRequest;
import dev.portcullis.corpus.generate.PolicyDraft;
import dev.portcullis.policy.Checks;
import dev.portcullis.policy.ContextValue;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** One engine with several users, whose policies are variants of each other. For one thread. */
final class Variants {

    private final List<Variant> variants;
    private final Engine engine;
    private final Request request;

    Variants(List<Variant> variants) {
        this.variants = List.copyOf(variants);
        Store.Builder store = Store.builder().checks(Checks.STORED);
        for (int i = 0; i < variants.size(); i++) {
            Variant variant = variants.get(i);
            String[] names = new String[variant.policies().size()];
            for (int j = 0; j < names.length; j++) {
                names[j] = "policy-" + i + "-" + j;
                store.policy(names[j], variant.policies().get(j).text());
            }
            String boundary = "boundary-" + i;
            variant.boundary().ifPresent(draft -> store.policy(boundary, draft.text()));
            store.user(caller(i), user -> {
                user.attach(names);
                variant.boundary().ifPresent(draft -> user.boundary(boundary));
            });
        }
        this.engine = Engine.compile(store.build());
        this.request = engine.newRequest();
    }

    /**
     * What one user has, and how it asks.
     *
     * @param asked what becomes of each request
     */
    record Variant(List<PolicyDraft> policies, Optional<PolicyDraft> boundary, UnaryOperator<AccessRequest> asked) {

        static Variant of(PolicyDraft... policies) {
            return new Variant(List.of(policies), Optional.empty(), UnaryOperator.identity());
        }

        static Variant of(List<PolicyDraft> policies) {
            return new Variant(policies, Optional.empty(), UnaryOperator.identity());
        }

        Variant within(PolicyDraft limits) {
            return new Variant(policies, Optional.of(limits), asked);
        }

        Variant asking(UnaryOperator<AccessRequest> otherwise) {
            return new Variant(policies, boundary, otherwise);
        }
    }

    private static String caller(int variant) {
        return "arn:aws:iam::111122223333:user/variant-" + variant;
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

    /** The decision on the request when a variant's user asks. */
    Decision decide(int variant, AccessRequest original) {
        AccessRequest asked = variants.get(variant).asked().apply(original);
        request.clear()
                .contextAsGiven()
                .principal(caller(variant))
                .action(asked.action())
                .resource(asked.resource())
                .resourceAccount("111122223333");
        asked.context().forEach((key, value) -> {
            if (value instanceof ContextValue.Single single) {
                request.context(key, single.value());
            } else {
                request.contextValues(key, value.values());
            }
        });
        return engine.decide(request);
    }
}
