package dev.portcullis.corpus;

import dev.portcullis.Decision;
import dev.portcullis.policy.AccessControlList;
import dev.portcullis.policy.Semantics;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A request, what bears on it, and what must come out. The format of case files is described beside them, in
 * {@code cases/README.md}. Immutable. The documents are not read as policies yet.
 *
 * @param id its name
 * @param line its line in the file, from 1
 * @param rule the rule it shows; empty when it shows none
 * @param why what it shows
 * @param kind {@code enforcement} or {@code simulator} for captured cases, else empty
 * @param request the request; for a case without a store its context is complete
 * @param store whether everything else comes from a store
 * @param layers the policies written into the case; all absent for a case with a store
 * @param parameters values of placeholders in the documents
 * @param semantics contested points read otherwise than by default
 * @param expectation what must come out
 * @param reported what AWS's simulator said besides; for captured cases
 */
public record Case(
        String id,
        int line,
        String rule,
        String why,
        String kind,
        AccessRequest request,
        boolean store,
        Layers layers,
        Map<String, String> parameters,
        Map<Semantics.Point, Boolean> semantics,
        Expectation expectation,
        Reported reported) {

    public Case {
        parameters = Map.copyOf(parameters);
        semantics = Map.copyOf(semantics);
    }

    /**
     * The policies written into a case, but for those that are part of the request.
     *
     * @param identityPolicies the principal's own and its groups'
     * @param boundaries empty: none
     * @param serviceControlPolicies empty: no organization
     * @param resourceControlPolicies empty: no organization
     * @param endpointPolicies empty: not through an endpoint
     * @param acl the resource's access control list
     */
    public record Layers(
            List<PolicySource> identityPolicies,
            Optional<List<PolicySource>> boundaries,
            Optional<List<Level>> serviceControlPolicies,
            Optional<List<Level>> resourceControlPolicies,
            Optional<List<PolicySource>> endpointPolicies,
            Optional<AccessControlList> acl) {

        public Layers {
            identityPolicies = List.copyOf(identityPolicies);
        }
    }

    /**
     * A level of an organization.
     *
     * @param place the root, unit or account
     * @param policies the policies attached there
     */
    public record Level(String place, List<PolicySource> policies) {

        public Level {
            policies = List.copyOf(policies);
        }
    }

    /**
     * What must come out.
     *
     * @param decision the decision
     * @param statements statements that must be among the deciding ones
     * @param missingKeys context keys that statements must have missed
     */
    public record Expectation(
            Optional<Decision> decision, List<ExpectedStatement> statements, List<String> missingKeys) {

        public Expectation {
            statements = List.copyOf(statements);
            missingKeys = List.copyOf(missingKeys);
        }

        /** Whether nothing is expected, so that there is nothing to judge. */
        public boolean isEmpty() {
            return decision.isEmpty() && statements.isEmpty() && missingKeys.isEmpty();
        }
    }

    /**
     * A statement by name.
     *
     * @param policy name of its policy
     * @param sid its Sid, or {@code #1}, {@code #2} … by its place in the document
     */
    public record ExpectedStatement(String policy, String sid) {

        @Override
        public String toString() {
            return policy + "[" + sid + "]";
        }
    }

    /**
     * What AWS's simulator reported beside its decision.
     *
     * @param missingContext the context keys it missed; empty when the capture has no such list
     * @param matchedStatements the statements it says matched; empty when the capture has no such list
     */
    public record Reported(Optional<List<String>> missingContext, Optional<List<MatchedStatement>> matchedStatements) {}

    /**
     * A statement that the simulator says matched, by the place of its text (rule S3).
     *
     * @param policy name of its policy
     * @param type as the simulator writes it (rule S2): {@code IAM Policy}, {@code Resource Policy} …
     * @param startLine line where it starts, from 1
     * @param startColumn column where it starts, from 1
     * @param endLine line where it ends
     * @param endColumn column after its end
     */
    public record MatchedStatement(
            String policy, String type, int startLine, int startColumn, int endLine, int endColumn) {}
}
