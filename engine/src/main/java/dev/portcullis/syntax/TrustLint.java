package dev.portcullis.syntax;

import dev.portcullis.policy.ActionPattern;
import dev.portcullis.policy.Condition;
import dev.portcullis.policy.ConditionValue;
import dev.portcullis.policy.Effect;
import dev.portcullis.policy.Principal;
import dev.portcullis.policy.Span;
import dev.portcullis.policy.Statement;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Trust that does not work as meant, or goes to too many, in a role trust policy. */
final class TrustLint {

    private static final String OIDC_ARN = ":oidc-provider/";
    private static final String SAML_ARN = ":saml-provider/";
    private static final String GITHUB = "token.actions.githubusercontent.com";
    private static final String ROLES_ANYWHERE = "rolesanywhere.amazonaws.com";
    private static final List<String> ROLES_ANYWHERE_ACTIONS =
            List.of("sts:AssumeRole", "sts:SetSourceIdentity", "sts:TagSession");

    private final Findings findings;
    private final Coverage coverage = new Coverage(10_000_000);

    TrustLint(Findings findings) {
        this.findings = findings;
    }

    void check(Statement statement) {
        if (statement.principal().isEmpty() || statement.effect() != Effect.ALLOW) {
            return;
        }
        List<Principal> principals = statement.principal().get().principals();
        checkSessions(principals);
        if (!statement.action().negated()) {
            statement.action().patterns().forEach(action -> checkAction(action, principals));
        }
        for (Principal principal : principals) {
            if (principal instanceof Principal.Federated provider) {
                checkProvider(statement, provider);
            } else if (principal instanceof Principal.Service service
                    && service.text().equals(ROLES_ANYWHERE)) {
                checkRolesAnywhere(statement, service.span());
            }
        }
    }

    /** A session beside its own role adds nothing (rule L63). */
    private void checkSessions(List<Principal> principals) {
        Set<String> roles = new HashSet<>();
        for (Principal principal : principals) {
            if (principal instanceof Principal.Role role) {
                String resource = ArnText.parse(role.text()).orElseThrow().resource();
                roles.add(account(role.text()) + "/" + resource.substring(resource.lastIndexOf('/') + 1));
            }
        }
        for (Principal principal : principals) {
            if (principal instanceof Principal.RoleSession session) {
                String name =
                        ArnText.parse(session.text()).orElseThrow().resource().split("/", 3)[1];
                if (roles.contains(account(session.text()) + "/" + name)) {
                    findings.suggestion(
                            "REDUNDANT_PRINCIPAL_IN_ROLE_TRUST_POLICY",
                            session.span(),
                            "the session's role is listed, too, and takes in all its sessions",
                            "remove the session");
                }
            }
        }
    }

    private static String account(String arn) {
        return ArnText.parse(arn).orElseThrow().account();
    }

    private void checkAction(ActionPattern action, List<Principal> principals) {
        String name = action.text().toLowerCase(Locale.ROOT);
        String wanted = switch (name) {
            case "sts:assumerole" -> "a principal of AWS or a service";
            case "sts:assumerolewithsaml" -> "a SAML provider";
            case "sts:assumerolewithwebidentity" -> "an OIDC provider";
            default -> "";
        };
        if (!wanted.isEmpty() && principals.stream().noneMatch(principal -> suits(name, principal))) {
            findings.warning(
                    "MISMATCHED_ACTION_FOR_PRINCIPAL",
                    action.span(),
                    Shown.quoted(action.text()) + " is for " + wanted + ", and the statement names none");
        }
    }

    private static boolean suits(String action, Principal principal) {
        if (principal instanceof Principal.Everyone) {
            return true;
        }
        if (!(principal instanceof Principal.Federated provider)) {
            return action.equals("sts:assumerole");
        }
        boolean saml = provider.text().contains(SAML_ARN);
        return action.equals(saml ? "sts:assumerolewithsaml" : "sts:assumerolewithwebidentity");
    }

    private void checkProvider(Statement statement, Principal.Federated provider) {
        Optional<String> url = url(provider.text());
        if (url.isEmpty()) {
            return;
        }
        List<Condition> ofProvider = statement.conditions().stream()
                .filter(condition -> condition.key().toLowerCase(Locale.ROOT).startsWith(url.get() + ":"))
                .toList();
        if (url.get().equals(GITHUB)) {
            checkGithub(provider, ofProvider);
        } else if (ofProvider.isEmpty()) {
            findings.securityWarning(
                    "MISSING_CONDITION_KEY_FOR_OIDC_PRINCIPAL",
                    provider.span(),
                    "everyone who can log in at " + Shown.quoted(url.get()) + " may assume the role",
                    "test `" + Shown.escaped(url.get()) + ":aud` or `:sub`");
        }
    }

    /** The provider as it stands before a condition key's colon; empty for SAML. */
    private static Optional<String> url(String provider) {
        int arn = provider.indexOf(OIDC_ARN);
        if (arn >= 0) {
            return Optional.of(provider.substring(arn + OIDC_ARN.length()).toLowerCase(Locale.ROOT));
        }
        return provider.contains(SAML_ARN) ? Optional.empty() : Optional.of(provider.toLowerCase(Locale.ROOT));
    }

    private void checkGithub(Principal.Federated provider, List<Condition> conditions) {
        Optional<Condition> subject = conditions.stream()
                .filter(condition -> condition.key().toLowerCase(Locale.ROOT).equals(GITHUB + ":sub"))
                .findFirst();
        if (subject.isEmpty()) {
            findings.securityWarning(
                    "MISSING_GITHUB_REPO_CONDITION_KEY",
                    provider.span(),
                    "every workflow on GitHub, of whatever repository, may assume the role",
                    "test `" + GITHUB + ":sub`");
            return;
        }
        for (ConditionValue value : subject.get().values()) {
            if (!value.text().isLiteral()) {
                findings.warning(
                        "SPECIFIC_GITHUB_REPO_AND_BRANCH_RECOMMENDED",
                        value.span(),
                        "the wildcard in " + Shown.quoted(value.text().source())
                                + " lets in more than one repository and branch",
                        "write `repo:OWNER/REPOSITORY:ref:refs/heads/BRANCH`");
            }
        }
    }

    private void checkRolesAnywhere(Statement statement, Span span) {
        for (String action : ROLES_ANYWHERE_ACTIONS) {
            int[] wanted = Coverage.symbols(action.toLowerCase(Locale.ROOT));
            boolean listed = statement.action().patterns().stream()
                    .anyMatch(pattern ->
                            coverage.covers(Coverage.symbols(pattern.text().toLowerCase(Locale.ROOT)), wanted));
            if (listed == statement.action().negated()) {
                findings.warning(
                        "MISSING_ACTION_FOR_ROLES_ANYWHERE_TRUST_POLICY",
                        span,
                        "IAM Roles Anywhere also needs `" + action + "`");
            }
        }
    }
}
