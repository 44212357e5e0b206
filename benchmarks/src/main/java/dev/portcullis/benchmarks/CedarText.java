package dev.portcullis.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Statements as Cedar policies. Actions are lower-cased there and in the request, since Cedar's {@code like} tells case apart;
 * action and resource come as strings in the context too, since {@code like} matches no entities.
 */
final class CedarText {

    private CedarText() {}

    /** Whether {@link #policy} can say it: {@code like} knows no {@code ?}. */
    static boolean expresses(Rule rule) {
        return Arrays.stream(rule.actions()).allMatch(CedarText::plain)
                && Arrays.stream(rule.resources()).allMatch(CedarText::plain)
                && Arrays.stream(rule.tests()).allMatch(CedarText::expresses);
    }

    private static boolean expresses(Rule.Test test) {
        boolean ofKind = switch (test.operator()) {
            case "IpAddress" -> isAddress(test.key());
            case "Bool" -> isBool(test.key());
            default -> !isAddress(test.key()) && !isBool(test.key());
        };
        boolean stars = test.operator().equals("StringLike");
        return ofKind
                && Arrays.stream(test.values()).allMatch(value -> plain(value) && (stars || !value.contains("*")));
    }

    private static boolean plain(String text) {
        return text.indexOf('?') < 0 && text.indexOf('"') < 0 && text.indexOf('\\') < 0;
    }

    /** Whether a key's value is an IP address in the request. */
    static boolean isAddress(String key) {
        return key.equals("aws:SourceIp");
    }

    /** Whether a key's value is a Boolean in the request. */
    static boolean isBool(String key) {
        return key.equals("aws:SecureTransport");
    }

    /** One policy. */
    static String policy(String principal, Rule rule) {
        StringBuilder text = new StringBuilder(rule.deny() ? "forbid" : "permit")
                .append("(principal == User::\"")
                .append(principal)
                .append("\", action");
        List<String> when = new ArrayList<>();
        String[] actions = Arrays.stream(rule.actions())
                .map(action -> action.toLowerCase(Locale.ROOT))
                .toArray(String[]::new);
        if (Arrays.stream(actions).noneMatch(action -> action.contains("*"))) {
            text.append(" in [Action::\"")
                    .append(String.join("\", Action::\"", actions))
                    .append("\"]");
        } else {
            when.add(like("context.action", actions));
        }
        text.append(", resource");
        if (rule.resources().length == 1 && !rule.resources()[0].contains("*")) {
            text.append(" == Resource::\"").append(rule.resources()[0]).append('"');
        } else if (Arrays.stream(rule.resources()).noneMatch("*"::equals)) {
            when.add(like("context.resource", rule.resources()));
        }
        text.append(')');
        for (Rule.Test test : rule.tests()) {
            when.add(condition(test));
        }
        if (!when.isEmpty()) {
            text.append(" when { ").append(String.join(" && ", when)).append(" }");
        }
        return text.append(';').toString();
    }

    private static String like(String what, String... patterns) {
        List<String> any = new ArrayList<>();
        for (String pattern : patterns) {
            any.add(what + (pattern.contains("*") ? " like \"" : " == \"") + pattern + '"');
        }
        return '(' + String.join(" || ", any) + ')';
    }

    private static String condition(Rule.Test test) {
        String has = "context has \"" + test.key() + '"';
        String value = "context[\"" + test.key() + "\"]";
        String set = "[\"" + String.join("\", \"", test.values()) + "\"]";
        return switch (test.operator()) {
            case "StringEquals" -> has + " && " + set + ".contains(" + value + ')';
            case "StringNotEquals" -> "!(" + has + " && " + set + ".contains(" + value + "))";
            case "StringLike" -> has + " && " + like(value, test.values());
            case "ForAnyValue:StringEquals" -> has + " && " + value + ".containsAny(" + set + ')';
            case "Bool" ->
                has + " && [" + String.join(", ", test.values()).toLowerCase(Locale.ROOT) + "].contains(" + value + ')';
            case "IpAddress" -> {
                List<String> any = new ArrayList<>();
                for (String block : test.values()) {
                    any.add(value + ".isInRange(ip(\"" + block + "\"))");
                }
                yield has + " && (" + String.join(" || ", any) + ')';
            }
            default -> throw new IllegalArgumentException(test.operator());
        };
    }
}
