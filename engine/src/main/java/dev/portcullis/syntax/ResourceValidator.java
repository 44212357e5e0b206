package dev.portcullis.syntax;

import dev.portcullis.policy.PolicyType;
import dev.portcullis.policy.ResourceElement;
import dev.portcullis.policy.ResourcePattern;
import dev.portcullis.policy.Span;
import dev.portcullis.policy.TextPattern;
import dev.portcullis.policy.TextPattern.AnyText;
import dev.portcullis.policy.TextPattern.Literal;
import dev.portcullis.policy.TextPattern.Segment;
import dev.portcullis.syntax.SyntaxTree.StringNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** {@code Resource} and {@code NotResource} (rules L19, L39 to L55). */
final class ResourceValidator {

    private static final String EVERYTHING = "*";
    private static final String PREFIX = "arn:";
    private static final String USUAL = "arn:aws:";
    private static final String IAM = "iam:";
    private static final int ACCOUNT_DIGITS = 12;

    /** What stands for a field that a shortened ARN lacks (rule L48). */
    private static final String MISSING_FIELD = ":*";

    // Indexes of an ARN's fields.
    private static final int PARTITION = 1;
    private static final int SERVICE = 2;
    private static final int REGION = 3;
    private static final int ACCOUNT = 4;

    private static final Pattern PARTITION_NAME = Pattern.compile("aws(-[a-z]+)*");

    /** Twelve digits, nobody's, or AWS's own. */
    private static final Pattern ACCOUNT_NAME = Pattern.compile("(\\d{12}|aws|aws-marketplace|cloudfront|)");

    private final Examination examination;
    private final Findings findings;
    private final PolicyType type;

    ResourceValidator(Examination examination) {
        this.examination = examination;
        this.findings = examination.findings();
        this.type = examination.type();
    }

    /** The element, joined if it occurs several times (rule L13). */
    ResourceElement read(boolean negated, List<SyntaxTree> values) {
        String element = negated ? "NotResource" : "Resource";
        List<ResourcePattern> patterns = new ArrayList<>();
        for (SyntaxTree value : values) {
            if (Shapes.isEmptyList(value)) {
                findings.refused(
                        "EMPTY_ARRAY_RESOURCE",
                        value.span(),
                        "the list of `" + element + "` is empty: the statement has no effect");
            }
            for (StringNode node : Shapes.strings(element, value, findings)) {
                pattern(node).ifPresent(patterns::add);
            }
        }
        return new ResourceElement(negated, patterns, values.get(0).span());
    }

    private Optional<ResourcePattern> pattern(StringNode node) {
        String text = node.value();
        if (isUsual(text)) {
            return examination
                    .texts()
                    .pattern(node, true, false)
                    .map(pattern -> new ResourcePattern(pattern, node.span()));
        }
        Optional<TextReader.Reading> reading = examination.texts().arn(node, examination.hasVariables());
        if (reading.isEmpty()) {
            return Optional.empty();
        }
        Span span = node.span();
        TextPattern pattern = reading.get().pattern();
        if (text.equals(EVERYTHING)) {
            return Optional.of(new ResourcePattern(pattern, span));
        }
        if (!text.startsWith(PREFIX)) {
            findings.error(
                    "INVALID_ARN_PREFIX",
                    span,
                    "the resource " + Shown.quoted(text) + " is neither an ARN nor `*`",
                    Optional.of("an ARN is `arn:partition:service:region:account:resource`"));
            return Optional.empty();
        }
        checkVersion(text, span);
        List<TextPattern> fields = reading.get().fields();
        checkFields(text, span, fields);
        if (fields.size() < ArnText.FIELDS) {
            return shortened(pattern, span, fields.size());
        }
        return Optional.of(new ResourcePattern(pattern, span));
    }

    /**
     * Whether there is nothing to say of the fields, as of most: partition {@code aws}, a service in small letters, an
     * account or none, no variables.
     */
    private static boolean isUsual(String text) {
        if (!text.startsWith(USUAL) || text.contains("${")) {
            return false;
        }
        int service = USUAL.length();
        while (service < text.length() && isUsualInService(text.charAt(service))) {
            service++;
        }
        int region = text.indexOf(':', service);
        int account = text.indexOf(':', region + 1);
        int resource = text.indexOf(':', account + 1);
        if (service == USUAL.length() || region != service || account < region || resource < account) {
            return false;
        }
        boolean regional = account > region + 1;
        if (regional && text.startsWith(IAM, USUAL.length())) {
            return false;
        }
        int digits = account + 1;
        while (digits < resource && text.charAt(digits) >= '0' && text.charAt(digits) <= '9') {
            digits++;
        }
        int length = resource - account - 1;
        return digits == resource && (length == 0 || length == ACCOUNT_DIGITS);
    }

    private static boolean isUsualInService(char unit) {
        return (unit >= 'a' && unit <= 'z') || (unit >= '0' && unit <= '9') || unit == '-';
    }

