package dev.portcullis.policy;

import java.util.List;

/**
 * A group of IAM users. A group is never a principal (rule E8).
 *
 * @param arn {@code arn:…:iam::ACCOUNT:group/path/name}
 * @param policies names of identity-based policies that every member gets
 */
public record IamGroup(String arn, List<String> policies) {

    public IamGroup {
        policies = List.copyOf(policies);
    }
}
