package dev.portcullis.policy;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * An IAM role and what is attached to it.
 *
 * @param arn {@code arn:…:iam::ACCOUNT:role/path/name}
 * @param policies names of identity-based policies, inline and managed
 * @param boundary name of the permissions boundary (rule E36)
 * @param trust name of the role trust policy; without one nobody can assume the role (rules E13, E70)
 * @param tags its tags, in the order of their keys: {@code aws:PrincipalTag/…}
 * @param uniqueId {@code AROA…}, first part of a session's {@code aws:userid} (rule L150); empty when not known
 */
public record IamRole(
        String arn,
        List<String> policies,
        Optional<String> boundary,
        Optional<String> trust,
        Map<String, String> tags,
        Optional<String> uniqueId) {

    public IamRole {
        policies = List.copyOf(policies);
        tags = Collections.unmodifiableMap(new TreeMap<>(tags));
    }

    /**
     * Whether it is a service-linked role, exempt from SCPs, RCPs and boundaries (rules E36, E49, E58): its path is
     * {@code /aws-service-role/}.
     */
    public boolean serviceLinked() {
        return arn.contains(":role/aws-service-role/");
    }
}
