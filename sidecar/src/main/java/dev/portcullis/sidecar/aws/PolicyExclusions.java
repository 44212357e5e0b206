package dev.portcullis.sidecar.aws;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads {@code PolicyExclusionList}: policies of the principal that are left out of a simulation. What it means, and its
 * refusals, are as captured live.
 */
final class PolicyExclusions {

    private static final List<String> TYPES =
            List.of("scp", "permission-boundary", "aws-managed", "inline", "user-managed", "rcp");
    private static final List<String> HOLDERS = List.of("user", "role", "group");
    private static final Pattern ARN = Pattern.compile("arn:aws[a-z-]*:iam::([0-9]{12}|aws):policy/([^:\\s]+)");
    private static final Pattern NAME = Pattern.compile(".*[\\w+=,.@-]+.*");

    private final List<String> types = new ArrayList<>();
    private final List<Predicate<AttachedName>> policies = new ArrayList<>();

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
            types.add(oneOf(TYPES, type.get(), field + ".policyType"));
        } else if (arn.isPresent()) {
            policies.add(managed(arn.get()));
        } else {
            policies.add(inline(form, inline, field + ".inlinePolicyIdentifier"));
        }
    }

    /** Compared is the ARN of the name without its path, whatever path the policy has. */
    private static Predicate<AttachedName> managed(String arn) throws AwsError {
        Matcher matcher = ARN.matcher(arn);
        Optional<Pattern> names = matcher.matches() ? pattern(matcher.group(2)) : Optional.empty();
        if (names.isEmpty()) {
            throw AwsError.invalidInput("Invalid ARN provided in the request: " + arn);
        }
        String account = matcher.group(1);
        // A policy of a store's folder has a name but no account.
        return policy -> policy.holder().isEmpty()
                && (policy.account().equals(account) || (policy.account().isEmpty() && !account.equals("aws")))
                && names.get().matcher(policy.name()).matches();
    }

    private static Predicate<AttachedName> inline(QueryForm form, String inline, String field) throws AwsError {
        String name = required(form, inline + ".PolicyName", field + ".policyName");
        String holder = required(form, inline + ".AttachmentType", field + ".attachmentType");
        String holderName = required(form, inline + ".AttachmentName", field + ".attachmentName");
        checkName(name, field + ".policyName");
        oneOf(HOLDERS, holder, field + ".attachmentType");
        checkName(holderName, field + ".attachmentName");
        Optional<Pattern> holders = pattern(holderName);
        if (holders.isEmpty() || name.indexOf('*') >= 0 || name.indexOf('?') >= 0) {
            throw AwsError.invalidInput(
                    "Invalid inline policy exclusion: policyName, attachmentType, and attachmentName are required");
        }
        return policy -> policy.holder().filter(holder::equals).isPresent()
                && policy.name().equals(name)
                && holders.get().matcher(policy.holderName()).matches();
    }

    private static String required(QueryForm form, String name, String field) throws AwsError {
        return form.value(name).orElseThrow(() -> AwsError.validation(field, "Member must not be null"));
    }

    private static String oneOf(List<String> known, String value, String field) throws AwsError {
        if (!known.contains(value)) {
            throw AwsError.validation(
                    field, value, "Member must satisfy enum value set: [" + String.join(", ", known) + "]");
        }
        return value;
    }

    private static void checkName(String value, String field) throws AwsError {
        if (!NAME.matcher(value).matches()) {
            throw AwsError.validation(
                    field, value, "Member must satisfy regular expression pattern: " + NAME.pattern());
        }
    }

    /** At most one star, for any text, and any number of question marks, for one character each; empty if that isn't so. */
    private static Optional<Pattern> pattern(String text) {
        if (text.indexOf('*') != text.lastIndexOf('*')) {
            return Optional.empty();
        }
        StringBuilder regex = new StringBuilder();
        text.codePoints()
                .mapToObj(c -> c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(Character.toString(c)))
                .forEach(regex::append);
        return Optional.of(Pattern.compile(regex.toString(), Pattern.DOTALL));
    }

    /** Whether policies of that type are left out altogether. */
    boolean coverType(String type) {
        return types.contains(type);
    }

    /** Whether a policy that grants permissions is left out; a boundary is left out by its type alone. */
    boolean cover(AttachedName attachment) {
        String type = attachment.holder().isPresent()
                ? "inline"
                : attachment.account().equals("aws") ? "aws-managed" : "user-managed";
        return types.contains(type) || policies.stream().anyMatch(policy -> policy.test(attachment));
    }
}
