package dev.portcullis.syntax;

import dev.portcullis.policy.Principal;
import dev.portcullis.policy.Span;
import java.util.Optional;
import java.util.regex.Pattern;

/** The entries of an {@code AWS} principal: accounts, users, roles, sessions, unique ids (rules L60 to L65, L71, L72). */
final class AwsPrincipals {

    private static final Pattern ACCOUNT_ID = Pattern.compile("\\d{12}");
    private static final Pattern PARTITION = Pattern.compile("aws(-[a-z]+)*");
    private static final Pattern UNIQUE_ID = Pattern.compile("A(IDA|ROA)[A-Z0-9]{12,}");

    /** CloudFront's identities for reading from S3 are users of this pseudo-account. */
    private static final String CLOUDFRONT = "cloudfront";

    private final Findings findings;

    AwsPrincipals(Findings findings) {
        this.findings = findings;
    }

    /** The principal; empty, and reported, if the text names none. */
    Optional<Principal> read(String text, Span span) {
        if (ACCOUNT_ID.matcher(text).matches()) {
            return Optional.of(new Principal.Account(text, text, span));
        }
        if (UNIQUE_ID.matcher(text).matches()) {
            boolean user = text.startsWith("AIDA");
            findings.warning(
                    user ? "INVALID_USER_REFERENCE" : "INVALID_ROLE_REFERENCE",
                    span,
                    "the principal is given by its unique id: the " + (user ? "user" : "role") + " may be gone",
                    "write its ARN");
            return Optional.of(new Principal.UniqueId(text, span));
        }
        Optional<ArnText> arn = ArnText.parse(text);
        if (arn.isEmpty()) {
            invalid(text, span, "write an account id, or the ARN of an account, user, role or session");
            return Optional.empty();
        }
        return ofArn(text, arn.get(), span);
    }

    private Optional<Principal> ofArn(String text, ArnText arn, Span span) {
        if (!PARTITION.matcher(arn.partition()).matches()) {
            invalid(text, span, "its partition must be `aws` or one that begins with `aws-`");
            return Optional.empty();
        }
        if (!arn.region().isEmpty()) {
            invalid(text, span, "the ARN of a principal has no Region");
            return Optional.empty();
        }
        boolean account = ACCOUNT_ID.matcher(arn.account()).matches();
        if (!account && !(arn.account().equals(CLOUDFRONT) && arn.resource().startsWith("user/"))) {
            invalid(text, span, "an account id has 12 digits");
            return Optional.empty();
        }
        Optional<Principal> principal = switch (arn.service()) {
            case "iam" -> ofIam(text, arn, span);
            case "sts" -> ofSts(text, arn.resource(), span);
            default -> Optional.empty();
        };
        if (principal.isEmpty()) {
            invalid(
                    text,
                    span,
                    "such an ARN ends in `root`, `user/NAME`, `role/NAME`, `assumed-role/ROLE/SESSION` or"
                            + " `federated-user/NAME`");
        } else if (principal.get() instanceof Principal.Nobody) {
            findings.refused(
                    "UNSUPPORTED_PRINCIPAL",
                    span,
                    "a group can't be a principal",
                    "name its users, or test `aws:PrincipalArn` in a condition");
        }
        return principal;
    }

    private static Optional<Principal> ofIam(String text, ArnText arn, Span span) {
        String resource = arn.resource();
        if (resource.equals("root")) {
            return Optional.of(new Principal.Account(text, arn.account(), span));
        }
        int slash = resource.indexOf('/');
        if (slash < 0 || resource.endsWith("/")) {
            return Optional.empty();
        }
        return switch (resource.substring(0, slash)) {
            case "user" -> Optional.of(new Principal.User(text, span));
            case "role" -> Optional.of(new Principal.Role(text, span));
            case "group" -> Optional.of(new Principal.Nobody(text, span));
            default -> Optional.empty();
        };
    }

    private static Optional<Principal> ofSts(String text, String resource, Span span) {
        String[] parts = resource.split("/", -1);
        for (String part : parts) {
            if (part.isEmpty()) {
                return Optional.empty();
            }
        }
        if (parts.length == 3 && parts[0].equals("assumed-role")) {
            return Optional.of(new Principal.RoleSession(text, span));
        }
        if (parts.length == 2 && parts[0].equals("federated-user")) {
            return Optional.of(new Principal.FederatedUser(text, span));
        }
        return Optional.empty();
    }

    private void invalid(String text, Span span, String help) {
        findings.error("INVALID_PRINCIPAL", span, Shown.quoted(text) + " is no principal", help);
    }
}
