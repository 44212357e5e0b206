package dev.portcullis.corpus.generate;

import dev.portcullis.corpus.AccessRequest;
import dev.portcullis.corpus.PolicySource;
import dev.portcullis.corpus.reference.Situation;
import dev.portcullis.policy.ActionPattern;
import dev.portcullis.policy.Condition;
import dev.portcullis.policy.ConditionOperator.Family;
import dev.portcullis.policy.ConditionOperator.Quantifier;
import dev.portcullis.policy.ConditionValue;
import dev.portcullis.policy.ContextValue;
import dev.portcullis.policy.PolicyDocument;
import dev.portcullis.policy.ResourcePattern;
import dev.portcullis.policy.Statement;
import dev.portcullis.policy.TextPattern;
import dev.portcullis.policy.TextPattern.AnyText;
import dev.portcullis.policy.TextPattern.AnyUnit;
import dev.portcullis.policy.TextPattern.Literal;
import dev.portcullis.policy.TextPattern.Segment;
import dev.portcullis.policy.TextPattern.Variable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Makes requests at the boundary of what policies say: most are derived from one of the policies' statements, hit it or
 * miss it by little. For one thread.
 */
public final class RequestGenerator {

    private static final List<String> FILLINGS =
            List.of("", "", "a", "x", "/", ":", "a:b", "\u0173", "*", "models", "a/b");

    private final RandomNumbers random;
    private final List<Statement> statements;
    private final Function<String, List<Statement>> own;
    private final List<String> sessionPolicies;
    private final List<String> resourcePolicies;
    private final List<String> trustPolicies;
    private final List<String> callers;
    private final List<String> knownCallers;

    private final Map<String, ContextValue> context = new LinkedHashMap<>();
    private final Map<String, String> spellings = new LinkedHashMap<>();

    /** Requests at the boundary of a generated store's policies. */
    public RequestGenerator(RandomNumbers random, GeneratedStore store) {
        this.random = random;
        this.statements = statements(store.documents());
        this.sessionPolicies = store.sessionPolicies();
        this.resourcePolicies = store.resourcePolicies();
        this.trustPolicies = store.trustPolicies();
        this.callers = Names.CALLERS;
        this.knownCallers = store.callers();
        this.own = store::statementsOf;
    }

    /** Requests at the boundary of these policies, from these callers. */
    public RequestGenerator(RandomNumbers random, List<PolicyDocument> documents, List<String> callers) {
        this.random = random;
        this.statements = statements(documents);
        this.sessionPolicies = List.of();
        this.resourcePolicies = List.of();
        this.trustPolicies = List.of();
        this.callers = List.copyOf(callers);
        this.knownCallers = this.callers;
        this.own = caller -> List.of();
    }

    private static List<Statement> statements(List<PolicyDocument> documents) {
        return documents.stream().flatMap(one -> one.statements().stream()).toList();
    }

    /** The next request. */
    public AccessRequest next() {
        context.clear();
        spellings.clear();
        String principal = principal();
        List<Statement> near = random.chance(75) ? own.apply(principal) : List.of();
        Statement statement = random.one(near.isEmpty() ? statements : near);
        for (Condition condition : statement.conditions()) {
            if (random.chance(80)) {
                put(condition);
            }
        }
        String resource = resource(statement);
        String action = action(statement);
        for (int more = random.chance(50) ? random.below(4) : 0; more > 0; more--) {
            List<Condition> others = random.one(statements).conditions();
            if (others.isEmpty() || random.chance(20)) {
                put(random.one(Values.KEYS), single(random.one(Values.TEXTS)));
            } else {
                put(random.one(others));
            }
        }
        if (random.chance(20)) {
            put("aws:SourceVpce", single(random.one(Names.ENDPOINTS)));
        }
        return new AccessRequest(
                principal,
                action,
                resource,
                random.chance(12) ? Optional.of(random.one(Names.ACCOUNTS)) : Optional.empty(),
                context,
                resourcePolicy(resource),
                sessions(),
                facts(principal));
    }

