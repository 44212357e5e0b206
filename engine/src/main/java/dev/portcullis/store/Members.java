package dev.portcullis.store;

import dev.portcullis.policy.Span;
import dev.portcullis.store.Draft.Word;
import dev.portcullis.syntax.SyntaxTree;
import dev.portcullis.syntax.SyntaxTree.ArrayNode;
import dev.portcullis.syntax.SyntaxTree.BooleanNode;
import dev.portcullis.syntax.SyntaxTree.Member;
import dev.portcullis.syntax.SyntaxTree.NullNode;
import dev.portcullis.syntax.SyntaxTree.NumberNode;
import dev.portcullis.syntax.SyntaxTree.ObjectNode;
import dev.portcullis.syntax.SyntaxTree.StringNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The members of one JSON object, asked for by name and type; what doesn't fit is reported and then left out. */
final class Members {

    private final Map<String, Member> byName = new LinkedHashMap<>();
    private final Set<String> asked = new LinkedHashSet<>();
    private final Span span; // of the opening brace: the whole object may be the whole file
    private final Findings findings;

    private Members(ObjectNode object, Findings findings) {
        Span whole = object.span();
        this.span = new Span(whole.start(), whole.start() + 1, whole.line(), whole.column());
        this.findings = findings;
        for (Member member : object.members()) {
            if (byName.putIfAbsent(member.name().value(), member) != null) {
                findings.error(
                        "DUPLICATE_MEMBER",
                        member.name().span(),
                        "there is a second member " + Quoted.of(member.name().value()));
            }
        }
    }

    /** The members of {@code value}; empty when it is not an object. {@code what} says what it should be. */
    static Optional<Members> of(SyntaxTree value, String what, Findings findings) {
        return object(value, what, findings).map(object -> new Members(object, findings));
    }

    /** Where the object begins. */
    Span span() {
        return span;
    }

    /** The string called {@code name}. */
    Optional<Word> string(String name) {
        return take(name).flatMap(value -> string(value, "`" + name + "`", findings));
    }

    /** The string called {@code name}, which has to be there. */
    Optional<Word> requiredString(String name) {
        return require(name) ? string(name) : Optional.empty();
    }

    /** The value called {@code name}, which has to be there, whatever it is. */
    Optional<SyntaxTree> requiredValue(String name) {
        return require(name) ? take(name) : Optional.empty();
    }

    /** The Boolean called {@code name}. */
    Optional<Boolean> bool(String name) {
        return take(name).flatMap(value -> {
            if (value instanceof BooleanNode found) {
                return Optional.of(found.value());
            }
            wrongType(value, "`" + name + "`", "`true` or `false`", findings);
            return Optional.empty();
        });
    }

    /** The strings of the list called {@code name}; none when it isn't there. */
    List<Word> strings(String name) {
        List<Word> words = new ArrayList<>();
        for (SyntaxTree element : list(name)) {
            string(element, "an entry of `" + name + "`", findings).ifPresent(words::add);
        }
        return words;
    }

    /** The elements of the list called {@code name}; none when it isn't there. */
    List<SyntaxTree> list(String name) {
        Optional<SyntaxTree> value = take(name);
        if (value.isEmpty()) {
            return List.of();
        }
        if (value.get() instanceof ArrayNode list) {
            return list.elements();
        }
        wrongType(value.get(), "`" + name + "`", "a list", findings);
        return List.of();
    }

    /** The object called {@code name}, as its members in order, duplicates included; none when it isn't there. */
    List<Member> entries(String name) {
        return take(name)
                .flatMap(value -> object(value, "`" + name + "`", findings))
                .map(ObjectNode::members)
                .orElse(List.of());
    }

    /** The object called {@code name}. */
    Optional<Members> object(String name) {
        return take(name).flatMap(value -> of(value, "`" + name + "`", findings));
    }

    /** Whether there is a member called {@code name}; reports when there is none. */
    boolean require(String name) {
        asked.add(name);
        if (byName.containsKey(name)) {
            return true;
        }
        findings.error("MISSING_MEMBER", span, "`" + name + "` is missing here");
        return false;
    }

    /** Reports the members that nobody has asked for. */
    void refuseOthers(Spelling spelling) {
        byName.forEach((name, member) -> {
            if (!asked.contains(name)) {
                Optional<String> help = spelling.help(name, asked)
                        .or(() -> Optional.of("known here: `" + String.join("`, `", asked) + "`"));
                findings.error("UNKNOWN_MEMBER", member.name().span(), "there is no member " + Quoted.of(name), help);
            }
        });
    }

    /** The word of a string. */
    static Optional<Word> string(SyntaxTree value, String what, Findings findings) {
        if (value instanceof StringNode string) {
            return Optional.of(new Word(string.value(), string.span()));
        }
        wrongType(value, what, "a string", findings);
        return Optional.empty();
    }

    /** The word of a member's name. */
    static Word word(StringNode name) {
        return new Word(name.value(), name.span());
    }

    private static Optional<ObjectNode> object(SyntaxTree value, String what, Findings findings) {
        if (value instanceof ObjectNode object) {
            return Optional.of(object);
        }
        wrongType(value, what, "an object", findings);
        return Optional.empty();
    }

    private static void wrongType(SyntaxTree value, String what, String wanted, Findings findings) {
        findings.error("WRONG_TYPE", value.span(), what + " is to be " + wanted + ", not " + typeOf(value));
    }

    private static String typeOf(SyntaxTree value) {
        if (value instanceof ObjectNode) {
            return "an object";
        } else if (value instanceof ArrayNode) {
            return "a list";
        } else if (value instanceof StringNode) {
            return "a string";
        } else if (value instanceof NumberNode) {
            return "a number";
        } else if (value instanceof NullNode) {
            return "`null`";
        }
        return "`true` or `false`";
    }

    private Optional<SyntaxTree> take(String name) {
        asked.add(name);
        return Optional.ofNullable(byName.get(name)).map(Member::value);
    }
}
