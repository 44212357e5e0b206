package dev.portcullis.corpus.compiled;

import static dev.portcullis.corpus.compiled.Law.allows;
import static dev.portcullis.corpus.compiled.Law.instance;

import dev.portcullis.Decision;
import dev.portcullis.corpus.AccessRequest;
import dev.portcullis.corpus.compiled.Law.Instance;
import dev.portcullis.corpus.compiled.Variants.Variant;
import dev.portcullis.corpus.generate.PolicyDraft;
import dev.portcullis.corpus.generate.PolicyDraft.Condition;
import dev.portcullis.corpus.generate.PolicyDraft.Entries;
import dev.portcullis.corpus.generate.PolicyDraft.Statement;
import dev.portcullis.corpus.generate.PolicyGenerator;
import dev.portcullis.corpus.generate.RandomNumbers;
import dev.portcullis.corpus.generate.Values;
import dev.portcullis.policy.ConditionOperator;
import dev.portcullis.policy.ContextValue;
import dev.portcullis.policy.Effect;
import dev.portcullis.policy.PolicyType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Laws 11, 12, 17, 18 and 20: patterns, letter case, variables. */
class PatternLawsTest {

    private static final String KEY = "svc:v";

    @ParameterizedTest
    @CsvSource({"ALLOW, false", "ALLOW, true", "DENY, false", "DENY, true"})
    void law11_wideningAnAction_growsOrShrinksByEffectAndNegation(Effect effect, boolean negated) {
        widening(11, effect, negated, true);
    }

    @ParameterizedTest
    @CsvSource({"ALLOW, false", "ALLOW, true", "DENY, false", "DENY, true"})
    void law11_wideningAResource_growsOrShrinksByEffectAndNegation(Effect effect, boolean negated) {
        widening(111, effect, negated, false);
    }

    private static void widening(int number, Effect effect, boolean negated, boolean action) {
        boolean grows = (effect == Effect.ALLOW) != negated;
        Law.holds(
                        number + (negated ? 1000 : 0) + (effect == Effect.DENY ? 2000 : 0),
                        (random, policies) -> widened(random, policies, effect, negated, action),
                        decisions -> grows
                                ? !allows(decisions, 0) || allows(decisions, 1)
                                : !allows(decisions, 1) || allows(decisions, 0))
                .isSharp(400);
    }

    private static Optional<Instance> widened(
            RandomNumbers random, PolicyGenerator policies, Effect effect, boolean negated, boolean action) {
        PolicyDraft base = policies.policy(PolicyType.IDENTITY, 1);
        Statement statement = base.statements().get(0).withEffect(effect);
        List<String> texts = action
                ? statement.action().texts()
                : statement.resource().orElseThrow().texts();
        // Widening may take a variable away, and with it what it spoils (U10).
        if (texts.isEmpty() || texts.stream().anyMatch(text -> text.contains("${"))) {
            return Optional.empty();
        }
        List<String> wider = new ArrayList<>(texts);
        int at = random.below(texts.size());
        wider.set(at, wider(random, texts.get(at)));
        Entries before = new Entries(negated, texts);
        Entries after = new Entries(negated, wider);
        PolicyDraft narrow = beside(base, action ? statement.withAction(before) : statement.withResource(before));
        PolicyDraft wide = beside(base, action ? statement.withAction(after) : statement.withResource(after));
        return instance(random.chance(50) ? narrow : wide, narrow, wide);
    }

    /** A Deny shows beside an Allow of everything. */
    private static PolicyDraft beside(PolicyDraft base, Statement statement) {
        return statement.effect() == Effect.DENY
                ? base.with(List.of(Law.everything(Effect.ALLOW), statement))
                : base.with(List.of(statement));
    }

    /** Stars for some units of the text, not for colons. */
    private static String wider(RandomNumbers random, String text) {
        if (random.chance(8) || text.equals("*")) {
            return "*";
        }
        int start = text.startsWith("arn:") ? 4 : 0;
        int from = random.between(start, text.length());
        int to = from;
        for (int most = random.below(4); most > 0 && to < text.length() && text.charAt(to) != ':'; most--) {
            to++;
        }
        boolean halves = (from < text.length() && Character.isLowSurrogate(text.charAt(from)))
                || (to < text.length() && Character.isLowSurrogate(text.charAt(to)));
        return halves ? text + "*" : text.substring(0, from) + "*" + text.substring(to);
    }

    @Test
    void law12_actionAndNotAction_partitionTheActions() {
        Law.holds(
                12,
                (random, policies) -> partition(policies, true),
                (decisions, asked) -> mustAllowItself(asked) || !Law.same(decisions));
    }

