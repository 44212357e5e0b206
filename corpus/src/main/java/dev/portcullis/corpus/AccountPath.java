package dev.portcullis.corpus;

import dev.portcullis.policy.Organization;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where an account stands in its organization.
 *
 * @param units from the root down
 * @param account the account, in the last unit
 */
record AccountPath(List<Organization.Unit> units, Organization.Account account) {

    AccountPath {
        units = List.copyOf(units);
    }

    /** Empty when the account is not in the organization's tree. */
    static Optional<AccountPath> of(Organization organization, String accountId) {
        return search(organization.root(), new ArrayList<>(), accountId);
    }

    private static Optional<AccountPath> search(
            Organization.Unit unit, List<Organization.Unit> above, String accountId) {
        List<Organization.Unit> path = new ArrayList<>(above);
        path.add(unit);
        for (Organization.Account account : unit.accounts()) {
            if (account.id().equals(accountId)) {
                return Optional.of(new AccountPath(path, account));
            }
        }
        for (Organization.Unit below : unit.units()) {
            Optional<AccountPath> found = search(below, path, accountId);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    /** The value of {@code aws:PrincipalOrgPaths} for this account; empty when a unit's id is not known. */
    Optional<String> text(Organization organization) {
        StringBuilder text = new StringBuilder(organization.id()).append('/');
        for (Organization.Unit unit : units) {
            if (unit.id().isEmpty()) {
                return Optional.empty();
            }
            text.append(unit.id()).append('/');
        }
        return Optional.of(text.toString());
    }
}
