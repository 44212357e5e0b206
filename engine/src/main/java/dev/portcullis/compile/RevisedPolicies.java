package dev.portcullis.compile;

import dev.portcullis.compile.Revising.Document;
import dev.portcullis.compile.Revision.Policy;
import dev.portcullis.policy.PolicyType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/** The policies of a store while they are changed: which documents they have, and which have to be compiled. One thread. */
final class RevisedPolicies {

    private final Revision from;
    private final Attachments attachments;
    private final Function<String, Set<PolicyType>> published;
    private final RevisionProblems problems;
    private final int firstLater;

    private final Map<String, String> puts = new TreeMap<>();
    private final Map<String, Policy> policies = new HashMap<>();
    private final Map<Integer, Document> pending = new LinkedHashMap<>();
    private final List<Integer> dropped = new ArrayList<>();
    private int nextDocument;

    RevisedPolicies(Revision from, Function<String, Set<PolicyType>> published, RevisionProblems problems) {
        this.from = from;
        this.attachments = from.origin.attachments();
        this.published = published;
        this.problems = problems;
        this.firstLater = from.origin.automaton.sources().documents();
        this.nextDocument = from.nextDocument;
    }

    /** A policy, new or with another text. */
    void put(String name, String text) {
        puts.put(name, text);
        policies.put(name, policy(name).withText(text));
    }

    private Policy policy(String name) {
        Policy here = policies.get(name);
        if (here == null) {
            here = from.policies.find(name);
        }
        return here == null ? Policy.compiled() : here;
    }

    /** The number of a policy's document now, or NONE. */
    int document(String name, PolicyType type) {
        return document(name, policy(name), Attachments.TYPES.indexOf(type));
    }

    private int document(String name, Policy policy, int type) {
        int number = policy.document(type);
        return number == Policy.COMPILED ? attachments.document(name, Attachments.TYPES.get(type)) : number;
    }

    /** The number of a policy's document, that of one that has to be compiled if need be; NONE when there is none. */
    int attached(String name, PolicyType type, int owner, String holder) {
        int place = Attachments.TYPES.indexOf(type);
        Policy policy = policy(name);
        int number = document(name, policy, place);
        if (number >= firstLater && !pending.containsKey(number)) {
            // Put before, and perhaps attached nowhere since.
            if (from.patches.documents().find(number) == null) {
                pending.put(number, new Document(name, type, Optional.of(policy.text)));
            }
        } else if (number < 0) {
            Optional<String> text = Optional.ofNullable(policy.text);
            if (text.isEmpty() && !isPublished(name, type, holder)) {
                return Policy.NONE;
            }
            number = nextDocument++;
            pending.put(number, new Document(name, type, text));
            policy = policy.withDocument(place, number);
        }
        policies.put(name, policy.withOwner(place, owner));
        return number;
    }

    private boolean isPublished(String name, PolicyType type, String holder) {
        String names = holder + " names the " + type.label() + " `" + name + "`";
        if (attachments.has(name)) {
            problems.unsupported(names + ", which was compiled as something else; put its text with the same change");
            return false;
        }
        Set<PolicyType> types = published.apply(name);
        if (types.isEmpty()) {
            problems.error(
                    "UNKNOWN_POLICY",
                    names + ", which is not there; one that nothing named was not compiled: put its text");
        } else if (!types.contains(type)) {
            problems.error("WRONG_POLICY_TYPE", names + ", but AWS publishes it as something else");
        }
        return types.contains(type);
    }

    /** Puts documents where others are. */
    interface Replacing {

        /** False if the owner doesn't have the document. */
        boolean replace(int owner, int before, int now);
    }

    /** Puts the new texts where the old ones are. */
    void replace(Replacing replacing) {
        for (Map.Entry<String, String> put : puts.entrySet()) {
            for (int type = 0; type < Attachments.TYPES.size(); type++) {
                replace(put.getKey(), put.getValue(), type, replacing);
            }
        }
    }

    private void replace(String name, String text, int type, Replacing replacing) {
        Policy policy = policy(name);
        int before = document(name, policy, type);
        if (before < 0) {
            return;
        }
        boolean later = before >= firstLater;
        int now = later ? before : nextDocument++;
        boolean used = false;
        int compiled = attachments.document(name, Attachments.TYPES.get(type));
        if (compiled >= 0) {
            for (int owner : attachments.owners(compiled)) {
                used |= replacing.replace(owner, before, now);
            }
        }
        for (int owner : policy.owners(type)) {
            used |= replacing.replace(owner, before, now);
        }
        if (used) {
            pending.put(now, new Document(name, Attachments.TYPES.get(type), Optional.of(text)));
        } else {
            pending.remove(now);
            if (later) {
                dropped.add(now);
            }
        }
        policies.put(name, policy.withDocument(type, used || later ? now : Policy.NONE));
    }

    /** The documents that have to be compiled, by number. */
    Map<Integer, Document> pending() {
        return pending;
    }

    /** Documents that nothing uses any longer. */
    List<Integer> dropped() {
        return dropped;
    }

    /** The texts that nothing uses. */
    Map<String, String> unused() {
        Map<String, String> unused = new TreeMap<>(puts);
        pending.values().forEach(document -> unused.remove(document.name()));
        return unused;
    }

    /** What has become of policies. */
    Map<String, Policy> changed() {
        return policies;
    }

    int nextDocument() {
        return nextDocument;
    }
}
