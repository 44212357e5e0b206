package dev.portcullis.corpus.reference;

import dev.portcullis.corpus.reference.ReferenceJson.Arr;
import dev.portcullis.corpus.reference.ReferenceJson.Member;
import dev.portcullis.corpus.reference.ReferenceJson.Node;
import dev.portcullis.corpus.reference.ReferenceJson.Obj;
import dev.portcullis.corpus.reference.ReferenceJson.Str;
import dev.portcullis.corpus.reference.StatementText.PrincipalEntry;
import dev.portcullis.corpus.reference.StatementText.PrincipalKind;
import dev.portcullis.corpus.reference.StatementText.PrincipalList;
import dev.portcullis.policy.PolicyType;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/** Reads {@code Principal} and {@code NotPrincipal} (section 4 of the language's rules). */
final class PrincipalReading {

    private final PolicyType type;
    private final Problems problems;
    private final Strings strings;
    private final boolean variables;

    PrincipalReading(PolicyType type, Problems problems, Strings strings, boolean variables) {
        this.type = type;
        this.problems = problems;
        this.strings = strings;
        this.variables = variables;
    }

    /** Reads the element, where the policy type has one (rules L8, L57). */
    Optional<PrincipalList> read(Obj statement, BiFunction<Obj, String, Optional<Boolean>> oneOf) {
        Optional<Boolean> not = oneOf.apply(statement, "Principal");
        if (!type.namesPrincipals()) {
            if (not.isPresent()) {
                problems.add(statement, "no `Principal` in a document of type " + type.shortName() + " (rule L57)");
            }
            return Optional.empty();
        }
        if (not.isEmpty()) {
            problems.add(statement, "`Principal` is missing (rule L57)");
            return Optional.empty();
        }
        // L8, L26, L73
        if (not.get() && (type == PolicyType.TRUST || type == PolicyType.RESOURCE_CONTROL)) {
            problems.add(statement, "no `NotPrincipal` in a document of type " + type.shortName() + " (rule L73)");
        }
        Optional<Node> node = statement.get(not.get() ? "NotPrincipal" : "Principal");
        return node.map(value -> new PrincipalList(not.get(), entries(value)));
    }

    private List<PrincipalEntry> entries(Node node) {
        List<PrincipalEntry> entries = new ArrayList<>();
        if (node instanceof Str string && string.value().equals("*")) {
            // L69
            entries.add(new PrincipalEntry(PrincipalKind.AWS, "*"));
        } else if (node instanceof Obj map) {
            Set<PrincipalKind> seen = EnumSet.noneOf(PrincipalKind.class);
            for (Member member : map.members()) {
                readKind(member, seen, entries);
            }
        } else if (!(node instanceof Arr array && array.elements().isEmpty())) {
            // L20: an empty array has a meaning.
            problems.add(node, "a principal is `\"*\"` or an object (rule L58)");
        }
        return entries;
    }

    private void readKind(Member member, Set<PrincipalKind> seen, List<PrincipalEntry> entries) {
        String key = member.name().value();
        Optional<PrincipalKind> kind = PrincipalKind.of(key);
        if (kind.isEmpty()) {
            problems.add(member.name(), "`" + key + "` is not AWS, Service, Federated or CanonicalUser (rule L58)");
            return;
        }
        if (!seen.add(kind.get())) {
            problems.add(member.name(), "`" + key + "` stands twice in one object (rules L12, L58)");
        }
        for (Strings.Entry entry : strings.list(member.value(), "a principal")) {
            if (variables && entry.text().contains("${")) {
                problems.add(entry.node(), "a variable in a principal (rule L137)");
            }
            entries.add(new PrincipalEntry(kind.get(), entry.text()));
        }
    }
}
