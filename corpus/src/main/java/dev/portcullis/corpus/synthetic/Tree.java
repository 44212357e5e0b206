package dev.portcullis.corpus.synthetic;

import dev.portcullis.corpus.generate.RandomNumbers;
import dev.portcullis.policy.Organization;
import dev.portcullis.policy.PolicyType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/** The organization over the accounts: divisions of 16 teams of 16 accounts. Stateless. */
final class Tree {

    /** Accounts of a team. */
    static final int TEAM = 16;

    private static final int DIVISION = TEAM * 16;
    private static final String FULL_ACCESS = "FullAWSAccess";
    private static final long SALT = 0x6F7267616E697A65L;

    private Tree() {}

    /** The organization of a store; {@code name} gives policies' names. */
    static Organization organization(long seed, Attached attached, IntFunction<String> name) {
        String id = Words.letters(new RandomNumbers(seed ^ SALT), 4);
        List<Organization.Unit> divisions = new ArrayList<>();
        int accounts = attached.accounts();
        for (int first = 0; first < accounts; first += DIVISION) {
            int last = Math.min(first + DIVISION, accounts);
            List<Organization.Unit> teams = new ArrayList<>();
            for (int account = first; account < last; account += TEAM) {
                teams.add(team(seed, id, account, Math.min(account + TEAM, last), attached, name));
            }
            String unit = "division-" + first / DIVISION;
            divisions.add(unit(unitId(seed, id, -1 - first / DIVISION), unit, List.of(), List.of(), List.of(), teams));
        }
        return new Organization(
                Account.organization(seed),
                Account.id(seed, -1),
                unit("r-" + id, "Root", List.of(), List.of(), List.of(), divisions));
    }

    private static Organization.Unit team(
            long seed, String rootId, int first, int last, Attached attached, IntFunction<String> name) {
        List<Organization.Account> accounts = new ArrayList<>();
        for (int account = first; account < last; account++) {
            accounts.add(new Organization.Account(
                    Account.id(seed, account),
                    controls(names(ofAccount(attached, account, PolicyType.SERVICE_CONTROL), name)),
                    names(ofAccount(attached, account, PolicyType.RESOURCE_CONTROL), name)));
        }
        return unit(
                unitId(seed, rootId, first / TEAM),
                "team-" + first / TEAM,
                names(ofTeam(attached, first, PolicyType.SERVICE_CONTROL), name),
                names(ofTeam(attached, first, PolicyType.RESOURCE_CONTROL), name),
                accounts,
                List.of());
    }

    private static Organization.Unit unit(
            String id,
            String name,
            List<String> serviceControls,
            List<String> resourceControls,
            List<Organization.Account> accounts,
            List<Organization.Unit> units) {
        return new Organization.Unit(id, name, controls(serviceControls), resourceControls, accounts, units);
    }

    /** Numbers of the policies of a type on the account itself. */
    static List<Integer> ofAccount(Attached attached, int account, PolicyType type) {
        List<Integer> own = attached.numbers(account, type);
        return account % TEAM == 0 && !own.isEmpty() ? own.subList(0, own.size() - 1) : own;
    }

    /** Numbers of the policies of a type on the account's team: the last one of the team's first account. */
    static List<Integer> ofTeam(Attached attached, int account, PolicyType type) {
        List<Integer> own = attached.numbers(account - account % TEAM, type);
        return own.subList(Math.max(0, own.size() - 1), own.size());
    }

    private static List<String> names(List<Integer> numbers, IntFunction<String> name) {
        return numbers.stream().map(name::apply).toList();
    }

    private static List<String> controls(List<String> own) {
        List<String> all = new ArrayList<>();
        all.add(FULL_ACCESS);
        all.addAll(own);
        return all;
    }

    private static String unitId(long seed, String rootId, int number) {
        return "ou-" + rootId + "-" + Words.letters(RandomNumbers.ofCase(seed ^ SALT, number), 12);
    }
}
