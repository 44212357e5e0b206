package dev.portcullis.corpus;

import dev.portcullis.Store;
import dev.portcullis.policy.AccessControlList;
import dev.portcullis.policy.GuardedResource;
import dev.portcullis.policy.IamRole;
import dev.portcullis.policy.IamUser;
import dev.portcullis.policy.PolicyType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a store knows of a request's resource.
 *
 * @param policy name of the resource-based policy
 * @param type RESOURCE, or TRUST when the policy is a role's
 * @param acl access control list
 * @param account its owner; empty when the store doesn't know the resource
 * @param tags the resource's own tags
 */
record GuardedBy(
        Optional<String> policy,
        PolicyType type,
        Optional<AccessControlList> acl,
        Optional<String> account,
        Map<String, String> tags) {

    /**
     * Policy, ACL and owner each come from the resource of that very ARN; what that one lacks, from the one whose {@code
     * covers} matches. Tags are the resource's own: a bucket's tags are not its objects'. The actions of STS on a role
     * are guarded by its trust policy and nothing else (rules E33, E70, E77).
     *
     * @throws IllegalArgumentException if several covering resources would each give a policy, an ACL or an owner of
     *     their own, so that it isn't clear which is meant
     */
    static GuardedBy of(Store store, AccessRequest request) {
        String arn = request.resource();
        Optional<IamRole> role = Optional.ofNullable(store.roles().get(arn));
        boolean trust = Caller.of(arn).kind() == Caller.Kind.ROLE
                && request.action().toLowerCase(Locale.ROOT).startsWith("sts:");
        Optional<GuardedResource> exact = Optional.ofNullable(store.resources().get(arn));
        List<GuardedResource> covering = covering(store, arn);
        Optional<String> policy =
                trust ? role.flatMap(IamRole::trust) : only(arn, "policy", exact, covering, GuardedResource::policy);
        return new GuardedBy(
                policy,
                trust ? PolicyType.TRUST : PolicyType.RESOURCE,
                only(arn, "access control list", exact, covering, GuardedResource::acl),
                only(arn, "owner", exact, covering, resource -> Optional.of(resource.account())),
                exact.map(GuardedResource::tags)
                        .or(() -> role.map(IamRole::tags))
                        .or(() -> Optional.ofNullable(store.users().get(arn)).map(IamUser::tags))
                        .orElse(Map.of()));
    }

    private static List<GuardedResource> covering(Store store, String arn) {
        List<GuardedResource> covering = new ArrayList<>();
        for (GuardedResource resource : store.resources().values()) {
            if (!resource.arn().equals(arn)
                    && resource.covers().stream().anyMatch(pattern -> Arns.covers(pattern, arn))) {
                covering.add(resource);
            }
        }
        return covering;
    }

    private static <T> Optional<T> only(
            String arn,
            String what,
            Optional<GuardedResource> exact,
            List<GuardedResource> covering,
            Function<GuardedResource, Optional<T>> part) {
        Optional<T> own = exact.flatMap(part);
        if (own.isPresent()) {
            return own;
        }
        Optional<T> found = Optional.empty();
        String from = "";
        for (GuardedResource resource : covering) {
            Optional<T> candidate = part.apply(resource);
            if (found.isPresent() && candidate.isPresent() && !found.equals(candidate)) {
                throw new IllegalArgumentException("resource: `" + arn + "` is covered by `" + from + "` and `"
                        + resource.arn() + "`, each with a" + (what.equals("owner") ? "n " : " ") + what);
            }
            if (candidate.isPresent()) {
                found = candidate;
                from = resource.arn();
            }
        }
        return found;
    }
}
