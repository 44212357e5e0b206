package dev.portcullis.syntax;

import dev.portcullis.policy.Span;
import dev.portcullis.syntax.SyntaxTree.Member;
import dev.portcullis.syntax.SyntaxTree.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The members of an object by their exact names (rule L11), in order, each with all its occurrences (rule L12). */
final class Elements {

    private final Map<String, List<Member>> byName = new LinkedHashMap<>();

    /** The members of the object. */
    static Elements of(ObjectNode object) {
        Elements elements = new Elements();
        for (Member member : object.members()) {
            elements.byName
                    .computeIfAbsent(member.name().value(), name -> new ArrayList<>(1))
                    .add(member);
        }
        return elements;
    }

    /** Every name, in the order of first occurrences. */
    Set<String> names() {
        return byName.keySet();
    }

    boolean has(String name) {
        return byName.containsKey(name);
    }

    /** All occurrences of the name; none if there is no such member. */
    List<Member> all(String name) {
        return byName.getOrDefault(name, List.of());
    }

    /** The last value of the name. */
    Optional<SyntaxTree> last(String name) {
        List<Member> members = all(name);
        return members.isEmpty()
                ? Optional.empty()
                : Optional.of(members.get(members.size() - 1).value());
    }

    /** Where the name stands first. */
    Span nameSpan(String name) {
        return byName.get(name).get(0).name().span();
    }
}
