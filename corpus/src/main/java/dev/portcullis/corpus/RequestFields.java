package dev.portcullis.corpus;

import dev.portcullis.corpus.reference.ReferenceJson.Arr;
import dev.portcullis.corpus.reference.ReferenceJson.Bool;
import dev.portcullis.corpus.reference.ReferenceJson.Member;
import dev.portcullis.corpus.reference.ReferenceJson.Node;
import dev.portcullis.corpus.reference.ReferenceJson.Num;
import dev.portcullis.corpus.reference.ReferenceJson.Obj;
import dev.portcullis.corpus.reference.ReferenceJson.Str;
import dev.portcullis.corpus.reference.Situation;
import dev.portcullis.policy.ContextValue;
import dev.portcullis.policy.Limits;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads the parts of a request that cases and request files have in common. */
final class RequestFields {

    /** What a resource policy and a session policy without a name are called. */
    static final String RESOURCE_POLICY = "ResourcePolicy";

    static final String SESSION_POLICY = "SessionPolicy";

    private static final Pattern ACCOUNT = Pattern.compile("([0-9]{12})?");

    private RequestFields() {}

    /** The resource, as ARN or with its owner. */
    record Resource(String arn, Optional<String> account, boolean awsManagedKey) {}

    static String principal(Fields fields) {
        return bounded(fields, "principal", Limits.RESOURCE_UNITS);
    }

    static String action(Fields fields) {
        return bounded(fields, "action", Limits.ACTION_UNITS);
    }

    static Resource resource(Fields fields) {
        Optional<Node> node = fields.need("resource");
        if (node.isPresent() && node.get() instanceof Str arn) {
            check(fields, "resource", node, arn.value(), Limits.RESOURCE_UNITS);
            return new Resource(arn.value(), Optional.empty(), false);
        }
        if (node.isPresent() && node.get() instanceof Obj object) {
            Fields parts = fields.inside("resource", object);
            String arn = bounded(parts, "arn", Limits.RESOURCE_UNITS);
            Optional<String> account = parts.text("accountId");
            if (account.isPresent() && !ACCOUNT.matcher(account.get()).matches()) {
                parts.problem("accountId", node, "must be 12 digits, or empty when the resource is nobody's");
            }
            boolean awsManagedKey = parts.truth("awsManagedKey").orElse(false);
            parts.end();
            return new Resource(arn, account, awsManagedKey);
        }
        if (node.isPresent()) {
            fields.problem("resource", node, "must be a string or an object");
        }
        return new Resource("", Optional.empty(), false);
    }

    private static String bounded(Fields fields, String name, int mostUnits) {
        Optional<Node> node = fields.need(name);
        if (node.isPresent() && node.get() instanceof Str text) {
            check(fields, name, node, text.value(), mostUnits);
            return text.value();
        }
        if (node.isPresent()) {
            fields.problem(name, node, "must be a string");
        }
        return "";
    }

    private static void check(Fields fields, String name, Optional<Node> node, String text, int mostUnits) {
        if (text.isEmpty()) {
            fields.problem(name, node, "is empty");
        } else if (text.length() > mostUnits) {
            fields.problem(name, node, "is longer than " + mostUnits + " characters");
        }
    }

    /** The context: a list makes a key multivalued, whatever its length (rule L85). */
    static Map<String, ContextValue> context(Fields fields) {
        Map<String, ContextValue> context = new LinkedHashMap<>();
        Optional<Fields> keys = fields.object("context");
        if (keys.isEmpty()) {
            return context;
        }
        Map<String, String> spellings = new HashMap<>();
        int values = 0;
        for (Map.Entry<String, Member> entry : keys.get().takeAll().entrySet()) {
            String key = entry.getKey();
            Member member = entry.getValue();
            String other = spellings.putIfAbsent(ContextKeys.fold(key), key);
            if (other != null) {
                keys.get()
                        .source()
                        .problem(
                                member.name().start(),
                                "context key `" + key + "` is given twice: it differs from `" + other
                                        + "` only in case (U12)");
            }
            ContextValue value = contextValue(keys.get(), key, member.value());
            values += value.values().size();
            context.put(key, value);
        }
        if (context.size() > Limits.CONTEXT_KEYS) {
            fields.problem("context", Optional.empty(), "has more than " + Limits.CONTEXT_KEYS + " keys");
        }
        if (values > Limits.CONTEXT_VALUES) {
            fields.problem("context", Optional.empty(), "has more than " + Limits.CONTEXT_VALUES + " values");
        }
        return context;
    }

