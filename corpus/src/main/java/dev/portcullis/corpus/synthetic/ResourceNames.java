package dev.portcullis.corpus.synthetic;

import dev.portcullis.corpus.generate.RandomNumbers;
import dev.portcullis.corpus.synthetic.ServiceReference.Action;
import dev.portcullis.corpus.synthetic.ServiceReference.Service;
import java.util.Optional;

/** ARNs of an account's resources, whole or as patterns. Stateless. */
final class ResourceNames {

    private ResourceNames() {}

    /** The ARN of one resource. */
    static String exact(RandomNumbers random, String type, Account account) {
        return fill(random, type, account, 0);
    }

    /** An ARN with a wildcard in {@code stars} percent of the places where there may be one. */
    static String pattern(RandomNumbers random, String type, Account account, int stars) {
        return fill(random, type, account, stars);
    }

    /** A resource type that the action works on, else any of the service's; empty when it has none. */
    static Optional<String> type(RandomNumbers random, Service service, Optional<Action> action) {
        if (service.types().isEmpty()) {
            return Optional.empty();
        }
        return action.filter(one -> !one.types().isEmpty())
                .map(one -> service.types().get(random.one(one.types())))
                .or(() -> Optional.of(random.one(service.types())));
    }

    private static String fill(RandomNumbers random, String type, Account account, int stars) {
        String[] fields = type.split(":", 4);
        String region = fields[1].equals("$") ? (random.chance(stars) ? "*" : account.region(random)) : fields[1];
        String owner = fields[2].equals("$") ? (random.chance(stars) ? "*" : account.id()) : fields[2];
        StringBuilder arn = new StringBuilder("arn:aws:")
                .append(fields[0])
                .append(':')
                .append(region)
                .append(':')
                .append(owner)
                .append(':');
        name(random, fields[0], fields[3], account, stars, arn);
        return arn.toString();
    }

    private static void name(
            RandomNumbers random, String service, String name, Account account, int stars, StringBuilder arn) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c == '*' && stars == 0) {
                arn.append(Words.name(random));
            } else if (c != '$') {
                arn.append(c);
            } else if (random.chance(stars)) {
                arn.append(random.chance(60) ? "*" : Words.word(random) + "-*");
            } else {
                arn.append(id(random, service, name.substring(0, i), account));
            }
        }
    }

    /** What stands for the {@code $} after {@code before}. */
    private static String id(RandomNumbers random, String service, String before, Account account) {
        if (service.equals("s3") && before.isEmpty()) {
            return account.bucket(random);
        }
        if (before.endsWith("application/")) {
            return account.application(random);
        }
        if (before.endsWith("profile/")) {
            return account.profile(random);
        }
        if (service.equals("kms") && before.endsWith("key/")) {
            return account.key(random);
        }
        if (before.endsWith("instance/") && service.equals("sso")) {
            return account.identityCenter();
        }
        return Words.name(random);
    }
}
