package dev.portcullis.store;

import dev.portcullis.policy.Limits;
import dev.portcullis.policy.Organization;
import dev.portcullis.policy.PolicyType;
import dev.portcullis.policy.Span;
import dev.portcullis.store.Draft.Account;
import dev.portcullis.store.Draft.OrganizationTree;
import dev.portcullis.store.Draft.Unit;
import dev.portcullis.store.Draft.Word;
import dev.portcullis.syntax.Shown;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The organization: its tree, and the SCPs and RCPs of its levels (rules E43 to E61). */
final class OrganizationCheck {

    private final Findings findings;
    private final Documents documents;

    private final Map<String, Organization.Membership> memberships = new TreeMap<>();
    private final Set<String> unitIds = new HashSet<>();
    private final Map<String, String> unitOfAccount = new HashMap<>();
    private final List<Word> withoutId = new ArrayList<>();

    private Optional<Organization> organization = Optional.empty();

    OrganizationCheck(Findings findings, Documents documents) {
        this.findings = findings;
        this.documents = documents;
    }

    Optional<Organization> organization() {
        return organization;
    }

    /** By account id. */
    Map<String, Organization.Membership> memberships() {
        return memberships;
    }

    void check(List<OrganizationTree> trees) {
        for (OrganizationTree tree : trees) {
            if (organization.isPresent()) {
                findings.error("DUPLICATE_ORGANIZATION", tree.id().span(), "there is more than one organization");
                return;
            }
            checkTree(tree);
        }
    }

    private void checkTree(OrganizationTree tree) {
        if (!hasForm(tree.id().text(), "o-")) {
            findings.error(
                    "INVALID_ORGANIZATION_ID",
                    tree.id().span(),
                    tree.id().quoted() + " is not the id of an organization",
                    "it begins with `o-`, lower-case letters and digits follow");
        }
        checkAccountId(tree.managementAccount());
        Organization.Unit root =
                unit(tree.root(), "r-", 0, tree.managementAccount().text());
        if (!withoutId.isEmpty()) {
            Word first = withoutId.get(0);
            findings.suggestion(
                    "MISSING_UNIT_ID",
                    first.span(),
                    withoutId.size() == 1
                            ? "unit " + first.quoted() + " has no `id`"
                            : withoutId.size() + " units have no `id`, first " + first.quoted(),
                    "without it `aws:PrincipalOrgPaths` and `aws:ResourceOrgPaths` are not known for their accounts");
        }
        Organization built =
                new Organization(tree.id().text(), tree.managementAccount().text(), root);
        organization = Optional.of(built);
        recordMemberships(built);
    }

    private Organization.Unit unit(Unit unit, String idPrefix, int depth, String managementAccount) {
        String place = "unit " + unit.name().quoted();
        checkUnitId(unit, idPrefix);
        if (unit.name().text().isEmpty() || !unit.name().text().codePoints().allMatch(Shown::isPlain)) {
            findings.error(
                    "INVALID_UNIT_NAME",
                    unit.name().span(),
                    "a unit can't be called " + unit.name().quoted(),
                    "give it a `name` of printable characters");
        }
        List<String> controls =
                controls(unit.serviceControlPolicies(), place, unit.name().span());
        List<String> resourceControls =
                documents.attach(unit.resourceControlPolicies(), PolicyType.RESOURCE_CONTROL, place);
        List<Organization.Account> accounts = new ArrayList<>();
        for (Account account : unit.accounts()) {
            accounts.add(account(account, unit, managementAccount));
        }
        List<Organization.Unit> units = new ArrayList<>();
        if (depth == Limits.ORGANIZATION_DEPTH && !unit.units().isEmpty()) {
            findings.error(
                    "ORGANIZATION_TOO_DEEP",
                    unit.name().span(),
                    place + " is " + Limits.ORGANIZATION_DEPTH + " levels below the root and has units below it");
        } else {
            Set<String> names = new HashSet<>();
            for (Unit child : unit.units()) {
                if (!child.name().text().isEmpty() && !names.add(child.name().text())) {
                    findings.error(
                            "DUPLICATE_UNIT_NAME",
                            child.name().span(),
                            place + " has two units called " + child.name().quoted());
                }
                units.add(unit(child, "ou-", depth + 1, managementAccount));
            }
        }
        return new Organization.Unit(unit.id().text(), unit.name().text(), controls, resourceControls, accounts, units);
    }

    private void checkUnitId(Unit unit, String prefix) {
        String id = unit.id().text();
        if (id.isEmpty()) {
            withoutId.add(unit.name());
            return;
        }
        if (!hasForm(id, prefix)) {
            findings.error(
                    "INVALID_UNIT_ID",
                    unit.id().span(),
                    unit.id().quoted() + " is not the id of " + (prefix.equals("r-") ? "a root" : "a unit"),
                    "it begins with `" + prefix + "`, lower-case letters and digits follow");
        }
        if (!unitIds.add(id)) {
            findings.error(
                    "DUPLICATE_UNIT_ID",
                    unit.id().span(),
                    "two units have the id " + unit.id().quoted());
        }
    }

    private Organization.Account account(Account account, Unit unit, String managementAccount) {
        String id = account.id().text();
        String place = "account " + account.id().quoted();
        checkAccountId(account.id());
        if (id.equals(managementAccount)) {
            findings.error(
                    "MANAGEMENT_ACCOUNT_AS_MEMBER",
                    account.id().span(),
                    place + " is the management account, not a member",
                    "no SCP or RCP reaches it; leave it out of the units");
        }
        String other = unitOfAccount.putIfAbsent(id, unit.name().text());
        if (other != null) {
            findings.error(
                    "DUPLICATE_ACCOUNT",
                    account.id().span(),
                    place + " is in unit " + Quoted.of(other) + " and in unit "
                            + unit.name().quoted());
        }
        return new Organization.Account(
                id,
                controls(account.serviceControlPolicies(), place, account.id().span()),
                documents.attach(account.resourceControlPolicies(), PolicyType.RESOURCE_CONTROL, place));
    }

    private List<String> controls(List<Word> policies, String place, Span span) {
        if (policies.isEmpty()) {
            findings.warning(
                    "NO_SERVICE_CONTROL_POLICY",
                    span,
                    place + " has no service control policy, which blocks everything at and below it",
                    "AWS attaches `FullAWSAccess` unless told otherwise");
        }
        return documents.attach(policies, PolicyType.SERVICE_CONTROL, place);
    }

    private void checkAccountId(Word account) {
        if (!Arns.isAccount(account.text())) {
            findings.error("INVALID_ACCOUNT", account.span(), "account " + account.quoted() + " is not 12 digits");
        }
    }

    private void recordMemberships(Organization built) {
        record Visit(Organization.Unit unit, List<Organization.Unit> path) {}
        Deque<Visit> open = new ArrayDeque<>();
        open.push(new Visit(built.root(), List.of(built.root())));
        while (!open.isEmpty()) {
            Visit visit = open.pop();
            for (Organization.Account account : visit.unit().accounts()) {
                memberships.putIfAbsent(account.id(), new Organization.Membership(built.id(), visit.path(), account));
            }
            for (Organization.Unit child : visit.unit().units()) {
                List<Organization.Unit> path = new ArrayList<>(visit.path());
                path.add(child);
                open.push(new Visit(child, List.copyOf(path)));
            }
        }
    }

    private static boolean hasForm(String id, String prefix) {
        return id.startsWith(prefix)
                && id.length() <= Limits.PATTERN_UNITS
                && Arns.isLowerCaseWord(id.substring(prefix.length()));
    }
}
