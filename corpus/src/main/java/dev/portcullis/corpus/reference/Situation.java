package dev.portcullis.corpus.reference;

import dev.portcullis.policy.AccessControlList;
import dev.portcullis.policy.ContextValue;
import dev.portcullis.policy.Semantics;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One question with everything that bears on its answer. Immutable.
 *
 * @param principal who asks: an ARN, a service principal ({@code sns.amazonaws.com}), a built-in identity provider
 *     ({@code accounts.google.com}, rule L66), or {@code anonymous}
 * @param action what for, {@code prefix:Name}
 * @param resource on what: an ARN, or {@code *} for an action without a resource (rule L52)
 * @param resourceAccount the 12-digit account that owns the resource; empty when it is nobody's
 * @param context the context keys, exactly as the request carries them; nothing is added
 * @param identityPolicies the caller's own, its groups' or its role's (rules E8, E9)
 * @param resourcePolicy the one attached to the resource; of type TRUST when that is a role
 * @param boundaries empty: there is none; present: one of them must allow (rules E34 to E37)
 * @param sessionPolicies empty: there is none; present: one of them must allow (rules E38 to E40)
 * @param serviceControlPolicies the levels above and at the caller's account, from the root down; empty: no
 *     organization; a level without policies blocks (rules E43, E51)
 * @param resourceControlPolicies the levels above and at the resource's account (rules E54 to E59)
 * @param endpointPolicies empty: the request didn't come through a VPC endpoint; present: one of them must allow (rule
 *     E85)
 * @param acl the resource's access control list (rules E89 to E94)
 * @param facts what some rules need to know besides
 * @param semantics how contested points are read
 */
