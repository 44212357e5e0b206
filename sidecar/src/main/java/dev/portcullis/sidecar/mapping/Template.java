package dev.portcullis.sidecar.mapping;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Text with {@code {references}} to a request's parts. Immutable. */
final class Template {

    /** What a reference names. */
    private enum Kind {
        LITERAL,
        CAPTURE,
        VALUE,
        HEADER,
        QUERY,
        CLAIM,
        CLIENT_ADDRESS,
        METHOD,
        HOST
    }

    private record Part(Kind kind, String text) {}

    /** What the values that are filled in may hold. */
    enum Filling {
        /** Anything. */
        FREE,
        /** No blank, colon or slash: a name inside an ARN, which it must not be able to turn into another. */
        NAME,
        /** No colon in the first five fields; captures can't hold a slash anyway. */
        RESOURCE
    }

    private final String text;
    private final List<Part> parts;
    private final Filling filling;

    private Template(String text, List<Part> parts, Filling filling) {
        this.text = text;
        this.parts = List.copyOf(parts);
        this.filling = filling;
    }

    /**
     * Reads a template.
     *
     * @param parameters are filled in at once
     * @param captures names that the path's template gives
     * @param problems is told what is wrong; the result is to be thrown away then
     */
    static Template of(
            String text, Map<String, String> parameters, Set<String> captures, Filling filling, List<String> problems) {
        List<Part> parts = new ArrayList<>();
        int from = 0;
        while (from < text.length()) {
            int open = text.indexOf('{', from);
            String literal = open < 0 ? text.substring(from) : text.substring(from, open);
            if (literal.indexOf('}') >= 0) {
                problems.add("`" + text + "` has a } without {");
                break;
            }
            if (!literal.isEmpty()) {
                parts.add(new Part(Kind.LITERAL, literal));
            }
            if (open < 0) {
                break;
            }
            int close = text.indexOf('}', open);
            if (close < 0) {
                problems.add("`" + text + "` has a { without }");
                break;
            }
            parts.add(reference(text.substring(open + 1, close), parameters, captures, problems));
            from = close + 1;
        }
        return new Template(text, parts, filling);
    }

    private static Part reference(
            String name, Map<String, String> parameters, Set<String> captures, List<String> problems) {
        if (captures.contains(name)) {
            return new Part(Kind.CAPTURE, name);
        }
        if (parameters.containsKey(name)) {
            return new Part(Kind.LITERAL, parameters.get(name));
        }
        int colon = name.indexOf(':');
        String rest = name.substring(colon + 1);
        String kind = colon > 0 && !rest.isEmpty() ? name.substring(0, colon + 1) : name;
        return switch (kind) {
            case "header:" -> new Part(Kind.HEADER, rest.toLowerCase(Locale.ROOT));
            case "query:" -> new Part(Kind.QUERY, rest);
            case "claim:" -> new Part(Kind.CLAIM, rest);
            case "value" -> new Part(Kind.VALUE, "");
            case "client-address" -> new Part(Kind.CLIENT_ADDRESS, "");
            case "method" -> new Part(Kind.METHOD, "");
            case "host" -> new Part(Kind.HOST, "");
            default -> {
                problems.add("`{" + name + "}` is neither a parameter, nor a part of the route's path, nor one of"
                        + " {value}, {header:NAME}, {query:NAME}, {claim:NAME}, {client-address}, {method}, {host}");
                yield new Part(Kind.LITERAL, "");
            }
        };
    }

    /** Whether it is one reference and nothing else. */
    private boolean isBare() {
        return parts.size() == 1 && parts.get(0).kind != Kind.LITERAL;
    }

    /** The text; null when something that it draws on is absent. */
    String fill(Facts facts) throws MappingRefusal {
        if (parts.size() == 1) {
            // Alone it is the whole text, which its user checks: there is nothing it could break out of.
            return value(parts.get(0), facts);
        }
        StringBuilder filled = new StringBuilder(64);
        for (Part part : parts) {
            String value = value(part, facts);
            if (value == null) {
                return null;
            }
            if (part.kind != Kind.LITERAL) {
                check(part, value, filled);
            }
            filled.append(value);
        }
        return filled.toString();
    }

    /** All values: those of a list where the template is one reference to it; empty when absent. */
    List<String> fillAll(Facts facts) throws MappingRefusal {
        if (isBare()) {
            Part part = parts.get(0);
            if (part.kind == Kind.CLAIM) {
                return facts.identity().claims().getOrDefault(part.text, List.of());
            }
            if (part.kind == Kind.HEADER) {
                return facts.request().headers(part.text);
            }
        }
        String one = fill(facts);
        return one == null ? List.of() : List.of(one);
    }

    private void check(Part part, String value, CharSequence before) throws MappingRefusal {
        Function<String, MappingRefusal> refusal = what ->
                MappingRefusal.invalid("the value for {" + (part.text.isEmpty() ? "value" : part.text) + "} " + what);
        if (value.isEmpty() && filling != Filling.FREE) {
            throw refusal.apply("is empty");
        }
        for (int i = 0; i < value.length(); i++) {
            char unit = value.charAt(i);
            boolean bad = switch (filling) {
                case FREE -> false;
                case NAME -> unit <= ' ' || unit == ':' || unit == '/' || unit == 0x7f;
                case RESOURCE ->
                    unit < ' '
                            || unit == 0x7f
                            || (unit == ':' && (part.kind != Kind.CAPTURE || colons(before) < 5))
                            || (unit == '/' && part.kind != Kind.CAPTURE);
            };
            if (bad) {
                throw refusal.apply("holds a character that has no place there");
            }
        }
    }

    private static int colons(CharSequence text) {
        return (int) text.chars().filter(unit -> unit == ':').count();
    }

    private static String value(Part part, Facts facts) throws MappingRefusal {
        return switch (part.kind) {
            case LITERAL -> part.text;
            case CAPTURE -> facts.captures().get(part.text);
            case VALUE ->
                facts.identity().value().isEmpty() ? null : facts.identity().value();
            case HEADER -> facts.header(part.text);
            case QUERY -> facts.parameter(part.text);
            case CLAIM -> claim(part.text, facts);
            case CLIENT_ADDRESS -> facts.clientAddress().isEmpty() ? null : facts.clientAddress();
            case METHOD -> facts.request().method();
            case HOST ->
                facts.request().host().isEmpty() ? null : facts.request().host();
        };
    }

    private static String claim(String name, Facts facts) throws MappingRefusal {
        List<String> values = facts.identity().claims().get(name);
        if (values == null || values.isEmpty()) {
            return null;
        }
        if (values.size() > 1) {
            throw MappingRefusal.invalid("claim `" + name + "` has several values where one is wanted");
        }
        return values.get(0);
    }

    @Override
    public String toString() {
        return text;
    }
}
