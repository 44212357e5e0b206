package dev.portcullis.corpus.reference;

import dev.portcullis.corpus.reference.Caller.Kind;
import dev.portcullis.corpus.reference.Principals.Coverage;
import dev.portcullis.policy.AccessControlList;
import dev.portcullis.policy.AccessControlList.Grant;
import dev.portcullis.policy.AccessControlList.Permission;
import java.util.List;

/** What an access control list grants (rules E89 to E94). */
final class AclGrants {

    private static final List<String> READ_BUCKET =
            List.of("s3:listbucket", "s3:listbucketversions", "s3:listbucketmultipartuploads");
    private static final List<String> READ_OBJECT = List.of("s3:getobject", "s3:getobjectversion");
    private static final List<String> WRITE = List.of("s3:putobject");
    private static final List<String> READ_BUCKET_ACP = List.of("s3:getbucketacl");
    private static final List<String> READ_OBJECT_ACP = List.of("s3:getobjectacl", "s3:getobjectversionacl");
    private static final List<String> WRITE_BUCKET_ACP = List.of("s3:putbucketacl");
    private static final List<String> WRITE_OBJECT_ACP = List.of("s3:putobjectacl", "s3:putobjectversionacl");

    private AclGrants() {}

    /** How the list covers the caller for the request's action. */
    static Coverage of(Situation situation, Caller caller) {
        // E90: the list is off when ownership is enforced.
        if (situation.acl().isEmpty() || !situation.acl().get().enforced()) {
            return Coverage.NONE;
        }
        AccessControlList acl = situation.acl().get();
        Coverage coverage = Coverage.NONE;
        for (Grant grant : acl.grants()) {
            if (permits(grant.permission(), situation)) {
                coverage = coverage.or(grantee(grant.grantee(), acl, caller, situation));
            }
        }
        return coverage;
    }

    /** E89, E94: accounts and the three groups, never an account's users by themselves. */
    private static Coverage grantee(String grantee, AccessControlList acl, Caller caller, Situation situation) {
        return switch (grantee) {
            case "AllUsers" -> {
                if (acl.ignorePublic()) {
                    yield Coverage.NONE;
                }
                yield caller.kind() == Kind.ANONYMOUS ? Coverage.DIRECT : accountOf(caller);
            }
            case "AuthenticatedUsers" -> acl.ignorePublic() ? Coverage.NONE : accountOf(caller);
            case "LogDelivery" -> caller.text().equals("logging.s3.amazonaws.com") ? Coverage.DIRECT : Coverage.NONE;
            default -> {
                boolean account = grantee.equals(caller.account())
                        || situation
                                .facts()
                                .canonicalId()
                                .filter(grantee::equals)
                                .isPresent();
                yield account ? accountOf(caller) : Coverage.NONE;
            }
        };
    }

    private static Coverage accountOf(Caller caller) {
        return caller.isPrincipalOfAccount() ? Coverage.ACCOUNT : Coverage.NONE;
    }

    /** E92. */
    private static boolean permits(Permission permission, Situation situation) {
        String action = Letters.lowerAscii(situation.action());
        boolean object = ArnParts.of(situation.resource())
                .map(arn -> arn.resource().indexOf('/') >= 0)
                .orElse(false);
        return switch (permission) {
            case READ -> (object ? READ_OBJECT : READ_BUCKET).contains(action);
            case WRITE -> WRITE.contains(action);
            case READ_ACP -> (object ? READ_OBJECT_ACP : READ_BUCKET_ACP).contains(action);
            case WRITE_ACP -> (object ? WRITE_OBJECT_ACP : WRITE_BUCKET_ACP).contains(action);
            case FULL_CONTROL ->
                permits(Permission.READ, situation)
                        || permits(Permission.WRITE, situation)
                        || permits(Permission.READ_ACP, situation)
                        || permits(Permission.WRITE_ACP, situation);
        };
    }
}
