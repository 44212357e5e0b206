package dev.portcullis.corpus.synthetic;

import dev.portcullis.corpus.generate.RandomNumbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * An account of a synthetic store, and what its policies have in common.
 *
 * @param number its number in the store, from 0
 * @param id 12 digits; no two accounts of a store have the same
 * @param organization the organization's id
 * @param regions where it works, the main one first
 * @param applications ids of its Amazon Q Business applications
 * @param profiles ids of its Amazon Q Developer profiles
 * @param identityCenter id of its Identity Center instance
 * @param buckets names of its buckets
 * @param keys ids of its KMS keys
 */
record Account(
        int number,
        String id,
        String organization,
        List<String> regions,
        List<String> applications,
        List<String> profiles,
        String identityCenter,
        List<String> buckets,
        List<String> keys) {

    private static final long SALT = 0x6163636F756E7473L;
    private static final long ID_BITS = (1L << 39) - 1;
    private static final int APPROVED = 8;
    private static final long LEAST_ID = 100_000_000_000L;

    /** An account of a store. */
    static Account of(long seed, int number) {
        RandomNumbers random = RandomNumbers.ofCase(seed ^ SALT, number);
        List<String> regions = new ArrayList<>();
        for (int i = random.between(1, 3); i > 0; i--) {
            String region = Words.REGIONS.get(Ranks.zipf(random, random.chance(95) ? APPROVED : Words.REGIONS.size()));
            if (!regions.contains(region)) {
                regions.add(region);
            }
        }
        List<String> applications = new ArrayList<>();
        List<String> profiles = new ArrayList<>();
        List<String> buckets = new ArrayList<>();
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            applications.add(Words.uuid(random));
            profiles.add(Words.letters(random, 12).toUpperCase(Locale.ROOT));
            buckets.add(Words.name(random) + "-" + Words.hex(random, 6));
            keys.add(Words.uuid(random));
        }
        return new Account(
                number,
                id(seed, number),
                organization(seed),
                List.copyOf(regions),
                List.copyOf(applications),
                List.copyOf(profiles),
                "ssoins-" + Words.hex(random, 16),
                List.copyOf(buckets),
                List.copyOf(keys));
    }

    /** The id of a store's account: multiplying by an odd number is one-to-one on so many bits. */
    static String id(long seed, int number) {
        RandomNumbers random = new RandomNumbers(seed ^ SALT);
        long factor = random.next() | 1;
        long offset = random.next();
        return Long.toString(LEAST_ID + ((number * factor + offset) & ID_BITS));
    }

    /** The id of a store's organization. */
    static String organization(long seed) {
        return "o-" + Words.letters(new RandomNumbers(seed ^ SALT ^ 1), 10);
    }

    /** Where the organization lets it work. */
    List<String> approvedRegions() {
        return Stream.concat(Words.REGIONS.subList(0, APPROVED).stream(), regions.stream())
                .distinct()
                .toList();
    }

    /** One of its regions, mostly the main one. */
    String region(RandomNumbers random) {
        return regions.get(random.chance(70) ? 0 : random.below(regions.size()));
    }

    String application(RandomNumbers random) {
        return random.one(applications);
    }

    String profile(RandomNumbers random) {
        return random.one(profiles);
    }

    String bucket(RandomNumbers random) {
        return random.one(buckets);
    }

    String key(RandomNumbers random) {
        return random.one(keys);
    }
}
