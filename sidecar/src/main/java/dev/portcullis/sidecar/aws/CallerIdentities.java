package dev.portcullis.sidecar.aws;

import dev.portcullis.Store;
import dev.portcullis.policy.IamRole;
import dev.portcullis.policy.IamUser;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Who a client says it is: the access key id of its {@code Authorization} header stands for a principal. Signatures are
 * not verified, so this is no authentication. Immutable.
 */
final class CallerIdentities {

    private static final Pattern CREDENTIAL = Pattern.compile("AWS4-HMAC-SHA256\\s.*?Credential=([^/,\\s]{1,128})/.*");
    private static final Pattern ARN = Pattern.compile("arn:aws[a-z-]*:(?:iam|sts)::([0-9]{12}):.+");
    private static final String NO_ACCOUNT = "000000000000";
    private static final String UNKNOWN_ID = "UNKNOWN";

    /**
     * A principal.
     *
     * @param account 12 digits
     * @param configured whether somebody said that the client is this one
     */
    record Identity(String arn, String account, boolean configured) {}

    private final Map<String, String> principals;
    private final Optional<String> standard;

    /**
     * @param principals ARNs by access key id
     * @param standard for every other client; empty: the root user of an account of the store
     * @throws IllegalArgumentException if one isn't the ARN of a principal of an account
     */
    CallerIdentities(Map<String, String> principals, Optional<String> standard) {
        this.principals = Map.copyOf(principals);
        this.standard = standard;
        principals.values().forEach(CallerIdentities::identity);
        standard.ifPresent(CallerIdentities::identity);
    }

    private static Identity identity(String arn) {
        return identity(arn, true);
    }

    private static Identity identity(String arn, boolean configured) {
        Matcher matcher = ARN.matcher(arn);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(arn + " is not the ARN of a principal");
        }
        return new Identity(arn, matcher.group(1), configured);
    }

    /** @param authorization the header; null when absent */
    Identity of(String authorization, Optional<Store> store) {
        if (authorization != null) {
            Matcher matcher = CREDENTIAL.matcher(authorization);
            if (matcher.matches() && principals.containsKey(matcher.group(1))) {
                return identity(principals.get(matcher.group(1)));
            }
        }
        return standard.isPresent()
                ? identity(standard.get())
                : identity("arn:aws:iam::" + anAccount(store) + ":root", false);
    }

    private static String anAccount(Optional<Store> store) {
        if (store.isEmpty()) {
            return NO_ACCOUNT;
        }
        for (Map<String, ?> principalsOfStore :
                List.of(store.get().users(), store.get().roles())) {
            for (String arn : principalsOfStore.keySet()) {
                return arn.split(":", 6)[4];
            }
        }
        return NO_ACCOUNT;
    }

    /** The unique id: the store's, an account's own for its root user, else a word that says it isn't known. */
    static String uniqueId(Identity identity, Optional<Store> store) {
        if (identity.arn().endsWith(":root")) {
            return identity.account();
        }
        return store.flatMap(s -> stored(identity.arn(), s)).orElse(UNKNOWN_ID);
    }

    private static Optional<String> stored(String arn, Store store) {
        IamUser user = store.users().get(arn);
        if (user != null) {
            return user.uniqueId();
        }
        IamRole role = store.roles().get(arn);
        if (role != null) {
            return role.uniqueId();
        }
        return store.roleOfSession(arn)
                .flatMap(IamRole::uniqueId)
                .map(id -> id + ":" + arn.substring(arn.lastIndexOf('/') + 1));
    }
}
