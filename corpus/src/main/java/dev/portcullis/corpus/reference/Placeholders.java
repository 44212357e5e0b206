package dev.portcullis.corpus.reference;

import dev.portcullis.corpus.reference.ReferenceJson.Arr;
import dev.portcullis.corpus.reference.ReferenceJson.Member;
import dev.portcullis.corpus.reference.ReferenceJson.Node;
import dev.portcullis.corpus.reference.ReferenceJson.Obj;
import dev.portcullis.corpus.reference.ReferenceJson.Str;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Puts the parameters' values in place of {@code {{name}}} in all strings of a document, member names included, before
 * anything else is made of them. A name is anything but braces, blanks around it don't count; values are not looked at
 * again.
 */
final class Placeholders {

    private final Map<String, String> parameters;
    private final Problems problems;

    Placeholders(Map<String, String> parameters, Problems problems) {
        this.parameters = parameters;
        this.problems = problems;
    }

    Node bind(Node node) {
        if (node instanceof Str string) {
            return bind(string);
        }
        if (node instanceof Arr array) {
            return new Arr(array.elements().stream().map(this::bind).toList(), array.start(), array.end());
        }
        if (node instanceof Obj object) {
            List<Member> members = new ArrayList<>();
            for (Member member : object.members()) {
                members.add(new Member(bind(member.name()), bind(member.value())));
            }
            return new Obj(members, object.start(), object.end());
        }
        return node;
    }

    private Str bind(Str string) {
        String text = string.value();
        StringBuilder bound = new StringBuilder();
        int at = 0;
        while (at < text.length()) {
            int end = endOfPlaceholder(text, at);
            if (end < 0) {
                bound.append(text.charAt(at));
                at++;
            } else {
                String name = text.substring(at + 2, end - 2).strip();
                if (!parameters.containsKey(name)) {
                    problems.add(string, "the placeholder `{{" + name + "}}` has no value");
                }
                bound.append(parameters.getOrDefault(name, ""));
                at = end;
            }
        }
        return new Str(bound.toString(), string.start(), string.end());
    }

    /** The place after a placeholder that starts here; -1 when none does. */
    private static int endOfPlaceholder(String text, int start) {
        if (!text.startsWith("{{", start)) {
            return -1;
        }
        int end = start + 2;
        while (end < text.length() && text.charAt(end) != '{' && text.charAt(end) != '}') {
            end++;
        }
        return end > start + 2 && text.startsWith("}}", end) ? end + 2 : -1;
    }
}
