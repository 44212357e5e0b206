package dev.portcullis.sidecar.aws;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a policy's name in the store says of it: {@code user/NAME/POLICY} is inline, an ARN or any other name managed.
 *
 * @param holder of an inline policy: {@code user}, {@code group} or {@code role}; empty for a managed one
 * @param holderName its name; empty for a managed one
 * @param account of a managed policy, {@code aws} for AWS's own; empty when not known
 * @param name the policy's own, without path
 */
record AttachedName(Optional<String> holder, String holderName, String account, String name) {

    private static final Pattern INLINE = Pattern.compile("(user|group|role)/([^/]+)/(?:inline/)?([^/]+)");
    private static final Pattern MANAGED =
            Pattern.compile("arn:aws[a-z-]*:iam::([0-9]{12}|aws):policy/(?:.*/)?([^/]+)");

    static AttachedName of(String stored) {
        Matcher inline = INLINE.matcher(stored);
        if (inline.matches()) {
            return new AttachedName(Optional.of(inline.group(1)), inline.group(2), "", inline.group(3));
        }
        Matcher managed = MANAGED.matcher(stored);
        return managed.matches()
                ? new AttachedName(Optional.empty(), "", managed.group(1), managed.group(2))
                : new AttachedName(Optional.empty(), "", "", stored);
    }

    /** What an answer calls it (rule S2). */
    String id() {
        return holder.map(kind -> kind + "_" + holderName + "_" + name).orElse(name);
    }
}
