package dev.portcullis.sidecar.mapping;

import java.util.List;
import java.util.Map;

/**
 * How AuthZEN's entities are called in policies. Immutable.
 *
 * @param account of the principals and resources that have no form of their own
 * @param prefix of actions, resources and context keys
 * @param subjects templates of principals with {@code {id}}, by subject type
 * @param resources templates of ARNs with {@code {id}}, by resource type
 * @param actions names known to search, besides those that policies spell out
 */
public record AuthzenNames(
        String account,
        String prefix,
        Map<String, String> subjects,
        Map<String, String> resources,
        List<String> actions) {

    /** Users of account 111122223333, actions and resources of a service {@code authzen}. */
    public static final AuthzenNames DEFAULT =
            new AuthzenNames("111122223333", "authzen", Map.of(), Map.of(), List.of());

    public AuthzenNames {
        subjects = Map.copyOf(subjects);
        resources = Map.copyOf(resources);
        actions = List.copyOf(actions);
    }
}
