package dev.portcullis.policy;

import java.util.List;
import java.util.Optional;

/**
 * An AWS organization.
 *
 * @param id {@code o-…}
 * @param managementAccount account that SCPs and RCPs do not reach (rules E48, E57)
 * @param root the tree of units
 */
public record Organization(String id, String managementAccount, Unit root) {

    /**
     * The root or an organizational unit.
     *
     * @param id {@code r-…} or {@code ou-…}; used in {@code aws:PrincipalOrgPaths}; the empty string when it is not known
     * @param name name for people
     * @param serviceControlPolicies names of the SCPs attached here: one level, OR-ed (rule E43)
     * @param resourceControlPolicies names of the RCPs attached here (rule E55)
     * @param accounts accounts directly in this unit
     * @param units units directly in this unit
     */
    public record Unit(
            String id,
            String name,
            List<String> serviceControlPolicies,
            List<String> resourceControlPolicies,
            List<Account> accounts,
            List<Unit> units) {

        public Unit {
            serviceControlPolicies = List.copyOf(serviceControlPolicies);
            resourceControlPolicies = List.copyOf(resourceControlPolicies);
            accounts = List.copyOf(accounts);
            units = List.copyOf(units);
        }
    }

    /**
     * A member account: the last level of its chain.
     *
     * @param id 12 digits
     * @param serviceControlPolicies names of the SCPs attached to the account
     * @param resourceControlPolicies names of the RCPs attached to the account
     */
    public record Account(String id, List<String> serviceControlPolicies, List<String> resourceControlPolicies) {

        public Account {
            serviceControlPolicies = List.copyOf(serviceControlPolicies);
            resourceControlPolicies = List.copyOf(resourceControlPolicies);
        }
    }

    /**
     * Where a member account hangs in the tree: what its chain of SCPs and RCPs is made of (rules E43, E47, E56).
     *
     * @param organizationId {@code o-…}
     * @param units from the root down to the unit that the account is in
     * @param account the account
     */
    public record Membership(String organizationId, List<Unit> units, Account account) {

        public Membership {
            units = List.copyOf(units);
        }

        /**
         * {@code o-…/r-…/ou-…/}: what {@code aws:PrincipalOrgPaths} and {@code aws:ResourceOrgPaths} hold. Empty when
         * the id of a unit on the way is not known.
         */
        public Optional<String> path() {
            StringBuilder path = new StringBuilder(organizationId).append('/');
            for (Unit unit : units) {
                if (unit.id().isEmpty()) {
                    return Optional.empty();
                }
                path.append(unit.id()).append('/');
            }
            return Optional.of(path.toString());
        }
    }
}
