package dev.portcullis.syntax;

import dev.portcullis.policy.Effect;
import dev.portcullis.policy.PolicyType;
import dev.portcullis.policy.Principal;
import dev.portcullis.policy.PrincipalElement;
import dev.portcullis.policy.Span;
import dev.portcullis.syntax.SyntaxTree.ArrayNode;
import dev.portcullis.syntax.SyntaxTree.Member;
import dev.portcullis.syntax.SyntaxTree.ObjectNode;
import dev.portcullis.syntax.SyntaxTree.StringNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** {@code Principal} and {@code NotPrincipal} (rules L57 to L74). */
final class PrincipalValidator {

    private static final String EVERYONE = "*";
    private static final List<String> KEYS = List.of("AWS", "Service", "Federated", "CanonicalUser");

    private static final Pattern SERVICE = Pattern.compile("[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)+");
    private static final Pattern SERVICE_OF_AWS = Pattern.compile(".*\\.amazonaws\\.(com|com\\.cn|eu)");
    private static final Pattern CANONICAL_ID = Pattern.compile("[0-9a-fA-F]{64}");
    private static final Pattern PROVIDER_ARN = Pattern.compile("arn:aws[a-z-]*:iam::\\d{12}:(oidc|saml)-provider/.+");

    private final Examination examination;
    private final Findings findings;
    private final PolicyType type;
    private final AwsPrincipals awsPrincipals;

    PrincipalValidator(Examination examination) {
        this.examination = examination;
        this.findings = examination.findings();
        this.type = examination.type();
        this.awsPrincipals = new AwsPrincipals(findings);
    }

    /** The element; empty if its shape is wrong. */
    Optional<PrincipalElement> read(boolean negated, SyntaxTree value, Optional<Effect> effect) {
        String element = negated ? "NotPrincipal" : "Principal";
        List<Principal> principals = new ArrayList<>();
        if (value instanceof StringNode string && string.value().equals(EVERYONE)) {
            principals.add(new Principal.Everyone(string.span()));
        } else if (value instanceof ObjectNode object) {
            if (object.members().isEmpty()) {
                findings.refused("EMPTY_OBJECT_PRINCIPAL", value.span(), noEffect(element));
            }
            read(object, principals);
        } else if (Shapes.isEmptyList(value)) {
            findings.refused("EMPTY_ARRAY_PRINCIPAL", value.span(), noEffect(element));
        } else {
            String found = value instanceof StringNode string ? Shown.quoted(string.value()) : Shapes.kind(value);
            findings.error(
                    "INVALID_PRINCIPAL_FORMAT",
                    Shapes.opening(value),
                    "`" + element + "` must be `\"*\"` or an object such as `{\"AWS\": \"…\"}`, not " + found,
                    value instanceof ArrayNode
                            ? Optional.of("put the list into the object: `{\"AWS\": […]}`")
                            : Optional.empty());
            return Optional.empty();
        }
        PrincipalElement read = new PrincipalElement(negated, principals, value.span());
        checkForType(read, effect);
        return Optional.of(read);
    }

    private static String noEffect(String element) {
        return "`" + element + "` is empty: the statement has no effect";
    }

    private void read(ObjectNode object, List<Principal> principals) {
        Elements elements = Elements.of(object);
        for (String key : elements.names()) {
            List<Member> members = elements.all(key);
            for (Member repeated : members.subList(1, members.size())) {
                findings.error(
                        "DUPLICATE_ELEMENT",
                        repeated.name().span(),
                        Shown.quoted(key) + " occurs a second time in one principal",
                        "write one list");
            }
            if (!KEYS.contains(key)) {
                findings.error(
                        "INVALID_PRINCIPAL_KEY",
                        members.get(0).name().span(),
                        Shown.quoted(key) + " is no type of principal",
                        findings.didYouMean(key, KEYS)
                                .orElse("the types are `AWS`, `Service`, `Federated` and" + " `CanonicalUser`"));
                continue;
            }
            checkKey(key, members.get(0).name().span());
            for (Member member : members) {
                if (Shapes.isEmptyList(member.value())) {
                    findings.refused(
                            "EMPTY_ARRAY_PRINCIPAL",
                            member.value().span(),
                            "the list of `" + key + "` principals is empty: it names nobody");
                }
                for (StringNode entry : Shapes.strings(key, member.value(), findings)) {
                    principal(key, entry).ifPresent(principals::add);
                }
            }
        }
    }

