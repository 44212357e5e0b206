package dev.portcullis.sidecar.aws;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A user, group or role.
 *
 * @param arn its ARN
 * @param account 12 digits
 * @param kind {@code user}, {@code group} or {@code role}
 * @param name without its path
 */
record IamEntity(String arn, String account, String kind, String name) {

    private static final Pattern FORM =
            Pattern.compile("arn:aws[a-z-]*:iam::([0-9]{12}):(user|group|role)/(?:[!-~]*/)?([\\w+=,.@-]+)");

    /** Empty for any other ARN, also of sessions, federated users and root users. */
    static Optional<IamEntity> of(String arn) {
        Matcher matcher = FORM.matcher(arn);
        return matcher.matches()
                ? Optional.of(new IamEntity(arn, matcher.group(1), matcher.group(2), matcher.group(3)))
                : Optional.empty();
    }

    boolean isUser() {
        return kind.equals("user");
    }

    boolean isGroup() {
        return kind.equals("group");
    }
}
