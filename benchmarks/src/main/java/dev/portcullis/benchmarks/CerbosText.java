package dev.portcullis.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Statements as Cerbos policies: a resource policy for each principal, since an ARN can't be the name of a principal there, and
 * in it a rule for each statement, its resources and conditions in CEL. Actions are lower-cased there and in the request.
 */
final class CerbosText {

    private CerbosText() {}

    /** What the kind of resource is called that stands for a principal. */
    static String kind(String principal) {
        return principal.substring(principal.lastIndexOf('/') + 1);
    }

    /** One policy, as JSON. */
    static String policy(Peer.Owner owner) {
        List<String> rules = new ArrayList<>();
        for (Rule rule : owner.rules()) {
            rules.add(rule(rule));
        }
        return "{\"apiVersion\":\"api.cerbos.dev/v1\",\"resourcePolicy\":{\"resource\":"
                + Json.text(kind(owner.principal())) + ",\"version\":\"default\",\"rules\":["
                + String.join(",\n", rules) + "]}}";
    }

    private static String rule(Rule rule) {
        String actions = Json.list(Arrays.stream(rule.actions())
                .map(action -> action.toLowerCase(Locale.ROOT))
                .toList());
        List<String> all = new ArrayList<>();
        if (Arrays.stream(rule.resources()).noneMatch("*"::equals)) {
            all.add(like("R.attr.arn", rule.resources()));
        }
        for (Rule.Test test : rule.tests()) {
            all.add(condition(test));
        }
        String condition = all.isEmpty()
                ? ""
                : ",\"condition\":{\"match\":{\"expr\":" + Json.text(String.join(" && ", all)) + "}}";
        return "{\"actions\":" + actions + ",\"effect\":\"" + (rule.deny() ? "EFFECT_DENY" : "EFFECT_ALLOW")
                + "\",\"roles\":[\"*\"]" + condition + "}";
    }

    private static String like(String what, String... patterns) {
        List<String> any = new ArrayList<>();
        for (String pattern : patterns) {
            any.add(
                    pattern.contains("*") || pattern.contains("?")
                            ? what + ".matches(" + Json.text(regex(pattern)) + ")"
                            : what + " == " + Json.text(pattern));
        }
        return "(" + String.join(" || ", any) + ")";
    }

    private static String regex(String pattern) {
        return "^"
                + pattern.replaceAll("[.+()\\[\\]{}^$|\\\\]", "\\\\$0")
                        .replace("*", ".*")
                        .replace("?", ".")
                + "$";
    }

    private static String condition(Rule.Test test) {
        String key = Json.text(test.key());
        String has = key + " in P.attr && ";
        String value = "P.attr[" + key + "]";
        String values = Json.list(Arrays.asList(test.values()));
        return switch (test.operator()) {
            case "StringEquals" -> has + value + " in " + values;
            case "StringNotEquals" -> "!(" + has + value + " in " + values + ")";
            case "StringLike" -> has + like(value, test.values());
            case "ForAnyValue:StringEquals" -> has + "hasIntersection(" + value + ", " + values + ")";
            case "Bool" -> has + value + " in " + values.toLowerCase(Locale.ROOT);
            case "IpAddress" -> {
                List<String> any = new ArrayList<>();
                for (String block : test.values()) {
                    any.add(value + ".inIPAddrRange(" + Json.text(block) + ")");
                }
                yield has + "(" + String.join(" || ", any) + ")";
            }
            default -> throw new IllegalArgumentException(test.operator());
        };
    }
}
