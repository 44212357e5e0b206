package dev.portcullis.sidecar.aws;

import dev.portcullis.Policies;
import dev.portcullis.policy.Checks;
import dev.portcullis.policy.Diagnostic;
import dev.portcullis.policy.Limits;
import dev.portcullis.policy.PolicyType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads the policies that a client sends as texts. */
final class PolicyInputs {

    private static final int LONGEST = 131_072;
    private static final int LEVELS = Limits.ORGANIZATION_DEPTH + 1;
    private static final Pattern CHARACTERS = Pattern.compile("[\\u0009\\u000A\\u000D\\u0020-\\u00FF]+");

    private PolicyInputs() {}

    /** The policies of {@code PolicyInputList}. */
    static List<SimulatedPolicy> identity(QueryForm form) throws AwsError {
        List<SimulatedPolicy> policies = new ArrayList<>();
        List<String> texts = form.list("PolicyInputList");
        for (int i = 0; i < texts.size(); i++) {
            check("policyInputList." + (i + 1) + ".member", texts.get(i));
            policies.add(read(
                    "PolicyInputList." + (i + 1),
                    PolicyType.IDENTITY,
                    texts.get(i),
                    "Policy input list item " + (i + 1) + " has invalid content"));
        }
        return policies;
    }

    /** The policy of {@code PermissionsBoundaryPolicyInputList}. */
    static Optional<SimulatedPolicy> boundary(QueryForm form) throws AwsError {
        List<String> texts = form.list("PermissionsBoundaryPolicyInputList");
        if (texts.size() > 1) {
            throw AwsError.invalidInput("The list of Permissions Boundary policies cannot exceed 1 items.");
        }
        if (texts.isEmpty()) {
            return Optional.empty();
        }
        check("permissionsBoundaryPolicyInputList.1.member", texts.get(0));
        return Optional.of(read(
                "PermissionsBoundaryPolicyInputList.1",
                PolicyType.BOUNDARY,
                texts.get(0),
                "Permissions boundary policy input list item 1 has invalid content"));
    }

    /** The levels of {@code OrderedOrganizationPolicyInputList}; empty when it isn't there. */
    static Optional<List<List<SimulatedPolicy>>> levels(QueryForm form) throws AwsError {
        String name = "OrderedOrganizationPolicyInputList";
        List<List<SimulatedPolicy>> levels = new ArrayList<>();
        List<String> members = form.members(name);
        if (members.size() > LEVELS) {
            throw AwsError.invalidInput("More than " + LEVELS + " levels of organization policies.");
        }
        for (String member : members) {
            List<SimulatedPolicy> level = new ArrayList<>();
            int number = levels.size() + 1;
            for (String text : form.list(member + ".ServiceControlPolicyInputList")) {
                String id = name + "." + number + ".ServiceControlPolicyInputList." + (level.size() + 1);
                check("orderedOrganizationPolicyInputList." + number + ".member.serviceControlPolicyInputList", text);
                level.add(read(
                        id,
                        PolicyType.SERVICE_CONTROL,
                        text,
                        "Organization policy at index " + number + " has invalid content"));
            }
            if (level.isEmpty()) {
                throw AwsError.invalidInput(
                        "Organization policy at index " + number + " must contain at least one service control policy");
            }
            levels.add(level);
        }
        return levels.isEmpty() ? Optional.empty() : Optional.of(levels);
    }

    /** The policy of {@code ResourcePolicy}: a trust policy too, which is then not looked at (rule S6). */
    static Optional<SimulatedPolicy> resource(QueryForm form) throws AwsError {
        Optional<String> text = form.value("ResourcePolicy");
        if (text.isEmpty()) {
            return Optional.empty();
        }
        check("resourcePolicy", text.get());
        boolean trust = Policies.read("ResourcePolicy", PolicyType.RESOURCE, text.get(), Checks.STORED, Map.of())
                        .document()
                        .isEmpty()
                && Policies.read("ResourcePolicy", PolicyType.TRUST, text.get(), Checks.STORED, Map.of())
                        .document()
                        .isPresent();
        return Optional.of(read(
                "ResourcePolicy",
                trust ? PolicyType.TRUST : PolicyType.RESOURCE,
                text.get(),
                "Resource policy has invalid content"));
    }

    private static void check(String field, String text) throws AwsError {
        if (text.isEmpty()) {
            throw AwsError.validation(field, "Member must have length greater than or equal to 1");
        }
        if (text.length() > LONGEST) {
            throw AwsError.validation(field, "Member must have length less than or equal to " + LONGEST);
        }
        if (!CHARACTERS.matcher(text).matches()) {
            throw AwsError.validation(field, "Member must satisfy regular expression pattern: " + CHARACTERS.pattern());
        }
    }

    private static SimulatedPolicy read(String id, PolicyType type, String text, String complaint) throws AwsError {
        Policies.Reading reading = Policies.read(id, type, text, Checks.STORED, Map.of());
        if (reading.document().isEmpty()) {
            StringBuilder message = new StringBuilder(complaint);
            for (Diagnostic diagnostic : reading.diagnostics()) {
                if (diagnostic.isError()) {
                    message.append("; ").append(diagnostic.summary());
                }
            }
            throw AwsError.invalidInput(message.toString());
        }
        return new SimulatedPolicy(id, reading.document().get());
    }
}
