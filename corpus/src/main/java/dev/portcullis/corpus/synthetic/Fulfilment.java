package dev.portcullis.corpus.synthetic;

import dev.portcullis.corpus.generate.PolicyDraft.Condition;
import dev.portcullis.corpus.generate.RandomNumbers;
import dev.portcullis.corpus.synthetic.Population.Person;
import dev.portcullis.policy.ConditionOperator;
import dev.portcullis.policy.ConditionOperator.Quantifier;
import dev.portcullis.policy.ContextValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The context of a request that is to meet a statement's conditions. For one thread; one request. */
final class Fulfilment {

    /** Keys that AWS supplies itself; a request does not give them. */
    private static final Set<String> SUPPLIED = Set.of(
            "aws:principalarn",
            "aws:principalaccount",
            "aws:principalorgid",
            "aws:principalorgpaths",
            "aws:principaltype",
            "aws:principalisawsservice",
            "aws:resourceaccount",
            "aws:resourceorgid",
            "aws:resourceorgpaths",
            "aws:userid",
            "aws:username",
            "aws:viaawsservice",
            "aws:calledviafirst",
            "aws:calledvialast");

    private static final Set<String> LISTS = Set.of("aws:tagkeys", "aws:calledvia");

    private final RandomNumbers random;
    private final Account account;
    private final Person person;
    private final Map<String, ContextValue> context = new LinkedHashMap<>();
    private final Map<String, String> spellings = new HashMap<>();
    private final Set<String> absent = new HashSet<>();

    Fulfilment(RandomNumbers random, Account account, Person person) {
        this.random = random;
        this.account = account;
        this.person = person;
    }

    /** The context so far; a copy. */
    Map<String, ContextValue> context() {
        return new LinkedHashMap<>(context);
    }

    /** Keys given so far. */
    List<String> keys() {
        return List.copyOf(context.keySet());
    }

    /** Takes a key away, and keeps it away. */
    void withhold(String key) {
        context.remove(key);
        absent.add(folded(key));
    }

    /** Gives another value to a key that has one. */
    void spoil(String key) {
        ContextValue value = context.get(key);
        context.put(
                key,
                value instanceof ContextValue.Single single
                        ? new ContextValue.Single(single.value().equals("true") ? "false" : single.value() + "x")
                        : new ContextValue.Multiple(List.of("unwanted")));
    }

    /** Gives a key that isn't there and may be. */
    void give(String key, ContextValue value) {
        String folded = folded(key);
        if (!absent.contains(folded) && !SUPPLIED.contains(folded) && spellings.putIfAbsent(folded, key) == null) {
            context.put(key, value);
        }
    }

    void give(String key, String value) {
        give(key, new ContextValue.Single(value));
    }

    /** Gives what the condition wants, or sees to it that what it doesn't want is not there. */
    void meet(Condition condition) {
        ConditionOperator operator = condition.operator();
        String key = condition.key();
        if (operator.comparison() == ConditionOperator.Comparison.NULL) {
            if (condition.values().contains("true")) {
                absent.add(folded(key));
            } else {
                give(key, ConditionValues.tag(random, "project"));
            }
            return;
        }
        String value =
                operator.comparison().negated() ? unlike(condition) : wanted(operator, random.one(condition.values()));
        if (value.isEmpty()) {
            absent.add(folded(key));
        } else if (LISTS.contains(folded(key)) || operator.quantifier() != Quantifier.NONE) {
            give(key, list(condition, value));
        } else {
            give(key, value);
        }
    }

    private ContextValue list(Condition condition, String value) {
        List<String> values = new ArrayList<>();
        values.add(value);
        if (!condition.operator().comparison().negated() && random.chance(40)) {
            String more = condition.operator().quantifier() == Quantifier.FOR_ALL_VALUES
                    ? wanted(condition.operator(), random.one(condition.values()))
                    : random.one(ConditionValues.TAG_KEYS);
            if (!values.contains(more) && !more.isEmpty()) {
                values.add(more);
            }
        }
        return new ContextValue.Multiple(values);
    }

    /** A value that none of the condition's is. */
    private String unlike(Condition condition) {
        return switch (condition.operator().comparison().family()) {
            case IP -> "192.0.2." + random.below(256);
            case ARN -> "arn:aws:iam::" + account.id() + ":role/other/" + Words.name(random);
            case NUMERIC -> "7";
            case STRING, DATE, BOOL, BINARY, NULL -> "other-" + Words.word(random);
        };
    }

