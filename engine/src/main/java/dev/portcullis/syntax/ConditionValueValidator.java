package dev.portcullis.syntax;

import dev.portcullis.policy.ConditionOperator;
import dev.portcullis.policy.ConditionOperator.Comparison;
import dev.portcullis.policy.ConditionOperator.Family;
import dev.portcullis.policy.ConditionValue;
import dev.portcullis.policy.PolicyType;
import dev.portcullis.policy.Span;
import dev.portcullis.policy.TextPattern;
import dev.portcullis.syntax.AddressText.Block;
import dev.portcullis.syntax.SyntaxTree.BooleanNode;
import dev.portcullis.syntax.SyntaxTree.NumberNode;
import dev.portcullis.syntax.SyntaxTree.StringNode;
import java.util.List;
import java.util.Optional;

/** Whether the operator of a condition can read its values (rules L88, L97 to L120, L147, L148). */
final class ConditionValueValidator {

    private final Examination examination;
    private final Findings findings;

    ConditionValueValidator(Examination examination) {
        this.examination = examination;
        this.findings = examination.findings();
    }

    /** Whether the node can be a condition value (rule L17). */
    static boolean isScalar(SyntaxTree node) {
        return node instanceof StringNode || node instanceof NumberNode || node instanceof BooleanNode;
    }

    /** Reads a scalar; empty if it is broken. */
    Optional<ConditionValue> read(ConditionOperator operator, SyntaxTree node) {
        Comparison comparison = operator.comparison();
        Span span = node.span();
        if (!(node instanceof StringNode string)) {
            String text =
                    node instanceof NumberNode number ? number.text() : Boolean.toString(((BooleanNode) node).value());
            if (!examination.texts().isBounded(new StringNode(text, span))) {
                return Optional.empty();
            }
            TextPattern pattern = TextPattern.literal(text);
            check(comparison, pattern, List.of(pattern), span);
            return Optional.of(new ConditionValue(pattern, span));
        }
        if (!checkVariables(operator, string)) {
            return Optional.empty();
        }
        boolean variables = examination.hasVariables() && comparison.variables();
        Optional<TextPattern> pattern;
        List<TextPattern> fields = List.of();
        if (comparison.family() == Family.ARN) {
            Optional<TextReader.Reading> arn = examination.texts().arn(string, variables);
            pattern = arn.map(TextReader.Reading::pattern);
            fields = arn.map(TextReader.Reading::fields).orElse(List.of());
        } else {
            pattern = examination.texts().pattern(string, comparison.wildcards(), variables);
        }
        if (pattern.isPresent()) {
            check(comparison, pattern.get(), fields, span);
        }
        return pattern.map(text -> new ConditionValue(text, span));
    }

    private boolean checkVariables(ConditionOperator operator, StringNode node) {
        if (!node.value().contains("${")) {
            return true;
        }
        boolean taken = operator.comparison().variables();
        if (taken && !examination.hasVariables()) {
            findings.warning(
                    "VARIABLE_UNSUPPORTED_IN_VERSION",
                    node.span(),
                    "in a policy of version 2008-10-17 the variable in " + Shown.quoted(node.value())
                            + " is plain text",
                    "write `\"Version\": \"2012-10-17\"`");
        }
        if (!taken && examination.hasVariables()) {
            findings.error(
                    "INVALID_VARIABLE_FOR_OPERATOR",
                    node.span(),
                    "`" + operator.text() + "` takes no policy variables",
                    "only String and Arn operators do");
            return false;
        }
        return true;
    }

    private void check(Comparison comparison, TextPattern pattern, List<TextPattern> fields, Span span) {
        String text = pattern.source();
        switch (comparison.family()) {
            case NUMERIC -> {
                if (NumberText.parse(text).isEmpty()) {
                    unreadable("TYPE_MISMATCH_NUMBER", span, Shown.quoted(text) + " is no number");
                }
            }
            case DATE -> checkDate(text, span);
            case IP -> checkAddress(text, span);
            case ARN -> checkArn(pattern, fields, span);
            case BINARY -> checkBinary(text, span);
            case BOOL, NULL -> {
                if (!text.equalsIgnoreCase("true") && !text.equalsIgnoreCase("false")) {
                    findings.warning(
                            "TYPE_MISMATCH_BOOLEAN",
                            span,
                            Shown.quoted(text) + " is neither `true` nor `false` and is read as `false`");
                }
            }
            case STRING -> checkString(comparison, text, span);
        }
    }

