package dev.portcullis.corpus;

import dev.portcullis.corpus.reference.ReferenceJson;
import dev.portcullis.corpus.reference.ReferenceJson.Arr;
import dev.portcullis.corpus.reference.ReferenceJson.Bool;
import dev.portcullis.corpus.reference.ReferenceJson.Member;
import dev.portcullis.corpus.reference.ReferenceJson.Node;
import dev.portcullis.corpus.reference.ReferenceJson.Obj;
import dev.portcullis.corpus.reference.ReferenceJson.Str;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The members of one object of a line, taken one by one. What is missing, of the wrong kind, given twice, or left over
 * at the {@link #end()} becomes a problem; reading goes on, so that all of a line's problems are found at once.
 */
final class Fields {

    /** Problems kept of one line; the rest is not reported. */
    private static final int MOST_PROBLEMS = 50;

    private final Source source;
    private final String path;
    private final Obj object;
    private final Map<String, Member> untaken = new LinkedHashMap<>();

    /** The line that is read, and what was found wrong with it. */
    record Source(String text, int line, List<Problem> problems) {

        Source(String text, int line) {
            this(text, line, new ArrayList<>());
        }

        /** All problems, in the order of the line. */
        List<Problem> sorted() {
            List<Problem> sorted = new ArrayList<>(problems);
            sorted.sort(Comparator.comparingInt(Problem::column));
            return sorted;
        }

        void problem(int offset, String message) {
            if (problems.size() < MOST_PROBLEMS) {
                problems.add(new Problem(line, offset + 1, message));
            }
        }
    }

    Fields(Source source, String path, Obj object) {
        this.source = source;
        this.path = path;
        this.object = object;
        for (Member member : object.members()) {
            String name = member.name().value();
            if (untaken.putIfAbsent(name, member) != null) {
                source.problem(member.name().start(), "field " + named(name) + " is given twice");
            }
        }
    }

    Source source() {
        return source;
    }

    /** An object that stands in a field of this one. */
    Fields inside(String name, Obj members) {
        return new Fields(source, path + name + ".", members);
    }

    /** Takes a field, whatever it holds. */
    Optional<Node> take(String name) {
        return Optional.ofNullable(untaken.remove(name)).map(Member::value);
    }

    /** Takes a field that must be there. */
    Optional<Node> need(String name) {
        Optional<Node> node = take(name);
        if (node.isEmpty()) {
            source.problem(object.start(), "field " + named(name) + " is missing");
        }
        return node;
    }

    Optional<String> text(String name) {
        return take(name).flatMap(node -> textOf(node, name));
    }

    /** Takes a text that must be there; the empty string when it isn't. */
    String needText(String name) {
        return need(name).flatMap(node -> textOf(node, name)).orElse("");
    }

    Optional<Boolean> truth(String name) {
        return take(name).flatMap(node -> {
            if (node instanceof Bool bool) {
                return Optional.of(bool.value());
            }
            return wrong(node, name, "true or false");
        });
    }

    Optional<Fields> object(String name) {
        return take(name).flatMap(node -> objectOf(node, name));
    }

    Optional<Fields> needObject(String name) {
        return need(name).flatMap(node -> objectOf(node, name));
    }

    /** Takes a list of objects; empty when the field is absent. */
    Optional<List<Fields>> objects(String name) {
        return take(name).map(node -> {
            List<Fields> elements = new ArrayList<>();
            if (node instanceof Arr list) {
                for (int i = 0; i < list.elements().size(); i++) {
                    objectOf(list.elements().get(i), name + "[" + i + "]").ifPresent(elements::add);
                }
            } else {
                wrong(node, name, "a list of objects");
            }
            return elements;
        });
    }

    /** Takes a list of texts; a text alone is the list of one. Empty when the field is absent. */
    List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        take(name).ifPresent(node -> {
            if (node instanceof Arr list) {
                for (int i = 0; i < list.elements().size(); i++) {
                    textOf(list.elements().get(i), name + "[" + i + "]").ifPresent(texts::add);
                }
            } else {
                textOf(node, name).ifPresent(texts::add);
            }
        });
        return texts;
    }

    /** Takes an object whose names are free and whose values are texts. */
    Map<String, String> textMap(String name) {
        Map<String, String> map = new LinkedHashMap<>();
        object(name)
                .ifPresent(fields -> fields.takeAll()
                        .forEach((key, member) ->
                                fields.textOf(member.value(), key).ifPresent(text -> map.put(key, text))));
        return map;
    }

    /** Takes everything that is left, in order. */
    Map<String, Member> takeAll() {
        Map<String, Member> all = new LinkedHashMap<>(untaken);
        untaken.clear();
        return all;
    }

    /** Reports what is left as unknown. */
    void end() {
        untaken.forEach((name, member) -> source.problem(member.name().start(), "unknown field " + named(name)));
        untaken.clear();
    }

    /** The field's full name in back quotes. */
    String named(String name) {
        return "`" + path + name + "`";
    }

    /** Reports a field that is there but not usable. */
    void problem(String name, Optional<Node> node, String message) {
        source.problem(node.map(Node::start).orElse(object.start()), named(name) + " " + message);
    }

    private Optional<String> textOf(Node node, String name) {
        if (node instanceof Str text) {
            return Optional.of(text.value());
        }
        return wrong(node, name, "a string");
    }

    private Optional<Fields> objectOf(Node node, String name) {
        if (node instanceof Obj members) {
            return Optional.of(inside(name, members));
        }
        return wrong(node, name, "an object");
    }

    private <T> Optional<T> wrong(Node node, String name, String wanted) {
        source.problem(node.start(), named(name) + " must be " + wanted);
        return Optional.empty();
    }

    /**
     * The object that a line is.
     *
     * @return empty when it isn't one; the source then has the problem
     */
    static Optional<Fields> of(Source source) {
        try {
            if (ReferenceJson.read(source.text()) instanceof Obj object) {
                return Optional.of(new Fields(source, "", object));
            }
            source.problem(0, "the line must be one JSON object");
        } catch (ReferenceJson.Malformed e) {
            String message = e.getMessage();
            source.problem(e.offset(), message.substring(message.indexOf(": ") + 2));
        }
        return Optional.empty();
    }
}
