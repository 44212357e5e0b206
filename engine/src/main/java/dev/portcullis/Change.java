package dev.portcullis;

import dev.portcullis.Store.PrincipalBuilder;
import dev.portcullis.compile.Revising;
import dev.portcullis.policy.Checks;
import dev.portcullis.policy.PolicyType;
import dev.portcullis.store.ChangeCheck;
import dev.portcullis.store.Draft;
import dev.portcullis.store.IdentityKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What is to be different in the next version of an engine: any number of steps, which take effect together. Immutable;
 * it can be given to any engine ({@link Engine#with}).
 *
 * <p>Names mean what they mean in a {@link Store}: one of AWS's policies is meant only if the store has none of its own of
 * that name. A policy that nothing in the store named was not compiled: put its text with the change that attaches it. New policies count before anything that is attached; the other steps
 * are taken in their order.
 *
 * <pre>{@code
 * Change change = Change.builder()
 *         .policy("q-chat", text)
 *         .attach("arn:aws:iam::111122223333:role/dev", "q-chat")
 *         .removeBoundary("arn:aws:iam::111122223333:user/alice")
 *         .build();
 * }</pre>
 */
public final class Change {

    private final Map<String, String> policies;
    private final List<Draft.Identity> identities;
    private final List<Step> steps;
    private final Checks checks;

    private Change(Builder builder) {
        this.policies = new LinkedHashMap<>(builder.policies);
        this.identities = List.copyOf(builder.identities);
        this.steps = List.copyOf(builder.steps);
        this.checks = builder.checks;
    }

    /** One thing to do. */
    private interface Step {
        void take(Revising revising, ChangeCheck check);
    }

    /** Begins one. */
    public static Builder builder() {
        return new Builder();
    }

    Checks checks() {
        return checks;
    }

    List<Draft.Identity> identities() {
        return identities;
    }

    void takeSteps(Revising revising, ChangeCheck check) {
        policies.forEach((name, text) -> {
            check.name(name);
            revising.put(name, text);
        });
        for (Step step : steps) {
            step.take(revising, check);
        }
    }

    /** Puts a change together. Nothing is checked before {@link Engine#with}. One thread. */
    public static final class Builder {

        private final Map<String, String> policies = new LinkedHashMap<>();
        private final List<Draft.Identity> identities = new ArrayList<>();
        private final List<Step> steps = new ArrayList<>();
        private Checks checks = Checks.NEW;

        private Builder() {}

        private Builder step(Step step) {
            steps.add(step);
            return this;
        }

        /**
         * A policy: a new one, or another text for one that is there, wherever it is attached. The last text of a name
         * counts.
         */
        public Builder policy(String name, String text) {
            policies.put(Objects.requireNonNull(name), Objects.requireNonNull(text));
            return this;
        }

        /** Attaches an identity-based policy to a user, role or group. */
        public Builder attach(String arn, String policyName) {
            return step((revising, check) -> revising.attach(arn, policyName));
        }

        /** Detaches an identity-based policy from a user, role or group. What a user has of its groups stays. */
        public Builder detach(String arn, String policyName) {
            return step((revising, check) -> revising.detach(arn, policyName));
        }

        /** Sets the permissions boundary of a user or role (rule E36). */
        public Builder boundary(String arn, String policyName) {
            Optional<String> name = Optional.of(policyName);
            return step((revising, check) -> revising.boundary(arn, name));
        }

        /** Takes the permissions boundary from a user or role. */
        public Builder removeBoundary(String arn) {
            return step((revising, check) -> revising.boundary(arn, Optional.empty()));
        }

        /** Sets the trust policy of a role (rule E70). */
        public Builder trust(String roleArn, String policyName) {
            Optional<String> name = Optional.of(policyName);
            return step((revising, check) -> revising.trust(roleArn, name));
        }

        /** Takes the trust policy from a role: nobody can assume it then. */
        public Builder removeTrust(String roleArn) {
            return step((revising, check) -> revising.trust(roleArn, Optional.empty()));
        }

        /** A user: a new one, or another description of one that is there. */
        public Builder user(String arn, Consumer<PrincipalBuilder> attachments) {
            identities.add(PrincipalBuilder.draft(IdentityKind.USER, arn, attachments));
            return step((revising, check) -> check.user(arn).ifPresent(revising::user));
        }

        /** A role: a new one, or another description of one that is there. */
        public Builder role(String arn, Consumer<PrincipalBuilder> attachments) {
            identities.add(PrincipalBuilder.draft(IdentityKind.ROLE, arn, attachments));
            return step((revising, check) -> check.role(arn).ifPresent(revising::role));
        }

        /** Removes a user or role, and what is attached to it. */
        public Builder remove(String arn) {
            return step((revising, check) -> revising.remove(arn));
        }

        /** Gives a resource another resource-based policy; it must have one, and cover no other resources. */
        public Builder resourcePolicy(String arn, String policyName) {
            return step((revising, check) -> revising.resourcePolicy(arn, policyName));
        }

        /** Gives a VPC endpoint another policy; it must have one. */
        public Builder vpcEndpoint(String id, String policyName) {
            return step((revising, check) -> revising.endpointPolicy(id, policyName));
        }

        /**
         * Attaches a service control policy (rule E43).
         *
         * @param place a member account's 12 digits; or the names of the units on the way, from the root's on, of which
         *     the last is meant
         */
        public Builder attachServiceControl(String policyName, String... place) {
            return control(PolicyType.SERVICE_CONTROL, policyName, true, place);
        }

        /** Detaches a service control policy. The place is as in {@link #attachServiceControl}. */
        public Builder detachServiceControl(String policyName, String... place) {
            return control(PolicyType.SERVICE_CONTROL, policyName, false, place);
        }

        /** Attaches a resource control policy (rule E55). The place is as in {@link #attachServiceControl}. */
        public Builder attachResourceControl(String policyName, String... place) {
            return control(PolicyType.RESOURCE_CONTROL, policyName, true, place);
        }

        /** Detaches a resource control policy. The place is as in {@link #attachServiceControl}. */
        public Builder detachResourceControl(String policyName, String... place) {
            return control(PolicyType.RESOURCE_CONTROL, policyName, false, place);
        }

        private Builder control(PolicyType type, String policyName, boolean attach, String... place) {
            List<String> path = List.of(place);
            return step((revising, check) -> revising.control(type, policyName, attach, path));
        }

        /** How strictly the documents are checked; {@link Checks#NEW} unless said otherwise. */
        public Builder checks(Checks how) {
            checks = Objects.requireNonNull(how);
            return this;
        }

        /** The change. */
        public Change build() {
            return new Change(this);
        }
    }
}