    /** AWS refuses to save it, but takes it in a session policy; it equals nothing (rule L88). */
    private void unreadable(String code, Span span, String message) {
        unreadable(code, span, message, "as it stands it equals no value of a request");
    }

    private void unreadable(String code, Span span, String message, String help) {
        if (examination.type() == PolicyType.SESSION) {
            findings.warning(code, span, message, help);
        } else {
            findings.refused(code, span, message, help);
        }
    }

    private void checkDate(String text, Span span) {
        if (DateText.parse(text).isEmpty()) {
            unreadable(
                    "TYPE_MISMATCH_DATE",
                    span,
                    Shown.quoted(text) + " is no date",
                    "a date looks like `2030-01-31T12:00:00Z`; as it stands it equals no value of a request");
        } else if (DateText.isEpoch(text)) {
            findings.warning(
                    "INVALID_DATE_VALUE",
                    span,
                    Shown.quoted(text) + " is read as seconds since 1970",
                    "a date such as `2030-01-31T12:00:00Z` is easier to read");
        }
    }

    private void checkAddress(String text, Span span) {
        Optional<Block> block = AddressText.block(text);
        if (block.isEmpty()) {
            unreadable("TYPE_MISMATCH_IP_RANGE", span, Shown.quoted(text) + " is no IP address or range of addresses");
            return;
        }
        if (block.get().hasHostBits() && block.get().base().v6()) {
            unreadable(
                    "TYPE_MISMATCH_IP_RANGE",
                    span,
                    "the IPv6 range " + Shown.quoted(text) + " has bits set after its first "
                            + block.get().prefix(),
                    "clear them; as it stands no address lies in it");
        } else if (block.get().isMapped()) {
            findings.warning(
                    "TYPE_MISMATCH_IP_RANGE",
                    span,
                    "the IPv4 address in IPv6 form " + Shown.quoted(text) + " matches no request",
                    "write it in IPv4 form");
        } else if (block.get().hasHostBits()) {
            findings.suggestion(
                    "IMPROVE_IP_RANGE",
                    span,
                    Shown.quoted(text) + " has bits set after its first "
                            + block.get().prefix() + ", which are ignored",
                    "write `" + block.get().network() + "`");
        }
    }

    private void checkArn(TextPattern pattern, List<TextPattern> fields, Span span) {
        String text = pattern.source();
        TextPattern first = fields.isEmpty() ? pattern : fields.get(0);
        if (first.hasVariables()) {
            return; // what it becomes is known with the request only
        }
        if (fields.size() == ArnText.FIELDS && first.source().equals("arn")) {
            return;
        }
        if (text.startsWith("arn:") || !first.isLiteral()) {
            findings.warning(
                    "TYPE_MISMATCH_ARN",
                    span,
                    Shown.quoted(text) + " lacks some of the six fields of an ARN: no request matches it",
                    "write every field, if need be as `*`: `arn:*:*:*:*:*` is any ARN");
        } else {
            unreadable(
                    "TYPE_MISMATCH_ARN",
                    span,
                    Shown.quoted(text) + " is no ARN",
                    "an ARN is `arn:partition:service:region:account:resource`");
        }
    }

    private void checkBinary(String text, Span span) {
        Optional<String> canonical = BinaryText.canonical(text);
        if (canonical.isEmpty()) {
            findings.error("TYPE_MISMATCH_STRING", span, Shown.quoted(text) + " is not base64");
        } else if (!canonical.get().equals(text)) {
            findings.warning(
                    "TYPE_MISMATCH_STRING",
                    span,
                    Shown.quoted(text) + " is not canonical base64",
                    "requests are compared with " + Shown.quoted(canonical.get()));
        }
    }

    private static boolean hasWildcard(String text) {
        return text.indexOf('*') >= 0 || text.indexOf('?') >= 0;
    }

    private void checkString(Comparison comparison, String text, Span span) {
        if (comparison.wildcards() || !hasWildcard(text)) {
            return;
        }
        if (hasWildcard(text.replace("${*}", "").replace("${?}", ""))) {
            findings.warning(
                    "WILDCARD_WITHOUT_LIKE_OPERATOR",
                    span,
                    "`" + comparison.text() + "` takes the wildcard in " + Shown.quoted(text) + " literally",
                    comparison.negated() ? "did you mean `StringNotLike`?" : "did you mean `StringLike`?");
        }
    }
}
