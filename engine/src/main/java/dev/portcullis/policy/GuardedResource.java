package dev.portcullis.policy;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A resource that has something of its own to say about access.
 *
 * @param arn the resource's ARN
 * @param account the account that owns it, 12 digits
 * @param policy name of the resource-based policy
 * @param covers ARN patterns ({@code *}, {@code ?}) of further resources that the policy and the ACL also guard, such as
 *     a bucket's objects
 * @param tags its tags, in the order of their keys: {@code aws:ResourceTag/…}
 * @param acl S3-style access control list (rules E89 to E94)
 */
public record GuardedResource(
        String arn,
        String account,
        Optional<String> policy,
        List<String> covers,
        Map<String, String> tags,
        Optional<AccessControlList> acl) {

    public GuardedResource {
        covers = List.copyOf(covers);
        tags = Collections.unmodifiableMap(new TreeMap<>(tags));
    }
}
