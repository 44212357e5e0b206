package dev.portcullis.store;

import java.util.Optional;

/**
 * The ARN of a user, group or role, taken apart: {@code arn:PARTITION:iam::ACCOUNT:KIND/PATH/NAME}.
 *
 * @param partition {@code aws}, {@code aws-cn} …
 * @param account 12 digits
 * @param path between slashes, {@code /} when there is none
 * @param name the last part
 */
record IamArn(String partition, String account, String path, String name) {

    private static final int PATH_UNITS = 512;

    /** Takes apart what {@link #problem} has nothing against. */
    static IamArn of(String text) {
        String[] fields = Arns.fields(text);
        String rest = fields[5];
        return new IamArn(
                fields[1],
                fields[4],
                rest.substring(rest.indexOf('/'), rest.lastIndexOf('/') + 1),
                rest.substring(rest.lastIndexOf('/') + 1));
    }

    /** What keeps {@code text} from being the ARN of such a thing. */
    static Optional<String> problem(String text, IdentityKind kind) {
        Optional<String> malformed = Arns.problem(text);
        if (malformed.isPresent()) {
            return malformed;
        }
        String[] fields = Arns.fields(text);
        String rest = fields[5];
        if (fields[2].equals("sts")) {
            return Optional.of("it names a session, not a " + kind.word());
        }
        if (!fields[2].equals("iam")) {
            return Optional.of("its service is " + Quoted.of(fields[2]) + ", not `iam`");
        }
        if (!fields[3].isEmpty()) {
            return Optional.of("ARNs of IAM have no region");
        }
        if (!Arns.isAccount(fields[4])) {
            return Optional.of("its account " + Quoted.of(fields[4]) + " is not 12 digits");
        }
        if (rest.equals("root")) {
            return Optional.of("it names an account's root user, which has no attached policies");
        }
        if (!rest.startsWith(kind.word() + "/")) {
            return Optional.of("it does not name a " + kind.word());
        }
        String path = rest.substring(rest.indexOf('/'), rest.lastIndexOf('/') + 1);
        if (!isPath(path)) {
            return Optional.of("its path " + Quoted.of(path) + " is not a path of IAM");
        }
        String name = rest.substring(rest.lastIndexOf('/') + 1);
        if (!isName(name, kind.nameUnits())) {
            return Optional.of("its name " + Quoted.of(name) + " is not 1 to " + kind.nameUnits()
                    + " letters, digits or any of `_+=,.@-`");
        }
        return Optional.empty();
    }

    /** Whether IAM takes {@code name} as the name of something. */
    static boolean isName(String name, int longest) {
        if (name.isEmpty() || name.length() > longest) {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (!Arns.isLetterOrDigit(c) && "_+=,.@-".indexOf(c) < 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean isPath(String path) {
        return path.length() <= PATH_UNITS && path.chars().allMatch(c -> c > ' ' && c < 0x7F);
    }
}
