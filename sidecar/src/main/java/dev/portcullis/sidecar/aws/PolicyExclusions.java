package dev.portcullis.sidecar.aws;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads {@code PolicyExclusionList}: policies of the principal that are left out of a simulation. */
final class PolicyExclusions {

    private static final Set<String> TYPES =
            Set.of("inline", "aws-managed", "user-managed", "permission-boundary", "scp", "rcp");

    private final List<String> types = new ArrayList<>();
    private final List<AttachedName> policies = new ArrayList<>();

    static PolicyExclusions read(QueryForm form) throws AwsError {
        PolicyExclusions exclusions = new PolicyExclusions();
        List<String> members = form.members("PolicyExclusionList");
        for (int i = 0; i < members.size(); i++) {
            exclusions.add(form, members.get(i), "policyExclusionList." + (i + 1) + ".member");
        }
        return exclusions;
    }

    private void add(QueryForm form, String member, String field) throws AwsError {
        Optional<String> type = form.value(member + ".PolicyType");
        Optional<String> arn = form.value(member + ".PolicyArn");
        String inline = member + ".InlinePolicyIdentifier";
        int given = (type.isPresent() ? 1 : 0) + (arn.isPresent() ? 1 : 0) + (form.has(inline) ? 1 : 0);
        if (given != 1) {
            throw AwsError.validation(field, "Member must be one of policyType, policyArn, inlinePolicyIdentifier");
        }
        if (type.isPresent()) {
            if (!TYPES.contains(type.get())) {
                throw AwsError.validation(
                        field + ".policyType",
                        "Member must satisfy enum value set: [inline, aws-managed, user-managed, permission-boundary,"
                                + " scp, rcp]");
            }
            types.add(type.get());
        } else if (arn.isPresent()) {
            AttachedName policy = AttachedName.of(arn.get());
            if (policy.account().isEmpty()) {
                throw AwsError.invalidInput("Invalid ARN provided in the request: " + arn.get());
            }
            policies.add(policy);
        } else {
            policies.add(new AttachedName(
                    Optional.of(required(form, inline + ".AttachmentType", field)),
                    required(form, inline + ".AttachmentName", field),
                    "",
                    required(form, inline + ".PolicyName", field)));
        }
    }

    private static String required(QueryForm form, String name, String field) throws AwsError {
        return form.value(name)
                .orElseThrow(() -> AwsError.validation(
                        field + ".inlinePolicyIdentifier" + name.substring(name.lastIndexOf('.')),
                        "Member must not be null"));
    }

    /** Whether policies of that type are left out altogether. */
    boolean coverType(String type) {
        return types.contains(type);
    }

    /** Whether an attached policy is left out. Names are unique in an account, so paths don't matter. */
    boolean cover(AttachedName attachment) {
        String type = attachment.holder().isPresent()
                ? "inline"
                : attachment.account().equals("aws") ? "aws-managed" : "user-managed";
        return types.contains(type) || policies.stream().anyMatch(policy -> same(policy, attachment));
    }

    /** A policy of a store's folder has a name but no account. */
    private static boolean same(AttachedName excluded, AttachedName attachment) {
        boolean sameAccount = excluded.account().equals(attachment.account())
                || (attachment.account().isEmpty() && !excluded.account().equals("aws"));
        return excluded.holder().equals(attachment.holder())
                && excluded.holderName().equals(attachment.holderName())
                && excluded.name().equals(attachment.name())
                && sameAccount;
    }
}