    private void checkVersion(String text, Span span) {
        if (!examination.hasVariables() && text.contains("${")) {
            findings.warning(
                    "VARIABLE_UNSUPPORTED_IN_VERSION",
                    span,
                    "in a policy of version 2008-10-17 the variable in " + Shown.quoted(text) + " is plain text",
                    "write `\"Version\": \"2012-10-17\"`");
        }
    }

    private Optional<ResourcePattern> shortened(TextPattern pattern, Span span, int fields) {
        String message =
                "the ARN " + Shown.quoted(pattern.source()) + " has " + fields + " of " + ArnText.FIELDS + " fields";
        if (type != PolicyType.IDENTITY && type != PolicyType.BOUNDARY) {
            findings.error(
                    "MISSING_ARN_FIELD",
                    span,
                    message,
                    "only identity-based policies take shortened ARNs; write every field, if need be as `*`");
            return Optional.empty();
        }
        String completed = Shown.quoted(pattern.source() + MISSING_FIELD.repeat(ArnText.FIELDS - fields));
        if (fields <= SERVICE) {
            findings.refused(
                    "MISSING_ARN_FIELD", span, message + ", not even a service", "it would be read as " + completed);
        } else {
            findings.warning("MISSING_ARN_FIELD", span, message, "it is read as " + completed);
        }
        return Optional.of(new ResourcePattern(completed(pattern, fields), true, span));
    }

    /** The pattern, its segments completed with {@code *} for each field it lacks (rule L48). */
    private static TextPattern completed(TextPattern pattern, int fields) {
        List<Segment> segments = new ArrayList<>(pattern.segments());
        for (int field = fields; field < ArnText.FIELDS; field++) {
            int last = segments.size() - 1;
            if (segments.get(last) instanceof Literal literal) {
                segments.set(last, new Literal(literal.text() + ":"));
            } else {
                segments.add(new Literal(":"));
            }
            segments.add(new AnyText());
        }
        return new TextPattern(pattern.source(), segments);
    }

    private void checkFields(String text, Span span, List<TextPattern> fields) {
        literal(fields, PARTITION).ifPresent(partition -> {
            if (!PARTITION_NAME.matcher(partition).matches()) {
                findings.refused(
                        "INVALID_PARTITION",
                        span,
                        Shown.quoted(partition) + " is no partition",
                        "partitions are `aws`, `aws-cn`, `aws-us-gov` and others that begin with `aws-`");
            }
        });
        Optional<String> service = literal(fields, SERVICE);
        service.ifPresent(name -> checkService(text, span, name));
        if (service.isEmpty() && fields.size() > SERVICE && !fields.get(SERVICE).hasVariables()) {
            findings.suggestion(
                    "WILDCARD_IN_SERVICE_NAME",
                    span,
                    "the wildcard in the service "
                            + Shown.quoted(fields.get(SERVICE).source())
                            + " reaches every service it fits, also those to come");
        }
        if (service.equals(Optional.of("iam"))
                && literal(fields, REGION).filter(region -> !region.isEmpty()).isPresent()) {
            findings.refused(
                    "ARN_REGION_NOT_ALLOWED",
                    span,
                    "the ARN of an IAM resource has no Region",
                    "as it stands it matches nothing");
        }
        literal(fields, ACCOUNT).ifPresent(account -> {
            if (!ACCOUNT_NAME.matcher(account).matches()) {
                findings.warning(
                        "INVALID_ARN_ACCOUNT",
                        span,
                        Shown.quoted(account) + " is no account id",
                        "an account id has 12 digits");
            }
        });
        checkVariables(span, fields);
    }

    private void checkService(String text, Span span, String service) {
        if (service.isEmpty()) {
            findings.refused(
                    "INVALID_SERVICE",
                    span,
                    "the ARN " + Shown.quoted(text) + " names no service",
                    "as it stands it matches nothing");
        } else if (!service.equals(ActionValidator.folded(service))) {
            findings.warning(
                    "INVALID_ARN_SERVICE_CASE",
                    span,
                    "the service " + Shown.quoted(service) + " must be in lower case to match",
                    "write `" + ActionValidator.folded(service) + "`");
        }
    }

    private void checkVariables(Span span, List<TextPattern> fields) {
        for (TextPattern field : fields.subList(0, Math.min(fields.size(), ArnText.FIELDS - 1))) {
            if (field.hasVariables()) {
                findings.warning(
                        "VARIABLE_OUTSIDE_RESOURCE_PART",
                        span,
                        "AWS defines policy variables for the part of an ARN after the fifth colon only",
                        "the variable in " + Shown.quoted(field.source()) + " is substituted nevertheless");
                return;
            }
        }
    }

    private static Optional<String> literal(List<TextPattern> fields, int index) {
        if (index >= fields.size() || !fields.get(index).isLiteral()) {
            return Optional.empty();
        }
        List<Segment> segments = fields.get(index).segments();
        return Optional.of(segments.isEmpty() ? "" : ((Literal) segments.get(0)).text());
    }
}