    private void checkKey(String key, Span span) {
        if (key.equals("Federated") && type != PolicyType.TRUST) {
            findings.refused(
                    "FEDERATED_PRINCIPAL_NOT_SUPPORTED",
                    span,
                    "a `Federated` principal stands in role trust policies only");
        }
        if (key.equals("CanonicalUser") && type == PolicyType.TRUST) {
            findings.refused(
                    "UNSUPPORTED_PRINCIPAL", span, "a `CanonicalUser` principal stands in S3 bucket policies only");
        }
    }

    private Optional<Principal> principal(String key, StringNode node) {
        String text = node.value();
        Span span = node.span();
        if (!examination.texts().isBounded(node)) {
            return Optional.empty();
        }
        if (text.contains("${")) {
            findings.error(
                    "VARIABLE_UNSUPPORTED_IN_ELEMENT",
                    span,
                    "a principal takes no policy variables",
                    "test `aws:PrincipalArn` in a condition");
            return Optional.empty();
        }
        if (key.equals("AWS") && text.equals(EVERYONE)) {
            return Optional.of(new Principal.Everyone(span));
        }
        if (text.indexOf('*') >= 0 || text.indexOf('?') >= 0) {
            return wildcard(key, text, span);
        }
        return switch (key) {
            case "AWS" -> awsPrincipals.read(text, span);
            case "Service" -> service(text, span);
            case "Federated" -> federated(text, span);
            default -> canonicalUser(text, span);
        };
    }

    private Optional<Principal> wildcard(String key, String text, Span span) {
        String message = "a principal takes no wildcard inside a name";
        if (key.equals("AWS")) {
            findings.refused(
                    "UNSUPPORTED_WILDCARD_IN_PRINCIPAL",
                    span,
                    message,
                    "name the account and test `aws:PrincipalArn` in a condition; as it stands it matches nobody");
            return Optional.of(new Principal.Nobody(text, span));
        }
        findings.error("UNSUPPORTED_WILDCARD_IN_PRINCIPAL", span, message);
        return Optional.empty();
    }

    private Optional<Principal> service(String text, Span span) {
        if (!SERVICE.matcher(text).matches()) {
            findings.error(
                    "INVALID_PRINCIPAL",
                    span,
                    Shown.quoted(text) + " is no service principal",
                    "service principals look like `ec2.amazonaws.com`");
            return Optional.empty();
        }
        if (!SERVICE_OF_AWS.matcher(text).matches()) {
            findings.warning(
                    "INVALID_SERVICE_PRINCIPAL_FORMAT",
                    span,
                    Shown.quoted(text) + " doesn't look like a service principal",
                    "most look like `ec2.amazonaws.com`");
        }
        return Optional.of(new Principal.Service(text, span));
    }

    private Optional<Principal> federated(String text, Span span) {
        if (!SERVICE.matcher(text).matches() && !PROVIDER_ARN.matcher(text).matches()) {
            findings.error(
                    "INVALID_FEDERATED_PRINCIPAL_SYNTAX_IN_ROLE_TRUST_POLICY",
                    span,
                    Shown.quoted(text) + " is neither the domain of a provider nor the ARN of one",
                    "such as `accounts.google.com` or `arn:aws:iam::111122223333:saml-provider/NAME`");
            return Optional.empty();
        }
        return Optional.of(new Principal.Federated(text, span));
    }

    private Optional<Principal> canonicalUser(String text, Span span) {
        if (!CANONICAL_ID.matcher(text).matches()) {
            findings.error(
                    "INVALID_PRINCIPAL", span, Shown.quoted(text) + " is no canonical user id: 64 hexadecimal digits");
            return Optional.empty();
        }
        return Optional.of(new Principal.CanonicalUser(text, span));
    }

    private void checkForType(PrincipalElement element, Optional<Effect> effect) {
        boolean everyone = element.principals().stream().anyMatch(Principal.Everyone.class::isInstance);
        if (type == PolicyType.RESOURCE_CONTROL && !element.negated()) {
            boolean nothingElse = element.principals().stream().allMatch(Principal.Everyone.class::isInstance);
            if (!everyone || !nothingElse) {
                findings.error(
                        "RCP_SYNTAX_ERROR_PRINCIPAL",
                        element.span(),
                        "the `Principal` of a resource control policy must be `\"*\"`",
                        "test `aws:PrincipalArn` or the like in a condition");
            }
        }
        if (type == PolicyType.TRUST && everyone && effect.equals(Optional.of(Effect.ALLOW))) {
            findings.warning(
                    "ROLE_TRUST_POLICY_UNSUPPORTED_WILDCARD_IN_PRINCIPAL",
                    element.span(),
                    "anyone of any account may assume the role, so far as the conditions let them",
                    "name the accounts, users, roles or services that may");
        }
    }
}
