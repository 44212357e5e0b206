package dev.portcullis.compile;

import dev.portcullis.automaton.Address;
import dev.portcullis.automaton.Folding;
import dev.portcullis.policy.Condition;
import dev.portcullis.policy.ConditionOperator;
import dev.portcullis.policy.ConditionOperator.Comparison;
import dev.portcullis.policy.ConditionOperator.Quantifier;
import dev.portcullis.policy.ConditionValue;
import dev.portcullis.policy.TextPattern;
import dev.portcullis.policy.TextPattern.AnyText;
import dev.portcullis.policy.TextPattern.AnyUnit;
import java.util.Set;

/** Which conditions tie a grant to everyone to a fixed value, so that blocked public access leaves it (rule E94). */
final class FixedValues {

    private static final Set<String> KEYS = Set.of(
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

    /** Shorter prefixes are as good as everyone. */
    private static final int SHORTEST_IPV4_PREFIX = 8;

    private static final int SHORTEST_IPV6_PREFIX = 32;

    private FixedValues() {}

    static boolean tie(Condition condition) {
        ConditionOperator operator = condition.operator();
        if (operator.quantifier() != Quantifier.NONE
                || operator.ifExists()
                || !KEYS.contains(Folding.key(condition.key()))) {
            return false;
        }
        return switch (operator.comparison()) {
            case STRING_EQUALS, STRING_EQUALS_IGNORE_CASE, STRING_LIKE, ARN_EQUALS, ARN_LIKE, IP_ADDRESS ->
                condition.values().stream().allMatch(value -> isFixed(operator.comparison(), value));
            default -> false;
        };
    }

    private static boolean isFixed(Comparison comparison, ConditionValue value) {
        TextPattern text = value.text();
        if (comparison == Comparison.IP_ADDRESS) {
            Address block = new Address();
            char[] units = text.source().toCharArray();
            return block.readBlock(units, 0, units.length)
                    && !block.isMappedBlock()
                    && block.prefix() >= (block.family() == 4 ? SHORTEST_IPV4_PREFIX : SHORTEST_IPV6_PREFIX);
        }
        return text.segments().stream()
                .noneMatch(segment -> segment instanceof AnyText
                        || segment instanceof AnyUnit
                        || segment instanceof TextPattern.Variable);
    }
}
