package dev.portcullis.syntax;

import dev.portcullis.policy.Condition;
import dev.portcullis.policy.ConditionOperator.Comparison;
import dev.portcullis.policy.ConditionValue;
import dev.portcullis.policy.Span;
import dev.portcullis.syntax.AddressText.Block;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Ranges in a test of {@code aws:SourceIp} that no public address is in (rule L114). */
final class PrivateAddresses {

    private static final List<Block> PRIVATE = blocks("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7");

    private PrivateAddresses() {}

    private static List<Block> blocks(String... texts) {
        List<Block> blocks = new ArrayList<>();
        for (String text : texts) {
            blocks.add(AddressText.block(text).orElseThrow());
        }
        return List.copyOf(blocks);
    }

    static void check(Condition condition, Findings findings) {
        Comparison comparison = condition.operator().comparison();
        if (comparison != Comparison.IP_ADDRESS && comparison != Comparison.NOT_IP_ADDRESS) {
            return;
        }
        List<Span> found = new ArrayList<>();
        for (ConditionValue value : condition.values()) {
            if (isPrivate(value)) {
                found.add(value.span());
            }
        }
        if (found.isEmpty()) {
            return;
        }
        boolean all = found.size() == condition.values().size();
        boolean negated = comparison.negated();
        String fact = "`" + condition.key() + "` is always a public address";
        if (all) {
            findings.warning(
                    negated ? "PRIVATE_NOTIPADDRESS" : "PRIVATE_IP_ADDRESS",
                    found.get(0),
                    fact + ": the condition " + (negated ? "always" : "never") + " holds",
                    "write public ranges, or test `aws:VpcSourceIp`");
        } else {
            for (Span span : found) {
                findings.suggestion(
                        negated ? "PRIVATE_NOTIPADDRESS_SUBSET" : "PRIVATE_IP_ADDRESS_SUBSET",
                        span,
                        fact + ": this range has no effect",
                        "remove it, or test `aws:VpcSourceIp`");
            }
        }
    }

    private static boolean isPrivate(ConditionValue value) {
        Optional<Block> block = AddressText.block(value.text().source());
        return block.isPresent() && PRIVATE.stream().anyMatch(range -> range.covers(block.get()));
    }
}