    @Test
    void law12_resourceAndNotResource_partitionTheResources() {
        Law.holds(
                112,
                (random, policies) -> partition(policies, false),
                (decisions, asked) -> mustAllowItself(asked) || !Law.same(decisions));
    }

    /** E13: roles and keys without a policy of their own allow nobody anything. */
    private static boolean mustAllowItself(AccessRequest asked) {
        String action = asked.action().toLowerCase(Locale.ROOT);
        return action.startsWith("sts:") || action.startsWith("kms:");
    }

    private static Optional<Instance> partition(PolicyGenerator policies, boolean action) {
        PolicyDraft base = policies.policy(PolicyType.IDENTITY, 1);
        Statement statement = base.statements().get(0);
        Entries entries = action ? statement.action() : statement.resource().orElseThrow();
        if (entries.texts().isEmpty() || entries.texts().stream().anyMatch(text -> text.contains("${"))) {
            return Optional.empty();
        }
        List<PolicyDraft> sides = new ArrayList<>();
        for (boolean negated : new boolean[] {false, true}) {
            Statement everything = Law.everything(Effect.ALLOW);
            Entries side = new Entries(negated, entries.texts());
            sides.add(base.with(List.of(action ? everything.withAction(side) : everything.withResource(side))));
        }
        return instance(sides.get(0), sides.get(0), sides.get(1));
    }

    @Test
    void law17_caseOfActionsAndKeys_changesNothing() {
        Law.holds(
                17,
                (random, policies) -> {
                    PolicyDraft base = policies.policy(PolicyType.IDENTITY);
                    List<Statement> shouting = base.statements().stream()
                            .map(PatternLawsTest::shouting)
                            .toList();
                    return Optional.of(new Instance(
                            List.of(
                                    Variant.of(base),
                                    Variant.of(base).asking(PatternLawsTest::shouting),
                                    Variant.of(base.with(shouting))),
                            base));
                },
                Law::same);
    }

    /** Actions and condition keys, tag keys included, in upper case; variables and values as they are. */
    private static Statement shouting(Statement statement) {
        List<String> actions = statement.action().texts().stream()
                .map(text -> text.toUpperCase(Locale.ROOT))
                .toList();
        List<Condition> conditions = statement.conditions().stream()
                .map(condition -> new Condition(condition.operator(), upper(condition.key()), condition.values()))
                .toList();
        return statement.withAction(statement.action().with(actions)).withConditions(conditions);
    }

    private static AccessRequest shouting(AccessRequest asked) {
        Map<String, ContextValue> context = new LinkedHashMap<>();
        asked.context().forEach((key, value) -> context.put(upper(key), value));
        return with(asked, asked.action().toUpperCase(Locale.ROOT), asked.resource(), context);
    }

