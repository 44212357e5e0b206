package dev.portcullis.sidecar.aws;

import dev.portcullis.Store;
import dev.portcullis.policy.IamGroup;
import dev.portcullis.policy.IamRole;
import dev.portcullis.policy.IamUser;
import dev.portcullis.policy.Organization;
import dev.portcullis.policy.PolicyDocument;
import dev.portcullis.policy.PolicyType;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The policies of a user, group or role of the store in force. */
final class EntityPolicies {

    private final Store store;
    private final Set<String> attached = new LinkedHashSet<>();
    private Optional<String> boundary = Optional.empty();
    private Optional<String> uniqueId = Optional.empty();

    private EntityPolicies(Store store) {
        this.store = store;
    }

    /** @throws AwsError if the store doesn't know it */
    static EntityPolicies of(IamEntity entity, Optional<Store> store) throws AwsError {
        if (store.isPresent()) {
            EntityPolicies policies = new EntityPolicies(store.get());
            if (policies.find(entity.arn())) {
                return policies;
            }
        }
        throw new AwsError(404, "NoSuchEntity", "Unable to retrieve specified IAM entity.");
    }

    private boolean find(String arn) {
        IamUser user = store.users().get(arn);
        IamRole role = store.roles().get(arn);
        IamGroup group = store.groups().get(arn);
        if (user != null) {
            attached.addAll(user.policies());
            for (String member : user.groups()) {
                attached.addAll(store.groups().get(member).policies());
            }
            boundary = user.boundary();
            uniqueId = user.uniqueId();
        } else if (role != null) {
            attached.addAll(role.policies());
            boundary = role.boundary();
            uniqueId = role.uniqueId();
        } else if (group != null) {
            attached.addAll(group.policies());
        }
        return user != null || role != null || group != null;
    }

    Optional<String> uniqueId() {
        return uniqueId;
    }

    List<SimulatedPolicy> identity(PolicyExclusions exclusions) {
        List<SimulatedPolicy> policies = new ArrayList<>();
        for (String name : attached) {
            AttachedName attachment = AttachedName.of(name);
            if (!exclusions.cover(attachment)) {
                policies.add(policy(name, attachment, PolicyType.IDENTITY));
            }
        }
        return policies;
    }

    Optional<SimulatedPolicy> boundary() {
        return boundary.map(name -> policy(name, AttachedName.of(name), PolicyType.BOUNDARY));
    }

    /** SCPs from the root down; no levels outside of an organization and for its management account (rule E48). */
    List<List<SimulatedPolicy>> levels(String account) {
        List<List<SimulatedPolicy>> levels = new ArrayList<>();
        Optional<Organization.Membership> membership = store.membership(account);
        if (membership.isPresent()) {
            for (Organization.Unit unit : membership.get().units()) {
                levels.add(level(unit.serviceControlPolicies()));
            }
            levels.add(level(membership.get().account().serviceControlPolicies()));
        }
        return levels;
    }

    private List<SimulatedPolicy> level(List<String> names) {
        List<SimulatedPolicy> level = new ArrayList<>();
        for (String name : names) {
            level.add(policy(name, AttachedName.of(name), PolicyType.SERVICE_CONTROL));
        }
        return level;
    }

    private SimulatedPolicy policy(String name, AttachedName attachment, PolicyType type) {
        PolicyDocument document = store.document(name, type)
                .orElseThrow(() -> new IllegalStateException("the store has no " + name + " of type " + type));
        return new SimulatedPolicy(attachment.id(), document);
    }
}
