package dev.portcullis.corpus.synthetic;

import dev.portcullis.corpus.generate.RandomNumbers;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The users and roles of a store's accounts. Immutable. */
final class Population {

    /** Users and roles of a whole account. */
    static final int OF_ACCOUNT = 12;

    private static final long SALT = 0x70656F706C650000L;

    private final long seed;
    private final boolean roles;

    /** @param roles whether every other one is a role */
    Population(long seed, boolean roles) {
        this.seed = seed;
        this.roles = roles;
    }

    /**
     * A user or role.
     *
     * @param arn user ARN, or the role's
     * @param caller what a request names: the user's ARN, or that of a session of the role
     * @param role whether it is a role
     * @param uniqueId {@code AIDA…} or {@code AROA…}
     */
    record Person(String arn, String caller, boolean role, String uniqueId, Map<String, String> tags) {}

    /** The user or role of a number in an account. */
    Person person(int account, int number) {
        RandomNumbers random = RandomNumbers.ofCase(seed ^ SALT, (long) account * OF_ACCOUNT + number);
        String id = Account.id(seed, account);
        boolean role = roles && number % 2 == 0;
        String team = ConditionValues.tag(random, "team");
        String name = (role ? "q-" : "") + Words.word(random) + "-" + Words.hex(random, 4) + "-" + number;
        Map<String, String> tags = new TreeMap<>();
        if (random.chance(85)) {
            tags.put("team", team);
        }
        for (String key : ConditionValues.TAG_KEYS.subList(1, 5)) {
            if (random.chance(40)) {
                tags.put(key, ConditionValues.tag(random, key));
            }
        }
        String arn = "arn:aws:iam::" + id + (role ? ":role/" : ":user/") + team + "/" + name;
        String caller =
                role ? "arn:aws:sts::" + id + ":assumed-role/" + name + "/session-" + Words.hex(random, 6) : arn;
        String uniqueId = (role ? "AROA" : "AIDA") + Words.letters(random, 17).toUpperCase(Locale.ROOT);
        return new Person(arn, caller, role, uniqueId, tags);
    }
}
