package dev.portcullis.corpus.synthetic;

import dev.portcullis.corpus.generate.RandomNumbers;
import java.util.List;

/** Names, ids and addresses that look like real ones. Stateless. */
final class Words {

    static final List<String> REGIONS = List.of(
            "us-east-1",
            "eu-central-1",
            "us-west-2",
            "eu-west-1",
            "ap-southeast-2",
            "ap-northeast-1",
            "us-east-2",
            "ap-south-1",
            "eu-north-1",
            "ca-central-1",
            "sa-east-1",
            "eu-west-2");

    static final List<String> TEAMS = List.of(
            "platform", "payments", "data", "search", "mobile", "research", "security", "support", "finance", "q");

    static final List<String> STAGES = List.of("prod", "staging", "dev", "test");

    private static final List<String> SUBJECTS = List.of(
            "orders",
            "billing",
            "catalog",
            "ledger",
            "models",
            "assistant",
            "chat",
            "knowledge",
            "search",
            "telemetry",
            "reports",
            "archive",
            "pipeline",
            "portal",
            "warehouse",
            "inventory",
            "claims",
            "routing",
            "media",
            "events",
            "customization",
            "documents",
            "insights",
            "gateway",
            "profile",
            "backup",
            "batch",
            "stream",
            "audit",
            "tenant");

    private static final String HEX = "0123456789abcdef";
    private static final String LETTERS = "0123456789abcdefghijklmnopqrstuvwxyz";

    private Words() {}

    /** A name as people give one to a thing. */
    static String name(RandomNumbers random) {
        String subject = random.one(SUBJECTS);
        return switch (random.below(4)) {
            case 0 -> subject + "-" + random.one(STAGES) + "-" + hex(random, 4);
            case 1 -> random.one(TEAMS) + "-" + subject + "-" + random.below(1000);
            case 2 -> subject + "-" + hex(random, 8);
            default -> random.one(TEAMS) + "-" + subject + "-" + random.one(STAGES) + "-" + random.below(100);
        };
    }

    /** One plain word. */
    static String word(RandomNumbers random) {
        return random.one(SUBJECTS);
    }

    static String hex(RandomNumbers random, int digits) {
        return from(HEX, random, digits);
    }

    static String letters(RandomNumbers random, int count) {
        return from(LETTERS, random, count);
    }

    static String uuid(RandomNumbers random) {
        return hex(random, 8) + "-" + hex(random, 4) + "-4" + hex(random, 3) + "-a" + hex(random, 3) + "-"
                + hex(random, 12);
    }

    /** A public address; with {@code bits} fewer than 32 its network. */
    static String address(RandomNumbers random, int bits) {
        // 203.0.113.0/24 and 198.51.100.0/24 are for documentation, and so public enough.
        String network = random.chance(50) ? "203.0.113." : "198.51.100.";
        int last = random.below(256);
        return network + (bits == 32 ? last : last & -(1 << (32 - bits))) + (bits == 32 ? "" : "/" + bits);
    }

    /** Upper case for the first letter. */
    static String capital(String word) {
        return Character.toUpperCase(word.charAt(0)) + word.substring(1);
    }

    private static String from(String alphabet, RandomNumbers random, int count) {
        StringBuilder text = new StringBuilder(count);
        for (int i = 0; i < count; i++) {
            text.append(alphabet.charAt(random.below(alphabet.length())));
        }
        return text.toString();
    }
}