    private String principal() {
        if (random.chance(60)) {
            return random.one(knownCallers);
        }
        return random.chance(3) ? random.one(Names.NOBODY) : random.one(callers);
    }

    private Optional<List<PolicySource>> sessions() {
        if (sessionPolicies.isEmpty() || random.chance(60)) {
            return Optional.empty();
        }
        List<PolicySource> sources = new ArrayList<>();
        for (String text : random.some(sessionPolicies, random.between(1, 2))) {
            sources.add(PolicySource.of("session policy " + (sources.size() + 1), text));
        }
        return Optional.of(sources);
    }

    /** What the request tells besides: mostly nothing. */
    private Situation.Facts facts(String principal) {
        Optional<String> user = Optional.empty();
        if (principal.contains(":federated-user/") && random.chance(60)) {
            user = Optional.of(
                    random.chance(70)
                            ? random.one(Names.USERS)
                            : principal.replace(":sts:", ":iam:").replace(":federated-user/", ":user/"));
        }
        boolean session = principal.contains(":assumed-role/");
        boolean identity = session || principal.contains(":user/") || principal.contains(":federated-user/");
        return new Situation.Facts(
                Optional.empty(),
                session && random.chance(3),
                maybe(session ? 8 : 0, Names.ROLES),
                user,
                maybe(identity ? 8 : 0, session ? Names.ROLE_IDS : Names.USER_IDS),
                maybe(5, List.of(Names.CANONICAL_ID)),
                random.chance(2));
    }

    private Optional<String> maybe(int percent, List<String> texts) {
        return random.chance(percent) ? Optional.of(random.one(texts)) : Optional.empty();
    }

    /** A policy of the resource that comes with the request. */
    private Optional<PolicySource> resourcePolicy(String resource) {
        boolean trust = resource.matches("arn:[^:]*:iam:[^:]*:[^:]*:role/.*");
        return maybeOf(10, trust ? trustPolicies : resourcePolicies)
                .map(text -> PolicySource.of("resource policy", text));
    }

    private Optional<String> maybeOf(int percent, List<String> texts) {
        return texts.isEmpty() ? Optional.empty() : maybe(percent, texts);
    }

    private String action(Statement statement) {
        List<ActionPattern> patterns = statement.action().patterns();
        if (patterns.isEmpty() || random.chance(8)) {
            return random.chance(10) ? "nosuch:Thing" : random.one(Values.ACTIONS);
        }
        ActionPattern pattern = random.one(patterns);
        String service = filled(pattern.service(), Values.ACTIONS.get(0));
        String name = filled(pattern.name(), random.one(Values.ACTIONS));
        String action = (service.isEmpty() ? "s3" : service) + ":" + name;
        if (random.chance(8)) {
            action = mutated(action, "abcGO*?");
        }
        return random.chance(20) ? new PatternGenerator(random).otherCase(action) : action;
    }

    /** The text of an action that a glob stands for; {@code *} alone often stands for part of another. */
    private String filled(String glob, String other) {
        if (glob.equals("*") && random.chance(80)) {
            int colon = other.indexOf(':');
            return random.chance(50) ? other.substring(0, colon) : other.substring(colon + 1);
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < glob.length(); i++) {
            char c = glob.charAt(i);
            switch (c) {
                case '*' -> text.append(random.one(List.of("", "a", "Object", "x-y")));
                case '?' -> text.append(random.chance(85) ? "e" : "");
                default -> text.append(c);
            }
        }
        return text.toString();
    }

