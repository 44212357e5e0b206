package dev.portcullis.corpus.synthetic;

import dev.portcullis.corpus.generate.RandomNumbers;
import dev.portcullis.corpus.synthetic.Population.Person;
import dev.portcullis.policy.PolicyType;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;

/** Who has which policies. Numbers are those of policies. Immutable. */
final class Attached {

    /** What AWS lets a principal have. */
    private static final int MOST = 10;

    private static final int GROUPS = 2;
    private static final long SALT = 0x6174746163686564L;

    private final Layout layout;
    private final Population population;
    private final Profile profile;
    private final long seed;
    private final int policies;

    Attached(Layout layout, Population population, Profile profile, long seed, int policies) {
        this.layout = layout;
        this.population = population;
        this.profile = profile;
        this.seed = seed;
        this.policies = policies;
    }

    /**
     * What one user or role has.
     *
     * @param identity numbers of its own policies; empty with guardrails, where everybody is an administrator
     * @param boundary number of its boundary
     * @param trust number of its trust policy
     * @param group its group in the account, for users
     */
    record Holding(
            Person person,
            int account,
            List<Integer> identity,
            OptionalInt boundary,
            OptionalInt trust,
            OptionalInt group) {}

    /** How many users and roles there are. */
    int people() {
        if (profile == Profile.APPLICATIONS) {
            return 1;
        }
        int whole = policies / layout.size();
        return whole * layout.people() + (policies % layout.size() == 0 ? 0 : peopleOf(whole));
    }

    /** How many accounts there are. */
    int accounts() {
        return (policies + layout.size() - 1) / layout.size();
    }

    private int peopleOf(int account) {
        int own = numbers(account, PolicyType.IDENTITY).size();
        return profile == Profile.GUARDRAIL ? layout.people() : Math.min(layout.people(), own);
    }

    /** Numbers of an account's policies of a type. */
    List<Integer> numbers(int account, PolicyType type) {
        return layout.numbers(account, type, policies);
    }

    /** The user or role of a number. */
    Holding holding(int number) {
        int account = number / layout.people();
        int within = number % layout.people();
        Person person = population.person(account, within);
        List<Integer> boundaries = within % 4 == 3 ? numbers(account, PolicyType.BOUNDARY) : List.of();
        List<Integer> trusts = person.role() ? trusts(account) : List.of();
        boolean grouped = !person.role() && groups(account) > 0;
        return new Holding(
                person,
                account,
                identity(account, within),
                one(boundaries, within / 4),
                one(trusts, within / 2),
                grouped ? OptionalInt.of(within / 2 % GROUPS) : OptionalInt.empty());
    }

    private List<Integer> trusts(int account) {
        List<Integer> own = numbers(account, PolicyType.TRUST);
        return own.isEmpty() ? numbers(0, PolicyType.TRUST) : own;
    }

    private static OptionalInt one(List<Integer> numbers, int index) {
        return numbers.isEmpty() ? OptionalInt.empty() : OptionalInt.of(numbers.get(index % numbers.size()));
    }

    /** The numbers below {@code count}, without holding them. */
    private static List<Integer> upTo(int count) {
        return new AbstractList<>() {
            @Override
            public Integer get(int index) {
                return Objects.checkIndex(index, count);
            }

            @Override
            public int size() {
                return count;
            }
        };
    }

    /** Each policy has somebody; the first ones of an account and of the store are attached to many. */
    private List<Integer> identity(int account, int within) {
        if (profile == Profile.APPLICATIONS) {
            return upTo(policies);
        }
        List<Integer> chosen = new ArrayList<>();
        List<Integer> own = numbers(account, PolicyType.IDENTITY);
        int people = peopleOf(account);
        for (int i = within; i < own.size(); i += people) {
            chosen.add(own.get(i));
        }
        if (layout.shared()) {
            RandomNumbers random = RandomNumbers.ofCase(seed ^ SALT, (long) account * layout.people() + within);
            List<Integer> everywhere = numbers(0, PolicyType.IDENTITY);
            for (int i = random.between(1, 6); i > 0 && chosen.size() < MOST; i--) {
                List<Integer> from = random.chance(70) ? own : everywhere;
                Integer more = from.get(Ranks.zipf(random, from.size()));
                if (!chosen.contains(more)) {
                    chosen.add(more);
                }
            }
        }
        return chosen;
    }

    /** How many groups an account has. */
    int groups(int account) {
        return layout.shared() && numbers(account, PolicyType.IDENTITY).size() >= 2 * GROUPS ? GROUPS : 0;
    }

    /** The ARN of a group. */
    String group(int account, int group) {
        return "arn:aws:iam::" + Account.id(seed, account) + ":group/" + (group == 0 ? "developers" : "administrators");
    }

    /** Numbers of a group's policies. */
    List<Integer> groupPolicies(int account, int group) {
        List<Integer> own = numbers(account, PolicyType.IDENTITY);
        return List.of(own.get(group), own.get(GROUPS + group));
    }
}
