package dev.portcullis.corpus.generate;

import dev.portcullis.Store;
import dev.portcullis.policy.IamRole;
import dev.portcullis.policy.IamUser;
import dev.portcullis.policy.PolicyDocument;
import dev.portcullis.policy.PolicyType;
import dev.portcullis.policy.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A store that was made up. Immutable.
 *
 * @param store the store
 * @param documents all its policies, and those that may come with requests, as they were read
 * @param sessionPolicies texts of policies that a session may have
 * @param resourcePolicies texts of policies that a resource may have
 * @param trustPolicies texts of policies that a role may have
 */
public record GeneratedStore(
        Store store,
        List<PolicyDocument> documents,
        List<String> sessionPolicies,
        List<String> resourcePolicies,
        List<String> trustPolicies) {

    public GeneratedStore {
        documents = List.copyOf(documents);
        sessionPolicies = List.copyOf(sessionPolicies);
        resourcePolicies = List.copyOf(resourcePolicies);
        trustPolicies = List.copyOf(trustPolicies);
    }

    /** The principals that it knows, roles by their sessions. */
    List<String> callers() {
        List<String> callers = new ArrayList<>(store.users().keySet());
        for (String role : store.roles().keySet()) {
            callers.add(Names.session(role, "s1"));
        }
        return callers;
    }

    /** The statements of the policies that are attached to a user, a role or a role's session. */
    List<Statement> statementsOf(String caller) {
        Optional<IamUser> user = Optional.ofNullable(store.users().get(caller));
        Optional<IamRole> role = Optional.ofNullable(store.roles().get(caller)).or(() -> store.roleOfSession(caller));
        List<Statement> statements = new ArrayList<>();
        user.map(IamUser::policies)
                .or(() -> role.map(IamRole::policies))
                .ifPresent(names -> names.forEach(name -> add(name, PolicyType.IDENTITY, statements)));
        user.flatMap(IamUser::boundary)
                .or(() -> role.flatMap(IamRole::boundary))
                .ifPresent(name -> add(name, PolicyType.BOUNDARY, statements));
        return statements;
    }

    private void add(String name, PolicyType type, List<Statement> statements) {
        store.document(name, type).ifPresent(document -> statements.addAll(document.statements()));
    }
}
