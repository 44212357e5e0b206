package dev.portcullis.corpus.reference;

import dev.portcullis.corpus.reference.Caller.Kind;
import dev.portcullis.corpus.reference.Operator.Comparison;
import dev.portcullis.corpus.reference.Operator.Quantifier;
import dev.portcullis.corpus.reference.StatementText.Clause;
import dev.portcullis.corpus.reference.StatementText.Value;
import dev.portcullis.policy.AccessControlList;
import dev.portcullis.policy.Effect;
import dev.portcullis.policy.PolicyType;
import java.util.EnumSet;
import java.util.Set;

/**
 * Block public access (rule E94): a grant to everyone reaches only the owner's account and AWS services, unless a condition
 * ties its statement to a fixed value.
 */
final class PublicAccess {

    /** Keys whose fixed values make a grant to everyone no longer public, folded. */
    private static final Set<String> TYING_KEYS = Set.of(
            "aws:principalorgid",
            "aws:sourceaccount",
            "aws:sourcearn",
            "aws:sourceip",
            "aws:sourceowner",
            "aws:sourcevpc",
            "aws:sourcevpce",
            "aws:userid",
            "s3:dataaccesspointaccount",
            "s3:dataaccesspointarn",
            "s3:x-amz-server-side-encryption-aws-kms-key-id");

    private static final Set<Comparison> TYING_COMPARISONS = EnumSet.of(
            Comparison.STRING_EQUALS,
            Comparison.STRING_EQUALS_IGNORE_CASE,
            Comparison.STRING_LIKE,
            Comparison.ARN_EQUALS,
            Comparison.ARN_LIKE,
            Comparison.IP_ADDRESS);

    /** Blocks of addresses wider than these are as good as everyone. */
    private static final int NARROWEST_PUBLIC_IPV4 = 8;

    private static final int NARROWEST_PUBLIC_IPV6 = 32;

    private PublicAccess() {}

    /** Whether what the statement grants to everyone doesn't count for this caller. */
    static boolean isBlocked(StatementText statement, PolicyType type, Caller caller, Situation situation) {
        boolean blocks = type == PolicyType.RESOURCE
                && statement.effect() == Effect.ALLOW
                && situation.acl().filter(AccessControlList::ignorePublic).isPresent();
        boolean reached = caller.kind() == Kind.SERVICE
                || (caller.isPrincipalOfAccount() && caller.account().equals(Layers.owner(situation)));
        return blocks && !reached && statement.clauses().stream().noneMatch(PublicAccess::ties);
    }

    private static boolean ties(Clause clause) {
        Operator operator = clause.operator();
        return TYING_KEYS.contains(Letters.lower(clause.key()))
                && TYING_COMPARISONS.contains(operator.comparison())
                && operator.quantifier() == Quantifier.NONE
                && !operator.ifExists()
                && clause.values().stream().allMatch(value -> isFixed(operator.comparison(), value));
    }

    private static boolean isFixed(Comparison comparison, Value value) {
        if (comparison == Comparison.IP_ADDRESS) {
            return Address.blockOf(value.text())
                    .filter(block -> block.prefix()
                            >= (block.base().bits() == 32 ? NARROWEST_PUBLIC_IPV4 : NARROWEST_PUBLIC_IPV6))
                    .isPresent();
        }
        return value.pattern().variables() == 0 && value.pattern().wildcards() == 0;
    }
}
