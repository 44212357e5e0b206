package dev.portcullis.corpus;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a store knows of a request's principal.
 *
 * @param known whether it knows the principal, or the principal is of a kind that no store lists
 * @param identityPolicies names of its own and its groups' policies (rule E8), or its role's (rule E9)
 * @param boundary name of its permissions boundary
 * @param tags the user's or role's tags
 * @param uniqueId unique id of the user or role
 * @param roleArn the role's ARN with its path, for a role or its session
 * @param serviceLinked whether the role is service-linked
 */
record Attachments(
        boolean known,
        List<String> identityPolicies,
        Optional<String> boundary,
        Map<String, String> tags,
        Optional<String> uniqueId,
        Optional<String> roleArn,
        boolean serviceLinked) {

    /** Nothing is attached. */
    static Attachments none(boolean known) {
        return new Attachments(known, List.of(), Optional.empty(), Map.of(), Optional.empty(), Optional.empty(), false);
    }
}
