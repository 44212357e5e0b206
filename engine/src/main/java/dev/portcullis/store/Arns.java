package dev.portcullis.store;

import dev.portcullis.policy.Limits;
import dev.portcullis.syntax.Shown;
import java.util.Optional;

/** The general shape of ARNs and account ids (rule L39). */
final class Arns {

    private static final int FIELDS = 6;

    private Arns() {}

    /**
     * Partition, service, region, account and the rest at 1 to 5, {@code arn} at 0; fewer when the text has fewer
     * fields.
     */
    static String[] fields(String text) {
        return text.split(":", FIELDS);
    }

    /** What keeps {@code text} from being an ARN, of whatever service. */
    static Optional<String> problem(String text) {
        if (text.length() > Limits.PATTERN_UNITS) {
            return Optional.of("it has more than " + Limits.PATTERN_UNITS + " characters");
        }
        if (!text.codePoints().allMatch(Shown::isPlain)) {
            return Optional.of("it contains a control character");
        }
        String[] fields = fields(text);
        if (!fields[0].equals("arn")) {
            return Optional.of("it does not begin with `arn:`");
        }
        if (fields.length < FIELDS) {
            return Optional.of("it has " + fields.length + " fields, not 6");
        }
        if (!isPartition(fields[1])) {
            return Optional.of("its partition " + Quoted.of(fields[1]) + " is not `aws` or `aws-…`");
        }
        if (!isService(fields[2])) {
            return Optional.of("its service " + Quoted.of(fields[2]) + " is not a lower-case name");
        }
        if (fields[5].isEmpty()) {
            return Optional.of("its last field is empty");
        }
        return Optional.empty();
    }

    /** Whether {@code text} is an account id: 12 digits. */
    static boolean isAccount(String text) {
        return text.length() == 12 && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    static boolean isLetterOrDigit(int c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    }

    /** Lower-case letters, digits and hyphens, at least one. */
    static boolean isLowerCaseWord(String text) {
        return !text.isEmpty()
                && text.chars().allMatch(c -> (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-');
    }

    private static boolean isPartition(String text) {
        return text.equals("aws") || (text.startsWith("aws-") && isLowerCaseWord(text));
    }

    private static boolean isService(String text) {
        return isLowerCaseWord(text);
    }
}
