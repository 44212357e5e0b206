package dev.portcullis.syntax;

import dev.portcullis.policy.Span;
import dev.portcullis.syntax.SyntaxTree.Member;
import dev.portcullis.syntax.SyntaxTree.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The members of an object by their exact names (rule L11), in order, each with all its occurrences (rule L12). */
final class Elements {

    /** So many are found sooner by looking at each than by a hash. */
    private static final int FEW = 12;

    private final List<Member> members;
    private final Map<String, List<Member>> byName;

    private Elements(List<Member> members) {
        this.members = members;
        this.byName = members.size() <= FEW ? null : byName(members);
    }

    /** The members of the object. */
    static Elements of(ObjectNode object) {
        return new Elements(object.members());
    }

    private static Map<String, List<Member>> byName(List<Member> members) {
        Map<String, List<Member>> byName = new LinkedHashMap<>();
        for (Member member : members) {
            byName.computeIfAbsent(member.name().value(), name -> new ArrayList<>(1))
                    .add(member);
        }
        return byName;
    }

    /** Every name, in the order of first occurrences. */
    Collection<String> names() {
        if (byName != null) {
            return byName.keySet();
        }
        List<String> names = new ArrayList<>(members.size());
        for (Member member : members) {
            if (!names.contains(member.name().value())) {
                names.add(member.name().value());
            }
        }
        return names;
    }

    boolean has(String name) {
        return byName == null ? next(name, 0) < members.size() : byName.containsKey(name);
    }

    /** All occurrences of the name; none if there is no such member. */
    List<Member> all(String name) {
        if (byName != null) {
            return byName.getOrDefault(name, List.of());
        }
        int first = next(name, 0);
        if (first == members.size()) {
            return List.of();
        }
        int second = next(name, first + 1);
        if (second == members.size()) {
            return members.subList(first, first + 1);
        }
        List<Member> all = new ArrayList<>(List.of(members.get(first)));
        for (int at = second; at < members.size(); at = next(name, at + 1)) {
            all.add(members.get(at));
        }
        return all;
    }

    private int next(String name, int from) {
        int at = from;
        while (at < members.size() && !members.get(at).name().value().equals(name)) {
            at++;
        }
        return at;
    }

    /** The last value of the name. */
    Optional<SyntaxTree> last(String name) {
        List<Member> all = all(name);
        return all.isEmpty()
                ? Optional.empty()
                : Optional.of(all.get(all.size() - 1).value());
    }

    /** Where the name stands first. */
    Span nameSpan(String name) {
        return all(name).get(0).name().span();
    }
}
