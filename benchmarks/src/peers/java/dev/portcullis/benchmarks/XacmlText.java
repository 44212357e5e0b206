package dev.portcullis.benchmarks;

import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Statements as XACML 3.0: a policy for each of ours, whose target is the principal, and in it a rule for each statement; deny
 * overrides in both. Patterns are regular expressions; actions are lower-cased there and in the request.
 */
final class XacmlText {

    static final String SUBJECT = "urn:oasis:names:tc:xacml:1.0:subject-category:access-subject";
    static final String SUBJECT_ID = "urn:oasis:names:tc:xacml:1.0:subject:subject-id";
    static final String ACTION = "urn:oasis:names:tc:xacml:3.0:attribute-category:action";
    static final String ACTION_ID = "urn:oasis:names:tc:xacml:1.0:action:action-id";
    static final String RESOURCE = "urn:oasis:names:tc:xacml:3.0:attribute-category:resource";
    static final String RESOURCE_ID = "urn:oasis:names:tc:xacml:1.0:resource:resource-id";
    static final String ENVIRONMENT = "urn:oasis:names:tc:xacml:3.0:attribute-category:environment";

    private static final String STRING = "http://www.w3.org/2001/XMLSchema#string";
    private static final String FUNCTION_1 = "urn:oasis:names:tc:xacml:1.0:function:";
    private static final String EQUAL = FUNCTION_1 + "string-equal";
    private static final String EQUAL_IGNORE_CASE = "urn:oasis:names:tc:xacml:3.0:function:string-equal-ignore-case";
    private static final String REGEX = FUNCTION_1 + "string-regexp-match";

    private XacmlText() {}

    /** Whether it can be said: blocks of addresses are prefixes of their texts. */
    static boolean expresses(Rule rule) {
        return Arrays.stream(rule.tests())
                .filter(test -> test.operator().equals("IpAddress"))
                .flatMap(test -> Arrays.stream(test.values()))
                .allMatch(block -> block.endsWith("/8") || block.endsWith("/16") || block.endsWith("/24"));
    }

    /** Writes all policies as one. */
    static void policySet(List<Peer.Owner> owners, Writer out) throws IOException {
        out.write(
                "<PolicySet xmlns=\"urn:oasis:names:tc:xacml:3.0:core:schema:wd-17\" PolicySetId=\"root\" Version=\"1.0\""
                        + " PolicyCombiningAlgId=\"urn:oasis:names:tc:xacml:3.0:policy-combining-algorithm:deny-overrides\">"
                        + "<Target/>");
        int number = 0;
        for (Peer.Owner owner : owners) {
            for (List<Rule> policy : owner.policies()) {
                out.write(policy("p" + number++, owner.principal(), policy));
            }
        }
        out.write("</PolicySet>");
    }

    private static String policy(String id, String principal, List<Rule> policy) {
        StringBuilder text =
                new StringBuilder("<Policy PolicyId=\"").append(id).append("\" Version=\"1.0\" RuleCombiningAlgId=");
        text.append("\"urn:oasis:names:tc:xacml:3.0:rule-combining-algorithm:deny-overrides\"><Target>");
        anyOf(text, EQUAL, SUBJECT, SUBJECT_ID, principal);
        text.append("</Target>");
        for (int i = 0; i < policy.size(); i++) {
            rule(text, "r" + i, policy.get(i));
        }
        return text.append("</Policy>").toString();
    }

    private static void rule(StringBuilder text, String id, Rule rule) {
        text.append("<Rule RuleId=\"").append(id).append("\" Effect=\"");
        text.append(rule.deny() ? "Deny" : "Permit").append("\"><Target>");
        patterns(
                text,
                ACTION,
                ACTION_ID,
                Arrays.stream(rule.actions())
                        .map(action -> action.toLowerCase(Locale.ROOT))
                        .toArray(String[]::new));
        if (Arrays.stream(rule.resources()).noneMatch("*"::equals)) {
            patterns(text, RESOURCE, RESOURCE_ID, rule.resources());
        }
        List<Rule.Test> negated = new ArrayList<>();
        for (Rule.Test test : rule.tests()) {
            switch (test.operator()) {
                case "StringEquals", "ForAnyValue:StringEquals" ->
                    anyOf(text, EQUAL, ENVIRONMENT, test.key(), test.values());
                case "Bool" -> anyOf(text, EQUAL_IGNORE_CASE, ENVIRONMENT, test.key(), test.values());
                case "StringLike" -> patterns(text, ENVIRONMENT, test.key(), test.values());
                case "IpAddress" ->
                    anyOf(
                            text,
                            REGEX,
                            ENVIRONMENT,
                            test.key(),
                            Arrays.stream(test.values()).map(XacmlText::block).toArray(String[]::new));
                case "StringNotEquals" -> negated.add(test);
                default -> throw new IllegalArgumentException(test.operator());
            }
        }
        text.append("</Target>");
        if (!negated.isEmpty()) {
            text.append("<Condition><Apply FunctionId=\"").append(FUNCTION_1).append("and\">");
            negated.forEach(test -> noneOf(text, test));
            text.append("</Apply></Condition>");
        }
        text.append("</Rule>");
    }

    private static String block(String block) {
        int words = Integer.parseInt(block, block.indexOf('/') + 1, block.length(), 10) / 8;
        String[] numbers = block.substring(0, block.indexOf('/')).split("\\.", -1);
        return '^' + String.join("\\.", Arrays.copyOf(numbers, words)) + "\\..*$";
    }

    private static void patterns(StringBuilder text, String category, String id, String... patterns) {
        boolean plain = Arrays.stream(patterns).noneMatch(pattern -> pattern.contains("*") || pattern.contains("?"));
        if (plain) {
            anyOf(text, EQUAL, category, id, patterns);
        } else {
            anyOf(
                    text,
                    REGEX,
                    category,
                    id,
                    Arrays.stream(patterns).map(XacmlText::regex).toArray(String[]::new));
        }
    }

    private static String regex(String pattern) {
        return '^'
                + pattern.replaceAll("[.+()\\[\\]{}^$|\\\\]", "\\\\$0")
                        .replace("*", ".*")
                        .replace("?", ".")
                + '$';
    }

    private static void anyOf(StringBuilder text, String function, String category, String id, String... values) {
        text.append("<AnyOf>");
        for (String value : values) {
            text.append("<AllOf><Match MatchId=\"").append(function).append("\">");
            value(text, value);
            designator(text, category, id);
            text.append("</Match></AllOf>");
        }
        text.append("</AnyOf>");
    }

    private static void noneOf(StringBuilder text, Rule.Test test) {
        text.append("<Apply FunctionId=\"").append(FUNCTION_1).append("not\"><Apply FunctionId=\"");
        text.append(FUNCTION_1).append("string-at-least-one-member-of\">");
        designator(text, ENVIRONMENT, test.key());
        text.append("<Apply FunctionId=\"").append(FUNCTION_1).append("string-bag\">");
        for (String value : test.values()) {
            value(text, value);
        }
        text.append("</Apply></Apply></Apply>");
    }

    private static void value(StringBuilder text, String value) {
        text.append("<AttributeValue DataType=\"").append(STRING).append("\">");
        text.append(value.replace("&", "&amp;").replace("<", "&lt;")).append("</AttributeValue>");
    }

    private static void designator(StringBuilder text, String category, String id) {
        text.append("<AttributeDesignator Category=\"").append(category).append("\" AttributeId=\"");
        text.append(id).append("\" DataType=\"").append(STRING).append("\" MustBePresent=\"false\"/>");
    }
}
