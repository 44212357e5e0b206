package dev.portcullis.store;

import dev.portcullis.policy.GuardedResource;
import dev.portcullis.policy.IamGroup;
import dev.portcullis.policy.IamRole;
import dev.portcullis.policy.IamUser;
import dev.portcullis.policy.Organization;
import dev.portcullis.policy.VpcEndpoint;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;

/**
 * What a store without errors says. Immutable; maps are in the order of their keys, unless said otherwise.
 *
 * @param parameters values of the placeholders
 * @param texts by policy name
 * @param documents as they are attached
 * @param users by ARN
 * @param groups by ARN
 * @param roles by ARN
 * @param rolesByName by {@link #sessionKey}, in no order
 * @param resources by ARN
 * @param vpcEndpoints by id
 * @param organization the organization
 * @param memberships by account
 */
public record Contents(
        Map<String, String> parameters,
        Map<String, String> texts,
        CheckedDocuments documents,
        Map<String, IamUser> users,
        Map<String, IamGroup> groups,
        Map<String, IamRole> roles,
        Map<String, IamRole> rolesByName,
        Map<String, GuardedResource> resources,
        Map<String, VpcEndpoint> vpcEndpoints,
        Optional<Organization> organization,
        Map<String, Organization.Membership> memberships) {

    public Contents {
        parameters = Collections.unmodifiableMap(parameters);
        texts = Collections.unmodifiableMap(texts);
        users = Collections.unmodifiableMap(users);
        groups = Collections.unmodifiableMap(groups);
        roles = Collections.unmodifiableMap(roles);
        resources = Collections.unmodifiableMap(resources);
        vpcEndpoints = Collections.unmodifiableMap(vpcEndpoints);
        memberships = Collections.unmodifiableMap(memberships);
    }

    /** What a role and its sessions' ARNs have in common; the path is not part of it (rule E25). */
    public static String sessionKey(String partition, String account, String roleName) {
        return partition + ":" + account + ":" + roleName;
    }
}