    private String resource(Statement statement) {
        List<ResourcePattern> patterns =
                statement.resource().map(element -> element.patterns()).orElse(List.of());
        if (patterns.isEmpty() || random.chance(12)) {
            return random.chance(50) ? "*" : random.one(Values.RESOURCES);
        }
        ResourcePattern pattern = random.one(patterns);
        if (pattern.isEverything()) {
            return random.chance(25) ? "*" : random.one(Values.RESOURCES);
        }
        String resource = filled(pattern.text());
        for (int i = random.chance(25) ? random.between(1, 2) : 0; i > 0; i--) {
            resource = mutated(resource, "ab:/?*A\u0173");
        }
        boolean readable = resource.startsWith("arn:")
                && resource.chars().filter(c -> c == ':').count() >= 5;
        return readable || random.chance(2) ? resource : random.one(Values.RESOURCES);
    }

    /** A text that the pattern matches, or nearly. */
    private String filled(TextPattern pattern) {
        StringBuilder text = new StringBuilder();
        for (Segment segment : pattern.segments()) {
            if (segment instanceof Literal literal) {
                text.append(literal.text());
            } else if (segment instanceof AnyText) {
                text.append(random.one(FILLINGS));
            } else if (segment instanceof AnyUnit) {
                text.append(random.chance(90) ? random.one(List.of("a", "b", ":", "/")) : "");
            } else if (segment instanceof Variable variable) {
                text.append(valueOf(variable));
            }
        }
        return text.toString();
    }

    private String valueOf(Variable variable) {
        ContextValue known = context.get(spellings.getOrDefault(folded(variable.key()), ""));
        if (known == null && random.chance(65)) {
            known = random.chance(93)
                    ? single(random.one(Values.TEXTS))
                    : new ContextValue.Multiple(List.of(random.one(Values.TEXTS)));
            put(variable.key(), known);
        }
        if (known != null && !known.values().isEmpty() && random.chance(90)) {
            return known.values().get(0);
        }
        return variable.fallback().orElse("${" + variable.key() + "}");
    }

    private void put(Condition condition) {
        boolean several = condition.operator().quantifier() == Quantifier.NONE ? random.chance(8) : random.chance(70);
        if (!several) {
            put(condition.key(), single(value(condition)));
            return;
        }
        List<String> values = new ArrayList<>();
        for (int i = random.below(4); i > 0; i--) {
            values.add(value(condition));
        }
        put(condition.key(), new ContextValue.Multiple(values));
    }

    private String value(Condition condition) {
        Family family = condition.operator().comparison().family();
        if (condition.values().isEmpty() || random.chance(25)) {
            return random.chance(85) ? Values.requested(family, random) : random.one(Values.TEXTS);
        }
        ConditionValue wanted = random.one(condition.values());
        String text = filled(wanted.text());
        if (family == Family.IP) {
            int slash = text.indexOf('/');
            text = slash < 0 || random.chance(5) ? text : text.substring(0, slash);
        }
        if (random.chance(20)) {
            text = mutated(text, "aA0:.* \u03A3");
        }
        return random.chance(5) ? new PatternGenerator(random).otherCase(text) : text;
    }

    private void put(String key, ContextValue value) {
        String name = random.chance(10) ? new PatternGenerator(random).otherCase(key) : key;
        // U12: a key twice makes the request unreadable, so seldom.
        if (spellings.containsKey(folded(name)) && !random.chance(1)) {
            return;
        }
        spellings.put(folded(name), name);
        context.put(name, value);
    }

    private static String folded(String key) {
        return key.toLowerCase(Locale.ROOT);
    }

    private static ContextValue single(String value) {
        return new ContextValue.Single(value);
    }

    /** The text with one unit changed, dropped or added. */
    private String mutated(String text, String units) {
        int at = random.below(text.length() + 1);
        char unit = units.charAt(random.below(units.length()));
        String before = text.substring(0, at);
        String after = text.substring(Math.min(text.length(), at + 1));
        return switch (random.below(3)) {
            case 0 -> before + unit + after;
            case 1 -> before + after;
            default -> before + unit + text.substring(at);
        };
    }
}
