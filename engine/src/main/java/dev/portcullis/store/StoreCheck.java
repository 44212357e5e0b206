package dev.portcullis.store;

import dev.portcullis.policy.Checks;
import dev.portcullis.policy.Limits;
import dev.portcullis.policy.Organization;
import dev.portcullis.store.Draft.Parameter;
import dev.portcullis.store.Draft.Word;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** From what a store says to what holds of it: every problem of the store and of its documents, found in one pass. */
final class StoreCheck {

    private final Findings findings;
    private final Spelling spelling = new Spelling();
    private final Documents documents;
    private final IdentityCheck identities;
    private final ResourceCheck resources;
    private final OrganizationCheck organization;
    private final Map<String, String> parameters = new TreeMap<>();

    /** {@code findings} holds what reading has found, and takes what checking finds. */
    StoreCheck(Findings findings) {
        this.findings = findings;
        documents = new Documents(findings, spelling);
        identities = new IdentityCheck(findings, spelling, documents);
        resources = new ResourceCheck(findings, documents);
        organization = new OrganizationCheck(findings, documents);
    }

    /**
     * Checks everything.
     *
     * @param source the text that the draft's spans count in; empty when it has none
     * @param reportUnused whether a policy that nothing names deserves a warning
     */
    Outcome check(Draft draft, Checks checks, Optional<String> source, boolean reportUnused) {
        for (Parameter parameter : draft.parameters) {
            check(parameter);
        }
        documents.add(draft.texts);
        identities.check(draft.identities);
        resources.checkResources(draft.resources);
        resources.checkEndpoints(draft.endpoints);
        organization.check(draft.organizations);
        organization.organization().ifPresent(this::reportOutsiders);
        documents.check(checks, parameters, reportUnused);

        boolean usable = !findings.hasErrors() && !documents.hasErrors();
        CheckedDocuments checked = documents.checked();
        return new Outcome(
                usable ? Optional.of(contents(checked)) : Optional.empty(),
                findings.sorted(),
                usable ? checked::findings : documents::diagnostics,
                findings.file(),
                source,
                documents.texts());
    }

    private void check(Parameter parameter) {
        Word name = parameter.name();
        String text = name.text();
        if (!text.equals(text.strip()) || text.isEmpty() || text.indexOf('{') >= 0 || text.indexOf('}') >= 0) {
            findings.error(
                    "INVALID_PARAMETER",
                    name.span(),
                    "no placeholder can be called " + name.quoted(),
                    "a name without braces and without blanks around it");
        }
        if (parameter.value().length() > Limits.PATTERN_UNITS) {
            findings.error(
                    "INVALID_PARAMETER",
                    name.span(),
                    "the value of parameter " + name.quoted() + " has more than " + Limits.PATTERN_UNITS
                            + " characters");
        }
        if (parameters.putIfAbsent(text, parameter.value()) != null) {
            findings.error("DUPLICATE_PARAMETER", name.span(), "parameter " + name.quoted() + " has two values");
        }
    }

    /** A mistyped account would silently escape every SCP. */
    private void reportOutsiders(Organization built) {
        Map<String, Word> accounts = new TreeMap<>(resources.accounts());
        accounts.putAll(identities.accounts());
        accounts.forEach((account, arn) -> {
            if (!organization.memberships().containsKey(account)
                    && !built.managementAccount().equals(account)) {
                findings.warning(
                        "ACCOUNT_OUTSIDE_ORGANIZATION",
                        arn.span(),
                        "account `" + account + "` of " + arn.quoted() + " is not in organization "
                                + Quoted.of(built.id()),
                        "if it belongs to it, add it to its unit; until then no SCP or RCP reaches it");
            }
        });
    }

    private Contents contents(CheckedDocuments checked) {
        return new Contents(
                parameters,
                documents.texts(),
                checked,
                identities.users(),
                identities.groups(),
                identities.roles(),
                identities.rolesByName(),
                resources.resources(),
                resources.endpoints(),
                organization.organization(),
                organization.memberships());
    }
}
