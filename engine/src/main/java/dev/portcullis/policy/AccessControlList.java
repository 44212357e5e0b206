package dev.portcullis.policy;

import java.util.List;

/**
 * An S3-style access control list: one more source of Allow on the resource's side (rules E89 to E94).
 *
 * @param grants what is granted to whom
 * @param enforced false when object ownership is "bucket owner enforced": the list is then off (rule E90)
 * @param ignorePublic true when public access is blocked: grants to {@code AllUsers} and {@code AuthenticatedUsers} don't
 *     count, and what the resource's policy grants to everyone, without a condition that ties it to a fixed value, reaches
 *     only the owner's account and AWS services (rule E94)
 */
public record AccessControlList(List<Grant> grants, boolean enforced, boolean ignorePublic) {

    public AccessControlList {
        grants = List.copyOf(grants);
    }

    /**
     * One grant.
     *
     * @param grantee an account id (12 digits), a canonical user id, {@code AllUsers}, {@code AuthenticatedUsers} or
     *     {@code LogDelivery}
     * @param permission what is granted
     */
    public record Grant(String grantee, Permission permission) {}

    /** The five permissions of an access control list (rule E92). */
    public enum Permission {
        READ,
        WRITE,
        READ_ACP,
        WRITE_ACP,
        FULL_CONTROL
    }
}