public record Situation(
        String principal,
        String action,
        String resource,
        String resourceAccount,
        Map<String, ContextValue> context,
        List<ReferencePolicy> identityPolicies,
        Optional<ReferencePolicy> resourcePolicy,
        Optional<List<ReferencePolicy>> boundaries,
        Optional<List<ReferencePolicy>> sessionPolicies,
        Optional<List<Level>> serviceControlPolicies,
        Optional<List<Level>> resourceControlPolicies,
        Optional<List<ReferencePolicy>> endpointPolicies,
        Optional<AccessControlList> acl,
        Facts facts,
        Semantics semantics) {

    public Situation {
        context = Collections.unmodifiableMap(new LinkedHashMap<>(context));
        identityPolicies = List.copyOf(identityPolicies);
        boundaries = boundaries.map(List::copyOf);
        sessionPolicies = sessionPolicies.map(List::copyOf);
        serviceControlPolicies = serviceControlPolicies.map(List::copyOf);
        resourceControlPolicies = resourceControlPolicies.map(List::copyOf);
        endpointPolicies = endpointPolicies.map(List::copyOf);
    }

    /**
     * One level of an organization.
     *
     * @param place the root, unit or account that the policies are attached to
     * @param policies those policies
     */
    public record Level(String place, List<ReferencePolicy> policies) {
        public Level {
            policies = List.copyOf(policies);
        }
    }

    /**
     * What some rules need to know besides.
     *
     * @param managementAccount the organization's management account (rules E48, E57)
     * @param serviceLinkedRole whether the caller is a session of a service-linked role (rules E49, E58)
     * @param roleArn the ARN with path of the role that the caller is a session of, when known (rule E25)
     * @param federatingUserArn the ARN of the IAM user who made the caller's federated session; when unknown, the user
     *     of the same name is meant (rule E19)
     * @param uniqueId the unique id of the user, or of the session's role: {@code AIDA…}, {@code AROA…} (rule L72)
     * @param canonicalId the S3 canonical id of the caller's account (rules L68, E89)
     * @param awsManagedKey whether the resource is an AWS managed KMS key (rule E59)
     */
    public record Facts(
            Optional<String> managementAccount,
            boolean serviceLinkedRole,
            Optional<String> roleArn,
            Optional<String> federatingUserArn,
            Optional<String> uniqueId,
            Optional<String> canonicalId,
            boolean awsManagedKey) {

        /** Nothing is known. */
        public static final Facts NONE = new Facts(
                Optional.empty(), false, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), false);

        /** The same with another federating user, or none. */
        public Facts withFederatingUser(Optional<String> arn) {
            return new Facts(managementAccount, serviceLinkedRole, roleArn, arn, uniqueId, canonicalId, awsManagedKey);
        }
    }

    /** An empty situation to fill; {@code principal}, {@code action} and {@code resource} must be given. */
    public static Builder builder() {
        return new Builder();
    }

    /** A builder that holds this situation, to change some of it. */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.principal = principal;
        builder.action = action;
        builder.resource = resource;
        builder.resourceAccount = resourceAccount;
        builder.context.putAll(context);
        builder.identityPolicies = identityPolicies;
        builder.resourcePolicy = resourcePolicy;
        builder.boundaries = boundaries;
        builder.sessionPolicies = sessionPolicies;
        builder.serviceControlPolicies = serviceControlPolicies;
        builder.resourceControlPolicies = resourceControlPolicies;
        builder.endpointPolicies = endpointPolicies;
        builder.acl = acl;
        builder.facts = facts;
        builder.semantics = semantics;
        return builder;
    }

    /** Builds a {@link Situation}; what isn't given is empty or absent. For one thread. */
    public static final class Builder {

        private String principal = "";
        private String action = "";
        private String resource = "";
        private String resourceAccount = "";
        private final Map<String, ContextValue> context = new LinkedHashMap<>();
        private List<ReferencePolicy> identityPolicies = List.of();
        private Optional<ReferencePolicy> resourcePolicy = Optional.empty();
        private Optional<List<ReferencePolicy>> boundaries = Optional.empty();
        private Optional<List<ReferencePolicy>> sessionPolicies = Optional.empty();
        private Optional<List<Level>> serviceControlPolicies = Optional.empty();
        private Optional<List<Level>> resourceControlPolicies = Optional.empty();
        private Optional<List<ReferencePolicy>> endpointPolicies = Optional.empty();
        private Optional<AccessControlList> acl = Optional.empty();
        private Facts facts = Facts.NONE;
        private Semantics semantics = Semantics.defaults();

        private Builder() {}

        public Builder principal(String value) {
            principal = value;
            return this;
        }

        public Builder action(String value) {
            action = value;
            return this;
        }

        public Builder resource(String arn) {
            resource = arn;
            return this;
        }

        public Builder resource(String arn, String account) {
            resource = arn;
            resourceAccount = account;
            return this;
        }

        /** Gives a single-valued key its value. */
        public Builder context(String key, String value) {
            return context(key, new ContextValue.Single(value));
        }

        /** Gives a multivalued key its values; none, one or several. */
        public Builder contextValues(String key, String... values) {
            return context(key, new ContextValue.Multiple(List.of(values)));
        }

        public Builder context(String key, ContextValue value) {
            context.put(key, value);
            return this;
        }

        public Builder context(Map<String, ContextValue> values) {
            context.putAll(values);
            return this;
        }

        public Builder identityPolicies(List<ReferencePolicy> policies) {
            identityPolicies = policies;
            return this;
        }

        public Builder resourcePolicy(ReferencePolicy policy) {
            resourcePolicy = Optional.of(policy);
            return this;
        }

        public Builder boundaries(List<ReferencePolicy> policies) {
            boundaries = Optional.of(policies);
            return this;
        }

        public Builder sessionPolicies(List<ReferencePolicy> policies) {
            sessionPolicies = Optional.of(policies);
            return this;
        }

        public Builder serviceControlPolicies(List<Level> levels) {
            serviceControlPolicies = Optional.of(levels);
            return this;
        }

        public Builder resourceControlPolicies(List<Level> levels) {
            resourceControlPolicies = Optional.of(levels);
            return this;
        }

        public Builder endpointPolicies(List<ReferencePolicy> policies) {
            endpointPolicies = Optional.of(policies);
            return this;
        }

        public Builder acl(AccessControlList value) {
            acl = Optional.of(value);
            return this;
        }

        public Builder facts(Facts value) {
            facts = value;
            return this;
        }

        public Builder semantics(Semantics value) {
            semantics = value;
            return this;
        }

        public Situation build() {
            return new Situation(
                    principal,
                    action,
                    resource,
                    resourceAccount,
                    context,
                    identityPolicies,
                    resourcePolicy,
                    boundaries,
                    sessionPolicies,
                    serviceControlPolicies,
                    resourceControlPolicies,
                    endpointPolicies,
                    acl,
                    facts,
                    semantics);
        }
    }
}
