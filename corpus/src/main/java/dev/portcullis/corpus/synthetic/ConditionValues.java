package dev.portcullis.corpus.synthetic;

import dev.portcullis.corpus.generate.RandomNumbers;
import dev.portcullis.policy.ConditionOperator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Values that a condition key may have, in policies and in requests. Stateless. */
final class ConditionValues {

    static final List<String> SERVICES = List.of(
            "qbusiness.amazonaws.com",
            "q.amazonaws.com",
            "lambda.amazonaws.com",
            "cloudformation.amazonaws.com",
            "ec2.amazonaws.com",
            "ecs-tasks.amazonaws.com",
            "sagemaker.amazonaws.com",
            "glue.amazonaws.com",
            "athena.amazonaws.com",
            "events.amazonaws.com",
            "s3.amazonaws.com",
            "bedrock.amazonaws.com",
            "states.amazonaws.com",
            "codebuild.amazonaws.com",
            "user-subscriptions.amazonaws.com");

    static final List<String> TAG_KEYS = List.of("team", "stage", "project", "owner", "cost-center", "application");

    private static final List<String> TYPES = List.of("User", "AssumedRole");
    private static final List<String> PLAIN = List.of(
            "standard",
            "GitPull",
            "ListRepositories",
            "private",
            "internal",
            "AWS/QBusiness",
            "AWS/Q",
            "v2",
            "default");

    private ConditionValues() {}

    /** A value without wildcards that suits the key and the operator. */
    static String exact(RandomNumbers random, String key, ConditionOperator operator, Account account) {
        String folded = key.toLowerCase(Locale.ROOT);
        return switch (operator.comparison().family()) {
            case ARN -> arn(random, folded, account);
            case NUMERIC -> Integer.toString(60 * random.between(1, 120));
            case DATE -> "20" + random.between(30, 39) + "-0" + random.between(1, 9) + "-01T00:00:00Z";
            case BOOL, NULL -> random.chance(70) ? "true" : "false";
            case IP -> Words.address(random, random.one(List.of(24, 25, 26, 28)));
            case BINARY -> "cXVhcnRlcg==";
            case STRING -> text(random, key, folded, account);
        };
    }

    /** A value as one of the letters of {@code managed-shapes.txt} has it; anything longer is the value itself. */
    static String shaped(RandomNumbers random, String shape, String key, ConditionOperator operator, Account account) {
        if (shape.length() > 1) {
            return shape;
        }
        boolean arn = operator.comparison().family() == ConditionOperator.Family.ARN;
        return switch (shape.charAt(0)) {
            case 't' -> "true";
            case 'f' -> "false";
            case '0' -> "";
            case '*' -> "*";
            case 'p' -> exact(random, key, operator, account) + "*";
            case 's' -> "*" + (arn ? "/" : "-") + Words.word(random);
            case 'i' -> "*" + Words.word(random) + "*";
            case 'g' -> arn ? globArn(random, account) : glob(random, key, account);
            default -> exact(random, key, operator, account);
        };
    }

    private static String globArn(RandomNumbers random, Account account) {
        String name = Words.word(random);
        return random.chance(50)
                ? "arn:aws:qbusiness:*:" + account.id() + ":application/*" + name + "*"
                : "arn:aws:iam::*:role/" + name + "-*";
    }

    private static String glob(RandomNumbers random, String key, Account account) {
        String folded = key.toLowerCase(Locale.ROOT);
        if (isService(folded)) {
            String service = random.one(SERVICES);
            return service.substring(0, service.indexOf('.')) + ".*.amazonaws.com" + (random.chance(20) ? "*" : "");
        }
        if (folded.endsWith("arn")) {
            return globArn(random, account);
        }
        return Words.word(random) + "*-" + random.one(Words.STAGES) + (random.chance(50) ? "*" : "");
    }

    private static String text(RandomNumbers random, String key, String folded, Account account) {
        if (folded.contains("tag/")) {
            return tag(random, folded.substring(folded.lastIndexOf("tag/") + 4));
        }
        if (folded.endsWith("tagkeys")) {
            return random.one(TAG_KEYS);
        }
        if (folded.equals("kms:viaservice")) {
            String service = random.one(SERVICES);
            return service.substring(0, service.indexOf('.')) + "." + account.region(random) + ".amazonaws.com";
        }
        if (isService(folded)) {
            return random.one(SERVICES);
        }
        return identity(random, folded, account).orElseGet(() -> plain(random, key));
    }

    private static Optional<String> identity(RandomNumbers random, String folded, Account account) {
        if (folded.endsWith("orgid") || folded.endsWith("organizationid")) {
            return Optional.of(account.organization());
        }
        if (folded.endsWith("account") || folded.endsWith("accountid") || folded.endsWith("ec2:owner")) {
            return Optional.of(account.id());
        }
        if (folded.endsWith("region")) {
            return Optional.of(account.region(random));
        }
        if (folded.endsWith("sourcevpce")) {
            return Optional.of("vpce-" + Words.hex(random, 17));
        }
        if (folded.endsWith("sourcevpc")) {
            return Optional.of("vpc-" + Words.hex(random, 17));
        }
        if (folded.endsWith("arn") || folded.endsWith("boundary")) {
            return Optional.of(arn(random, folded, account));
        }
        return folded.equals("aws:principaltype") ? Optional.of(random.one(TYPES)) : Optional.empty();
    }

    private static String plain(RandomNumbers random, String key) {
        String service =
                key.indexOf(':') < 0 ? "" : key.substring(0, key.indexOf(':')).toLowerCase(Locale.ROOT);
        if (key.toLowerCase(Locale.ROOT).endsWith("action")
                && ServiceReference.get().contains(service)) {
            return ServiceReference.get().service(service).action(random).name();
        }
        return random.chance(40) ? random.one(PLAIN) : Words.name(random);
    }

    /** A tag's value. */
    static String tag(RandomNumbers random, String key) {
        return switch (key) {
            case "team" -> Words.TEAMS.get(Ranks.zipf(random, Words.TEAMS.size()));
            case "stage" -> random.one(Words.STAGES);
            case "cost-center" -> Integer.toString(random.between(1000, 1040));
            default -> Words.word(random);
        };
    }

    private static boolean isService(String folded) {
        return folded.endsWith("service")
                || folded.endsWith("servicename")
                || folded.contains("servicenames")
                || folded.endsWith("serviceprincipal")
                || folded.endsWith("managedby")
                || folded.contains(":calledvia");
    }

    private static String arn(RandomNumbers random, String folded, Account account) {
        if (folded.endsWith("sourcearn")) {
            return "arn:aws:qbusiness:" + account.region(random) + ":" + account.id() + ":application/"
                    + account.application(random);
        }
        if (folded.endsWith("policyarn")) {
            return "arn:aws:iam::aws:policy/AmazonQ" + Words.capital(Words.word(random));
        }
        return "arn:aws:iam::" + account.id() + ":role/" + Words.name(random);
    }
}