    private static ContextValue contextValue(Fields context, String key, Node node) {
        if (node instanceof Arr list) {
            List<String> values = new ArrayList<>();
            for (Node element : list.elements()) {
                values.add(contextText(context, key, element));
            }
            return new ContextValue.Multiple(values);
        }
        return new ContextValue.Single(contextText(context, key, node));
    }

    private static String contextText(Fields context, String key, Node node) {
        String text;
        if (node instanceof Str string) {
            text = string.value();
        } else if (node instanceof Num number) {
            text = number.text();
        } else if (node instanceof Bool bool) {
            text = Boolean.toString(bool.value());
        } else {
            context.problem(key, Optional.of(node), "must be a string, number, Boolean or a list of them");
            return "";
        }
        if (text.length() > Limits.CONTEXT_VALUE_UNITS) {
            context.problem(key, Optional.of(node), "is longer than " + Limits.CONTEXT_VALUE_UNITS + " characters");
        }
        return text;
    }

    /** What names don't tell. */
    static Situation.Facts facts(Fields fields, Optional<String> managementAccount, boolean awsManagedKey) {
        Optional<Fields> given = fields.object("principalFacts");
        Situation.Facts facts = new Situation.Facts(
                managementAccount,
                given.flatMap(f -> f.truth("serviceLinkedRole")).orElse(false),
                given.flatMap(f -> f.text("roleArn")),
                given.flatMap(f -> f.text("federatingUserArn")),
                given.flatMap(f -> f.text("uniqueId")),
                given.flatMap(f -> f.text("canonicalId")),
                awsManagedKey);
        given.ifPresent(Fields::end);
        return facts;
    }

    /** A document in a field of its own. */
    static Optional<PolicySource> document(Fields fields, String field, String name) {
        return fields.take(field).map(node -> inLine(fields, name, node));
    }

    static PolicySource inLine(Fields fields, String name, Node node) {
        return new PolicySource(
                name, Optional.of(node), fields.source().text(), fields.source().line());
    }

    /** The session's policies: {@code sessionPolicy} or {@code sessionPolicies}. */
    static Optional<List<PolicySource>> sessionPolicies(Fields fields, Map<String, PolicySource> texts) {
        Optional<PolicySource> one = documentOrText(fields, "sessionPolicy", SESSION_POLICY, texts);
        Optional<List<PolicySource>> several = namedDocuments(fields, "sessionPolicies", texts);
        if (one.isPresent() && several.isPresent()) {
            fields.problem("sessionPolicies", Optional.empty(), "and `sessionPolicy` are both given");
        }
        if (several.isPresent() && several.get().size() > Limits.SESSION_POLICIES) {
            fields.problem(
                    "sessionPolicies", Optional.empty(), "has more than " + Limits.SESSION_POLICIES + " policies");
        }
        return one.isPresent() ? one.map(List::of) : several;
    }

    /** A document in a field of its own, unless its text is given by name. */
    static Optional<PolicySource> documentOrText(
            Fields fields, String field, String name, Map<String, PolicySource> texts) {
        return document(fields, field, name).map(document -> texts.getOrDefault(name, document));
    }

    /** A list of {@code {"name", "policy"}}; a text given by name counts instead of the document. */
    static Optional<List<PolicySource>> namedDocuments(Fields fields, String field, Map<String, PolicySource> texts) {
        return fields.objects(field).map(elements -> {
            List<PolicySource> documents = new ArrayList<>();
            for (Fields element : elements) {
                String name = element.needText("name");
                PolicySource text = texts.get(name);
                if (text != null) {
                    element.take("policy");
                    documents.add(text);
                } else {
                    element.need("policy").ifPresent(node -> documents.add(inLine(fields, name, node)));
                }
                element.end();
            }
            return documents;
        });
    }
}
