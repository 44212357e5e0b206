package dev.portcullis.corpus.generate;

import dev.portcullis.corpus.generate.PolicyDraft.Condition;
import dev.portcullis.corpus.generate.PolicyDraft.Entries;
import dev.portcullis.corpus.generate.PolicyDraft.PrincipalName;
import dev.portcullis.corpus.generate.PolicyDraft.Principals;
import dev.portcullis.corpus.generate.PolicyDraft.Statement;
import dev.portcullis.policy.ConditionOperator;
import dev.portcullis.policy.ConditionOperator.Comparison;
import dev.portcullis.policy.ConditionOperator.Family;
import dev.portcullis.policy.ConditionOperator.Quantifier;
import dev.portcullis.policy.Effect;
import dev.portcullis.policy.PolicyType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Makes policies of any type that are valid as {@link dev.portcullis.policy.Checks#STORED}. For one thread. */
public final class PolicyGenerator {

    private static final List<String> RESOURCE_CONTROL_ACTIONS = List.of(
            "s3:*", "s3:GetObject", "S3:get*", "kms:*", "kms:Decrypt", "sts:*", "sts:Assume*", "sqs:*", "s3:?*");
    private static final List<String> TRUST_ACTIONS = List.of(
            "sts:AssumeRole", "sts:*", "sts:TagSession", "sts:AssumeRoleWith*", "sts:AssumeRoleWithWebIdentity");
    private static final List<String> ODD_KEYS = List.of("aws:arn", "AWS:USERNAME", "aws:principaltag/TEAM");

    private final RandomNumbers random;
    private final PatternGenerator patterns;
    private final List<PrincipalName> principals;

    /** Policies that speak of these principals, where they speak of any. */
    public PolicyGenerator(RandomNumbers random, List<PrincipalName> principals) {
        this.random = random;
        this.patterns = new PatternGenerator(random);
        this.principals = List.copyOf(principals);
    }

    /** A policy of 1 to 4 statements. */
    public PolicyDraft policy(PolicyType type) {
        return policy(type, random.between(1, 4));
    }

    /** A policy of so many statements. */
    public PolicyDraft policy(PolicyType type, int statements) {
        Optional<String> version = random.chance(88)
                ? PolicyDraft.CURRENT
                : random.chance(50) ? Optional.of("2008-10-17") : Optional.empty();
        List<Statement> list = new ArrayList<>();
        for (int i = 0; i < statements; i++) {
            Statement statement = statement(type, version.equals(PolicyDraft.CURRENT));
            list.add(random.chance(20) ? statement.withSid(Optional.of("S" + i)) : statement);
        }
        return new PolicyDraft(version, list);
    }

    /** A statement; {@code variables} says whether its document's version has any (rule L145). */
    public Statement statement(PolicyType type, boolean variables) {
        Effect effect = type == PolicyType.RESOURCE_CONTROL || random.chance(28) ? Effect.DENY : Effect.ALLOW;
        Entries action = action(type);
        Optional<Entries> resource =
                type == PolicyType.TRUST ? Optional.empty() : Optional.of(resource(type, variables));
        List<Condition> conditions = new ArrayList<>();
        Set<String> names = new HashSet<>();
        int wanted = random.chance(effect == Effect.DENY ? 65 : 45) ? random.between(1, 3) : 0;
        for (int i = 0; i < wanted; i++) {
            Condition condition = condition(variables);
            if (names.add(condition.operator().text() + condition.key().toLowerCase(Locale.ROOT))) {
                conditions.add(condition);
            }
        }
        Optional<Principals> named = type.namesPrincipals() ? Optional.of(principals(type, effect)) : Optional.empty();
        return new Statement(Optional.empty(), effect, named, action, resource, conditions, random.chance(2));
    }

    private Entries action(PolicyType type) {
        boolean rcp = type == PolicyType.RESOURCE_CONTROL;
        boolean negated = !rcp && random.chance(12);
        List<String> texts = new ArrayList<>();
        for (int count = entries(); count > 0; count--) {
            texts.add(
                    rcp
                            ? random.one(RESOURCE_CONTROL_ACTIONS)
                            : type == PolicyType.TRUST && random.chance(85)
                                    ? random.one(TRUST_ACTIONS)
                                    : patterns.action());
        }
        return new Entries(negated, texts);
    }

    private Entries resource(PolicyType type, boolean variables) {
        // L48: elsewhere a shortened ARN is refused.
        boolean mayBeShort = type == PolicyType.IDENTITY || type == PolicyType.BOUNDARY;
        List<String> texts = new ArrayList<>();
        for (int count = entries(); count > 0; count--) {
            texts.add(patterns.resource(variables, mayBeShort));
        }
        return new Entries(random.chance(12), texts);
    }

    /** Mostly one, now and then none (rules L18, L19). */
    private int entries() {
        return random.chance(2) ? 0 : random.chance(60) ? 1 : random.between(2, 4);
    }

    private Principals principals(PolicyType type, Effect effect) {
        if (type == PolicyType.RESOURCE_CONTROL || random.chance(22)) {
            return Principals.everyone();
        }
        // L73: AWS reads NotPrincipal in no other type.
        boolean mayBeNegated = type == PolicyType.RESOURCE || type == PolicyType.VPC_ENDPOINT;
        boolean negated = mayBeNegated && random.chance(effect == Effect.DENY ? 40 : 10);
        int count = random.chance(negated ? 10 : 3) ? 0 : random.between(1, negated ? 5 : 3);
        return new Principals(negated, random.some(principals, count));
    }

    /** A condition of any operator. */
    public Condition condition(boolean variables) {
        Comparison comparison = random.one(List.of(Comparison.values()));
        Quantifier quantifier = random.chance(65) ? Quantifier.NONE : random.one(List.of(Quantifier.values()));
        boolean ifExists = comparison != Comparison.NULL && random.chance(25);
        return condition(new ConditionOperator(quantifier, comparison, ifExists), variables);
    }

    /** A condition with this operator. */
    public Condition condition(ConditionOperator operator, boolean variables) {
        Comparison comparison = operator.comparison();
        String key = random.chance(60) ? random.one(keys(comparison.family())) : random.one(Values.KEYS);
        if (random.chance(4)) {
            key = random.one(ODD_KEYS);
        }
        if (random.chance(15)) {
            key = patterns.otherCase(key);
        }
        List<String> values = new ArrayList<>();
        for (int count = entries(); count > 0; count--) {
            values.add(value(comparison, variables));
        }
        return new Condition(operator, key, values);
    }

    private String value(Comparison comparison, boolean variables) {
        return switch (comparison.family()) {
            case STRING -> patterns.text(Values.TEXTS, comparison.wildcards(), variables);
            case ARN ->
                random.chance(25)
                        ? random.one(Values.ARN_PATTERNS)
                        : patterns.text(Values.ARNS, random.chance(70), variables);
            case IP -> random.one(random.chance(70) ? Values.BLOCKS : Values.ADDRESSES);
            case BINARY -> random.one(Values.BASE64);
            case NUMERIC, DATE, BOOL, NULL -> Values.requested(comparison.family(), random);
        };
    }

    private static List<String> keys(Family family) {
        return switch (family) {
            case STRING -> List.of("aws:username", "aws:PrincipalTag/team", "aws:TagKeys", "svc:text", "svc:list");
            case NUMERIC -> List.of("s3:max-keys", "aws:MultiFactorAuthAge", "aws:EpochTime");
            case DATE -> List.of("aws:CurrentTime", "aws:TokenIssueTime", "svc:when");
            case BOOL -> List.of("aws:SecureTransport", "aws:MultiFactorAuthPresent", "svc:flag");
            case BINARY -> List.of("svc:blob");
            case IP -> List.of("aws:SourceIp", "aws:VpcSourceIp");
            case ARN -> List.of("aws:PrincipalArn", "aws:SourceArn", "svc:list");
            case NULL -> List.of("aws:TokenIssueTime", "aws:username", "aws:TagKeys");
        };
    }
}
