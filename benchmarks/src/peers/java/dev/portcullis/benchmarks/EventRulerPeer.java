package dev.portcullis.benchmarks;

import dev.portcullis.Decision;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import software.amazon.event.ruler.Machine;

/**
 * event-ruler: a rule for each statement, the request an event flattened beforehand. It looks at fields in the order of their
 * names, so that what they are called decides how fast it is.
 */
final class EventRulerPeer implements Peer<String[]> {

    /** What fields are called. */
    enum Order {
        /** As they are: action, context keys, principal, resource. */
        NAMED("action", "principal", "resource", ""),
        /** So that the principal comes first, then the action. */
        PRINCIPAL_FIRST("1action", "0principal", "2resource", "3"),
        /** So that the resource comes first. */
        RESOURCE_FIRST("1action", "2principal", "0resource", "3");

        private final String action;
        private final String principal;
        private final String resource;
        private final String keys;

        Order(String action, String principal, String resource, String keys) {
            this.action = action;
            this.principal = principal;
            this.resource = resource;
            this.keys = keys;
        }

        private String key(String key) {
            return keys + key.replace('.', '_');
        }
    }

    private static final String DENY = "d";

    private final Order order;

    EventRulerPeer(Order order) {
        this.order = order;
    }

    @Override
    public String version() {
        return "2.1.0";
    }

    @Override
    public boolean findsPrincipal() {
        return false;
    }

    @Override
    public boolean twoValued() {
        return false;
    }

    /** A wildcard is {@code *} only and not two in a row; a field can be asked for once. */
    @Override
    public boolean expresses(Rule rule) {
        Set<String> keys = new HashSet<>();
        return Arrays.stream(rule.actions()).allMatch(EventRulerPeer::plain)
                && Arrays.stream(rule.resources()).allMatch(EventRulerPeer::plain)
                && Arrays.stream(rule.tests())
                        .allMatch(test -> keys.add(test.key())
                                && Arrays.stream(test.values())
                                        .allMatch(value -> plain(value)
                                                && (test.operator().equals("StringLike") || !value.contains("*"))));
    }

    private static boolean plain(String text) {
        return !text.contains("?") && !text.contains("**") && !text.contains("\"") && !text.contains("\\");
    }

    private String rule(String principal, Rule rule) {
        List<String> fields = new ArrayList<>();
        fields.add("\"" + order.principal + "\":[\"" + principal + "\"]");
        fields.add("\"" + order.action + "\":"
                + patterns(Arrays.stream(rule.actions())
                        .map(action -> action.toLowerCase(Locale.ROOT))
                        .toArray(String[]::new)));
        if (Arrays.stream(rule.resources()).noneMatch("*"::equals)) {
            fields.add("\"" + order.resource + "\":" + patterns(rule.resources()));
        }
        for (Rule.Test test : rule.tests()) {
            fields.add(field("\"" + order.key(test.key()) + "\":", test));
        }
        return '{' + String.join(",", fields) + '}';
    }

    private static String field(String key, Rule.Test test) {
        String values = "[\"" + String.join("\",\"", test.values()) + "\"]";
        return switch (test.operator()) {
            case "StringEquals", "ForAnyValue:StringEquals" -> key + values;
            case "StringLike" -> key + patterns(test.values());
            case "StringNotEquals" ->
                "\"$or\":[{" + key + "[{\"anything-but\":" + values + "}]},{" + key + "[{\"exists\":false}]}]";
            case "Bool" -> key + each("equals-ignore-case", test.values());
            case "IpAddress" -> key + each("cidr", test.values());
            default -> throw new IllegalArgumentException(test.operator());
        };
    }

    private static String each(String what, String... values) {
        List<String> each = new ArrayList<>();
        for (String value : values) {
            each.add("{\"" + what + "\":\"" + value + "\"}");
        }
        return '[' + String.join(",", each) + ']';
    }

    private static String patterns(String... patterns) {
        List<String> each = new ArrayList<>();
        for (String pattern : patterns) {
            each.add(pattern.contains("*") ? "{\"wildcard\":\"" + pattern + "\"}" : "\"" + pattern + "\"");
        }
        return '[' + String.join(",", each) + ']';
    }

    @Override
    public Loaded<String[]> load(List<Owner> owners) throws Exception {
        Machine machine = Machine.builder().build();
        int number = 0;
        for (Owner owner : owners) {
            for (Rule rule : owner.rules()) {
                machine.addRule((rule.deny() ? DENY : "a") + number++, rule(owner.principal(), rule));
            }
        }
        return new Rules(machine, order);
    }

    private record Rules(Machine machine, Order order) implements Loaded<String[]> {

        @Override
        public String[] request(Ask ask) {
            TreeMap<String, List<String>> event = new TreeMap<>();
            event.put(order.principal, List.of(ask.principal()));
            event.put(order.action, List.of(ask.action().toLowerCase(Locale.ROOT)));
            event.put(order.resource, List.of(ask.resource()));
            for (int i = 0; i < ask.keys().length; i++) {
                event.put(order.key(ask.keys()[i]), List.of(ask.values()[i]));
            }
            if (!ask.tagKeys().isEmpty()) {
                event.put(order.key(Ask.TAG_KEYS), ask.tagKeys());
            }
            List<String> flat = new ArrayList<>();
            event.forEach((name, values) -> values.forEach(value -> {
                flat.add(name);
                flat.add('"' + value + '"');
            }));
            return flat.toArray(String[]::new);
        }

        @Override
        public Decision decide(String[] event) {
            List<String> matched = machine.rulesForEvent(event);
            for (int i = 0; i < matched.size(); i++) {
                if (matched.get(i).startsWith(DENY)) {
                    return Decision.EXPLICIT_DENY;
                }
            }
            return matched.isEmpty() ? Decision.IMPLICIT_DENY : Decision.ALLOW;
        }
    }
}