    /** ASCII only: beyond it upper case isn't the way back from lower case. */
    private static String upper(String key) {
        return key.chars()
                .map(c -> c >= 'a' && c <= 'z' ? c - 0x20 : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static AccessRequest with(
            AccessRequest asked, String action, String resource, Map<String, ContextValue> context) {
        return new AccessRequest(
                asked.principal(),
                action,
                resource,
                asked.resourceAccount(),
                context,
                asked.resourcePolicy(),
                asked.sessionPolicies(),
                asked.facts());
    }

    @Test
    void law17_caseOfAResource_counts() {
        Law.holds(
                        117,
                        (random, policies) -> {
                            String resource = random.one(Values.RESOURCES);
                            PolicyDraft exact =
                                    PolicyDraft.of(Statement.of(Effect.ALLOW, Entries.of("*"), Entries.of(resource)));
                            return Optional.of(new Instance(
                                    List.of(
                                            Variant.of(exact)
                                                    .asking(asked ->
                                                            with(asked, "q:SendMessage", asked.resource(), Map.of())),
                                            Variant.of(exact)
                                                    .asking(asked -> with(
                                                            asked,
                                                            "q:SendMessage",
                                                            swapped(asked.resource()),
                                                            Map.of()))),
                                    exact));
                        },
                        (decisions, asked) -> !allows(decisions, 0)
                                || allows(decisions, 1)
                                        == swapped(asked.resource()).equals(asked.resource()))
                .isSharp(10);
    }

    /** The last letter behind the last colon in other letter case. */
    private static String swapped(String resource) {
        for (int i = resource.length() - 1; i >= 0 && resource.charAt(i) != ':'; i--) {
            char c = resource.charAt(i);
            if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) {
                return resource.substring(0, i) + (char) (c ^ 0x20) + resource.substring(i + 1);
            }
        }
        return resource;
    }

    @ParameterizedTest
    @CsvSource({"**, *", "*?, ?*", "***, *", "**?, ?**", "*?*?, ??*"})
    void law18_starsAndQuestionMarks_mayTrade(String one, String other) {
        Law.holds(
                18,
                (random, policies) -> {
                    String name = random.one(List.of("Get", "x", "", "Object"));
                    String rest = random.one(List.of("models", "models/", "a", ""));
                    String text = random.one(Values.TEXTS);
                    boolean plain = text.chars().noneMatch(c -> c == '$' || Character.isSurrogate((char) c));
                    return instance(
                            patterned(one, name, rest, plain ? text : "a"),
                            patterned(one, name, rest, plain ? text : "a"),
                            patterned(other, name, rest, plain ? text : "a"));
                },
                Law::same);
    }

    private static PolicyDraft patterned(String wild, String name, String rest, String text) {
        ConditionOperator like = ConditionOperator.parse("StringLikeIfExists").orElseThrow();
        return PolicyDraft.of(
                Statement.of(Effect.ALLOW, Entries.of("s3:" + name + wild), Entries.of("*")),
                Statement.of(Effect.ALLOW, Entries.of("q:*"), Entries.of("arn:aws:s3:::" + rest + wild + "a")),
                Law.everything(Effect.ALLOW, new Condition(like, KEY, List.of(text + wild))));
    }

    /** Law 20: what a variable brings in is text, also where it looks like a wildcard or a variable. */
    @Test
    void law20_aVariable_isAsGoodAsItsValue() {
        Law.holds(
                20,
                (random, policies) -> {
                    String value = random.one(List.of(
                            "a", "", "*", "?", "a*b", "${svc:w}", "$", "models", "\u03A3", "a:b", "${*}", "{a}", "'"));
                    String before = random.one(List.of("", "a", "models/", "*"));
                    String after = random.one(List.of("", "b", "/*", "?"));
                    PolicyDraft variable = holding(before + "${" + KEY + "}" + after);
                    PolicyDraft written = holding(before + escaped(value) + after);
                    UnaryOperator<AccessRequest> carrying = asked -> {
                        Map<String, ContextValue> context = new LinkedHashMap<>();
                        asked.context().forEach((key, given) -> {
                            if (!key.equalsIgnoreCase(KEY)) {
                                context.put(key, given);
                            }
                        });
                        context.put(KEY, new ContextValue.Single(value));
                        return with(asked, asked.action(), asked.resource(), context);
                    };
                    return Optional.of(new Instance(
                            List.of(
                                    Variant.of(variable).asking(carrying),
                                    Variant.of(written).asking(carrying)),
                            random.chance(50) ? variable : written));
                },
                Law::same);
    }

    private static String escaped(String value) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            text.append(c == '*' || c == '?' || c == '$' ? "${" + c + "}" : Character.toString(c));
        }
        return text.toString();
    }

    private static PolicyDraft holding(String text) {
        List<Statement> statements = new ArrayList<>();
        statements.add(Statement.of(Effect.ALLOW, Entries.of("s3:*"), Entries.of("arn:aws:s3:::" + text)));
        statements.add(Statement.of(Effect.ALLOW, Entries.of("sqs:*"), Entries.not("arn:aws:s3:::" + text)));
        int number = 0;
        for (String operator : List.of(
                "StringLike", "StringNotEquals", "StringEqualsIgnoreCase", "ForAnyValue:StringNotLike", "ArnLike")) {
            ConditionOperator parsed = ConditionOperator.parse(operator).orElseThrow();
            boolean arn = operator.startsWith("Arn");
            statements.add(Law.everything(
                            Effect.ALLOW,
                            new Condition(parsed, "svc:text", List.of(arn ? "arn:aws:s3:::" + text : text)))
                    .withAction(Entries.of("t" + number++ + ":*")));
        }
        return new PolicyDraft(PolicyDraft.CURRENT, statements);
    }

    /** Kept apart so that an accidental sameness of all decisions shows. */
    @Test
    void law20_aVariableOfAnotherValue_isNot() {
        Law.holds(
                        120,
                        (random, policies) -> {
                            PolicyDraft variable = holding("${" + KEY + "}");
                            PolicyDraft written = holding("models");
                            UnaryOperator<AccessRequest> carrying = asked -> with(
                                    asked,
                                    "s3:GetObject",
                                    "arn:aws:s3:::models",
                                    Map.of(KEY, new ContextValue.Single("other")));
                            return Optional.of(new Instance(
                                    List.of(
                                            Variant.of(variable).asking(carrying),
                                            Variant.of(written).asking(carrying)),
                                    written));
                        },
                        decisions -> decisions.get(0) == Decision.IMPLICIT_DENY && allows(decisions, 1))
                .isSharp(2);
    }
}
