package dev.portcullis.policy;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * An IAM user and what is attached to it.
 *
 * @param arn {@code arn:…:iam::ACCOUNT:user/path/name}
 * @param policies names of identity-based policies, inline and managed; the groups' policies are not repeated (rule E8)
 * @param groups ARNs of the groups it is a member of
 * @param boundary name of the permissions boundary (rule E36)
 * @param tags its tags, in the order of their keys: {@code aws:PrincipalTag/…}
 * @param uniqueId {@code AIDA…}, the value of {@code aws:userid} (rule L150); empty when not known
 */
public record IamUser(
        String arn,
        List<String> policies,
        List<String> groups,
        Optional<String> boundary,
        Map<String, String> tags,
        Optional<String> uniqueId) {

    public IamUser {
        policies = List.copyOf(policies);
        groups = List.copyOf(groups);
        tags = Collections.unmodifiableMap(new TreeMap<>(tags));
    }
}
