package dev.portcullis.sidecar.authzen;

import dev.portcullis.Store;
import dev.portcullis.policy.ActionPattern;
import dev.portcullis.policy.PolicyDocument;
import dev.portcullis.policy.PolicyType;
import dev.portcullis.policy.Statement;
import dev.portcullis.sidecar.mapping.AuthzenNames;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;

/**
 * Whom and what searches can find: the store's users, roles and resources, and the actions that policies spell out or the
 * mapping file lists. Immutable.
 */
final class Directory {

    private final Store store;
    private final Vocabulary vocabulary;
    private final List<String> actions;

    Directory(Store store, Vocabulary vocabulary) {
        this.store = store;
        this.vocabulary = vocabulary;
        this.actions = spelledOut(store, vocabulary.names());
    }

    /** Ids of subjects of a type, sorted. */
    List<String> subjects(String type) {
        Set<String> ids = new TreeSet<>();
        collect(store.users().keySet(), type, vocabulary::subjectId, ids);
        collect(store.roles().keySet(), type, vocabulary::subjectId, ids);
        return List.copyOf(ids);
    }

    /** Ids of resources of a type, sorted. */
    List<String> resources(String type) {
        Set<String> ids = new TreeSet<>();
        collect(store.resources().keySet(), type, vocabulary::resourceId, ids);
        return List.copyOf(ids);
    }

    private static void collect(
            Collection<String> arns, String type, BiFunction<String, String, Optional<String>> id, Set<String> ids) {
        for (String arn : arns) {
            id.apply(type, arn).ifPresent(ids::add);
        }
    }

    /** Names of actions on resources of a type, sorted. */
    List<String> actions(String resourceType) {
        Set<String> names = new TreeSet<>();
        for (String action : actions) {
            vocabulary.actionName(action, resourceType).ifPresent(names::add);
        }
        return List.copyOf(names);
    }

    /** Whether the store knows the subject. */
    boolean knowsSubject(Entity subject) {
        return vocabulary
                .principal(subject)
                .filter(arn -> store.users().containsKey(arn) || store.roles().containsKey(arn))
                .isPresent();
    }

    /** Whether the store knows the resource. */
    boolean knowsResource(Entity resource) {
        return vocabulary
                .resource(resource)
                .filter(store.resources()::containsKey)
                .isPresent();
    }

    /** Whether an action of that name is known. */
    boolean knowsAction(String name, String resourceType) {
        return vocabulary
                .action(name, resourceType)
                .filter(action -> actions.stream().anyMatch(action::equalsIgnoreCase))
                .isPresent();
    }

    private static List<String> spelledOut(Store store, AuthzenNames names) {
        // Names that differ in case alone are one action (rule L30); the first spelling stands for it.
        Map<String, String> actions = new TreeMap<>();
        for (String name : names.actions()) {
            String action = name.indexOf(':') < 0 ? names.prefix() + ":" + name : name;
            actions.putIfAbsent(action.toLowerCase(Locale.ROOT), action);
        }
        for (String policy : store.texts().keySet()) {
            for (PolicyType type : PolicyType.values()) {
                store.document(policy, type).ifPresent(document -> add(document, actions));
            }
        }
        return List.copyOf(actions.values());
    }

    private static void add(PolicyDocument document, Map<String, String> actions) {
        for (Statement statement : document.statements()) {
            for (ActionPattern pattern : statement.action().patterns()) {
                String text = pattern.text();
                if (text.indexOf('*') < 0 && text.indexOf('?') < 0) {
                    actions.putIfAbsent(text.toLowerCase(Locale.ROOT), text);
                }
            }
        }
    }
}