    private String wanted(ConditionOperator operator, String value) {
        return switch (operator.comparison()) {
            case NUMERIC_LESS_THAN -> Integer.toString(Math.max(0, number(value) - random.between(1, 60)));
            case NUMERIC_GREATER_THAN -> Integer.toString(number(value) + random.between(1, 60));
            case DATE_LESS_THAN -> "2025-0" + random.between(1, 9) + "-01T00:00:00Z";
            case DATE_GREATER_THAN -> "2099-01-01T00:00:00Z";
            case IP_ADDRESS -> address(value);
            default -> instance(value, operator.comparison().wildcards());
        };
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException fraction) {
            return 1;
        }
    }

    /** An address of a network. */
    private String address(String network) {
        int slash = network.indexOf('/');
        int dot = network.lastIndexOf('.', slash < 0 ? network.length() : slash);
        if (slash < 0 || dot < 0) {
            return network;
        }
        int bits = Integer.parseInt(network.substring(slash + 1));
        int last = Integer.parseInt(network.substring(dot + 1, slash));
        return network.substring(0, dot + 1) + (bits < 24 ? last : last + random.below(1 << (32 - bits)));
    }

    /** A text that the pattern matches: variables get the request's values, wildcards any. */
    String instance(String pattern, boolean wildcards) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            int end = pattern.startsWith("${", i) ? pattern.indexOf('}', i) : -1;
            if (end > 0) {
                text.append(variable(pattern.substring(i + 2, end)));
                i = end;
            } else if (wildcards && c == '*') {
                text.append(Words.word(random));
            } else if (wildcards && c == '?') {
                text.append('x');
            } else {
                text.append(c);
            }
        }
        return text.toString();
    }

    /** What a variable stands for in this request; a key that isn't there yet is given. */
    private String variable(String variable) {
        if (variable.length() == 1) {
            return variable;
        }
        int comma = variable.indexOf(',');
        String key = comma < 0 ? variable : variable.substring(0, comma).strip();
        String folded = folded(key);
        String tag = folded.startsWith("aws:principaltag/")
                ? person.tags().getOrDefault(key.substring("aws:PrincipalTag/".length()), "")
                : "";
        return switch (folded) {
            case "aws:principalaccount", "aws:resourceaccount" -> account.id();
            case "aws:principalorgid", "aws:resourceorgid" -> account.organization();
            case "aws:username" -> person.arn().substring(person.arn().lastIndexOf('/') + 1);
            case "aws:userid" ->
                person.uniqueId()
                        + (person.role()
                                ? ":"
                                        + person.caller()
                                                .substring(person.caller().lastIndexOf('/') + 1)
                                : "");
            default -> tag.isEmpty() ? ofContext(key, folded) : tag;
        };
    }

    private String ofContext(String key, String folded) {
        if (!spellings.containsKey(folded)) {
            give(key, Words.word(random));
        }
        ContextValue value = context.get(spellings.getOrDefault(folded, key));
        return value instanceof ContextValue.Single single ? single.value() : Words.word(random);
    }

    /** What requests have besides: each key is missing in some of them. */
    void surround(String action) {
        sometimes(85, "aws:SourceIp", Words.address(random, 32));
        sometimes(97, "aws:RequestedRegion", account.region(random));
        sometimes(97, "aws:SecureTransport", "true");
        sometimes(80, "aws:UserAgent", "aws-cli/2.15 Python/3.11 Linux/6.1 command/" + action.replace(':', '.'));
        sometimes(50, "aws:MultiFactorAuthPresent", "true");
        sometimes(45, "aws:MultiFactorAuthAge", Integer.toString(random.between(60, 7200)));
        sometimes(70, "aws:ResourceTag/team", ConditionValues.tag(random, "team"));
        sometimes(40, "aws:ResourceTag/stage", ConditionValues.tag(random, "stage"));
        if (random.chance(30)) {
            List<String> tagged = random.some(ConditionValues.TAG_KEYS, random.below(4));
            tagged.forEach(key -> give("aws:RequestTag/" + key, ConditionValues.tag(random, key)));
            give("aws:TagKeys", new ContextValue.Multiple(tagged));
        }
        if (random.chance(12)) {
            give(
                    "aws:CalledVia",
                    new ContextValue.Multiple(random.some(ConditionValues.SERVICES, random.between(1, 2))));
        }
    }

    /** Gives a key in so many of a hundred cases. */
    void sometimes(int percent, String key, String value) {
        if (random.chance(percent)) {
            give(key, value);
        }
    }

    private static String folded(String key) {
        return key.toLowerCase(Locale.ROOT);
    }
}
