package dev.portcullis.sidecar.page;

import dev.portcullis.Store;
import dev.portcullis.policy.ActionPattern;
import dev.portcullis.policy.Condition;
import dev.portcullis.policy.PolicyDocument;
import dev.portcullis.policy.PolicyType;
import dev.portcullis.policy.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What a store's questions can be made of, for suggestions. Immutable. */
final class Vocabulary {

    /** Kinds of words. */
    enum Kind {
        /** Users, and a session of each role. */
        PRINCIPAL,
        /** Actions that policies spell out. */
        ACTION,
        /** Resources that the store knows. */
        RESOURCE,
        /** Context keys that policies look at. */
        KEY;

        /** By its name in queries. */
        static Optional<Kind> of(String name) {
            for (Kind kind : values()) {
                if (kind.name().toLowerCase(Locale.ROOT).equals(name)) {
                    return Optional.of(kind);
                }
            }
            return Optional.empty();
        }
    }

    /** Policies that are looked through for actions and keys: reading a million would take half a minute. */
    private static final int POLICIES = 20_000;

    private final Map<Kind, PrefixIndex> indexes = new EnumMap<>(Kind.class);

    Vocabulary(Store store) {
        indexes.put(Kind.PRINCIPAL, new PrefixIndex(principals(store)));
        indexes.put(Kind.RESOURCE, new PrefixIndex(store.resources().keySet()));
        // Letter case makes no other action (rule L30) and no other key (rule L80): the first spelling stands for all.
        Map<String, String> actions = new TreeMap<>();
        Map<String, String> keys = new TreeMap<>();
        store.texts().keySet().stream().limit(POLICIES).forEach(policy -> {
            for (PolicyType type : PolicyType.values()) {
                store.document(policy, type).ifPresent(document -> collect(document, actions, keys));
            }
        });
        indexes.put(Kind.ACTION, new PrefixIndex(actions.values()));
        indexes.put(Kind.KEY, new PrefixIndex(keys.values()));
    }

    /** Words of a kind that begin so, at most that many. */
    List<String> find(Kind kind, String prefix, int limit) {
        return indexes.get(kind).find(prefix, limit);
    }

    private static Collection<String> principals(Store store) {
        List<String> principals = new ArrayList<>(store.users().keySet());
        for (String role : store.roles().keySet()) {
            // arn:PARTITION:iam::ACCOUNT:role/PATH/NAME; the session's ARN has no path (rule E25).
            String[] fields = role.split(":", 6);
            principals.add(String.join(
                    ":",
                    fields[0],
                    fields[1],
                    "sts",
                    "",
                    fields[4],
                    "assumed-role/" + role.substring(role.lastIndexOf('/') + 1) + "/session"));
        }
        return principals;
    }

    private static void collect(PolicyDocument document, Map<String, String> actions, Map<String, String> keys) {
        for (Statement statement : document.statements()) {
            for (ActionPattern pattern : statement.action().patterns()) {
                String text = pattern.text();
                if (text.indexOf('*') < 0 && text.indexOf('?') < 0) {
                    actions.putIfAbsent(text.toLowerCase(Locale.ROOT), text);
                }
            }
            for (Condition condition : statement.conditions()) {
                keys.putIfAbsent(condition.key().toLowerCase(Locale.ROOT), condition.key());
            }
        }
    }
}
