package dev.portcullis.syntax;

import dev.portcullis.policy.ActionElement;
import dev.portcullis.policy.ActionPattern;
import dev.portcullis.policy.Limits;
import dev.portcullis.policy.PolicyType;
import dev.portcullis.policy.Span;
import dev.portcullis.syntax.SyntaxTree.StringNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** {@code Action} and {@code NotAction} (rules L18, L26 to L38). */
final class ActionValidator {

    private final Examination examination;
    private final Findings findings;
    private final PolicyType type;

    ActionValidator(Examination examination) {
        this.examination = examination;
        this.findings = examination.findings();
        this.type = examination.type();
    }

    /**
     * The element, joined if it occurs several times (rule L13).
     *
     * @param name where the element's name stands first
     */
    ActionElement read(boolean negated, Span name, List<SyntaxTree> values) {
        String element = negated ? "NotAction" : "Action";
        if (negated && type == PolicyType.RESOURCE_CONTROL) {
            findings.error(
                    "RCP_SYNTAX_ERROR_NOTACTION", name, "`NotAction` is no element of a resource control policy");
        }
        List<ActionPattern> patterns = new ArrayList<>();
        for (SyntaxTree value : values) {
            if (Shapes.isEmptyList(value)) {
                findings.refused(
                        "EMPTY_ARRAY_ACTION",
                        value.span(),
                        "the list of `" + element + "` is empty: the statement has no effect");
            }
            for (StringNode node : Shapes.strings(element, value, findings)) {
                pattern(node).ifPresent(patterns::add);
            }
        }
        return new ActionElement(negated, patterns, values.get(0).span());
    }

    private Optional<ActionPattern> pattern(StringNode node) {
        String text = node.value();
        Span span = node.span();
        if (!examination.texts().isBounded(node) || !fewWildcards(text, span)) {
            return Optional.empty();
        }
        ActionPattern pattern = new ActionPattern(text, span);
        if (pattern.isEverything()) {
            return Optional.of(pattern);
        }
        if (text.contains("${")) {
            findings.error("VARIABLE_UNSUPPORTED_IN_ELEMENT", span, "an action takes no policy variables");
            return Optional.empty();
        }
        int colon = text.indexOf(':');
        if (colon <= 0 || colon == text.length() - 1) {
            findings.error(
                    "INVALID_ACTION",
                    span,
                    Shown.quoted(text) + " is no action",
                    "an action is a service prefix, a colon and a name, such as `s3:GetObject`, or `*` alone");
            return Optional.empty();
        }
        if (text.indexOf(':', colon + 1) >= 0) {
            findings.error("INVALID_ACTION", span, "the action " + Shown.quoted(text) + " has more than one colon");
            return Optional.empty();
        }
        if (!isUsual(text, colon)) {
            checkService(pattern);
            checkName(pattern);
        }
        return Optional.of(pattern);
    }

    /** Whether there is nothing to say, as of nearly all actions. */
    private boolean isUsual(String text, int colon) {
        for (int i = 0; i < text.length(); i++) {
            char unit = text.charAt(i);
            boolean usual = isLetterOrDigit(unit)
                    || unit == '-'
                    || i == colon
                    || (i > colon && (unit == '*' || unit == '_' || unit == '?'));
            if (!usual) {
                return false;
            }
        }
        return type != PolicyType.TRUST;
    }

    private boolean fewWildcards(String text, Span span) {
        int wildcards = 0;
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '*' || text.charAt(i) == '?') {
                wildcards++;
            }
        }
        if (wildcards > Limits.PATTERN_WILDCARDS) {
            findings.error(
                    "TOO_MANY_WILDCARDS",
                    span,
                    "the text has " + wildcards + " wildcards, more than " + Limits.PATTERN_WILDCARDS);
            return false;
        }
        return true;
    }

    private void checkService(ActionPattern pattern) {
        String service = pattern.service();
        boolean wildcard = service.indexOf('*') >= 0 || service.indexOf('?') >= 0;
        if (!service.chars().allMatch(c -> isLetterOrDigit(c) || "-.*?".indexOf(c) >= 0)) {
            findings.refused(
                    "INVALID_SERVICE_IN_ACTION",
                    pattern.span(),
                    Shown.quoted(service) + " can't be the prefix of a service",
                    "a prefix has letters, digits and hyphens; as it stands it matches no action");
        } else if (wildcard && type != PolicyType.RESOURCE_CONTROL) {
            findings.suggestion(
                    "WILDCARD_IN_SERVICE_NAME",
                    pattern.span(),
                    "the wildcard in the service prefix " + Shown.quoted(service)
                            + " reaches every service it fits, also those to come");
        }
        if (type == PolicyType.TRUST && !wildcard && !service.equalsIgnoreCase("sts")) {
            findings.refused(
                    "UNSUPPORTED_ACTION_IN_POLICY",
                    pattern.span(),
                    "a role trust policy is about actions of `sts` only");
        }
    }

    private void checkName(ActionPattern pattern) {
        String name = pattern.name();
        if (!name.chars().allMatch(c -> isLetterOrDigit(c) || "-_*?".indexOf(c) >= 0)) {
            findings.warning(
                    "INVALID_ACTION",
                    pattern.span(),
                    "no action is called " + Shown.quoted(name),
                    name.strip().equals(name) ? Optional.empty() : Optional.of("remove the blank"));
        }
    }

    static boolean isAlphanumeric(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!isLetterOrDigit(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    static boolean isLetterOrDigit(int c) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    }

    /** The service of an action, for comparing (rule L30). */
    static String folded(String service) {
        return service.toLowerCase(Locale.ROOT);
    }
}
