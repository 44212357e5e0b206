package dev.portcullis.corpus.synthetic;

import dev.portcullis.corpus.generate.RandomNumbers;
import dev.portcullis.policy.GuardedResource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A resource that has a policy.
 *
 * @param service prefix of the actions on it
 * @param arn its ARN
 * @param covers pattern of what is in it; empty when nothing is
 * @param tags its tags
 */
record GuardedThing(String service, String arn, Optional<String> covers, Map<String, String> tags) {

    private static final long SALT = 0x7265736F75726365L;

    /** The resource that the policy of a number belongs to; no two of a store are the same. */
    static GuardedThing of(long seed, int number, Account account) {
        RandomNumbers random = RandomNumbers.ofCase(seed ^ SALT, number);
        String name = Words.word(random) + "-" + Words.hex(random, 4) + "-" + number;
        String where = account.region(random) + ":" + account.id() + ":";
        Map<String, String> tags = new TreeMap<>();
        for (String key : ConditionValues.TAG_KEYS.subList(0, 3)) {
            if (random.chance(50)) {
                tags.put(key, ConditionValues.tag(random, key));
            }
        }
        return switch (random.below(10)) {
            case 0, 1, 2, 3, 4 ->
                new GuardedThing("s3", "arn:aws:s3:::" + name, Optional.of("arn:aws:s3:::" + name + "/*"), tags);
            case 5, 6 ->
                new GuardedThing("kms", "arn:aws:kms:" + where + "key/" + Words.uuid(random), Optional.empty(), tags);
            case 7, 8 ->
                new GuardedThing(
                        "secretsmanager",
                        "arn:aws:secretsmanager:" + where + "secret:" + name + "-" + Words.letters(random, 6),
                        Optional.empty(),
                        tags);
            default -> new GuardedThing("sqs", "arn:aws:sqs:" + where + name, Optional.empty(), tags);
        };
    }

    /** Something that the policy is about: the resource, or a thing in it. */
    String instance(RandomNumbers random) {
        return covers.filter(pattern -> random.chance(70))
                .map(pattern -> pattern.replace("*", Words.word(random) + "/" + Words.hex(random, 8) + ".json"))
                .orElse(arn);
    }

    /** As a store takes it. */
    GuardedResource guarded(String account, String policy) {
        return new GuardedResource(
                arn, account, Optional.of(policy), covers.map(List::of).orElse(List.of()), tags, Optional.empty());
    }
}
