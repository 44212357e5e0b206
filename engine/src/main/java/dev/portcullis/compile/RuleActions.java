package dev.portcullis.compile;

import dev.portcullis.automaton.AccessControlGrants;
import dev.portcullis.automaton.ActionClasses;
import dev.portcullis.syntax.ResourceControlServices;
import java.util.List;
import java.util.Map;

/** The actions that the evaluation rules themselves name. */
final class RuleActions {

    private static final String GET_CALLER_IDENTITY = "sts:GetCallerIdentity";
    private static final String WEB_IDENTITY = "sts:AssumeRoleWithWebIdentity";
    private static final String RETIRE_GRANT = "kms:RetireGrant";

    /** What a caller from another account can do with a KMS key (rule E81): cryptographic operations and a few more. */
    private static final List<String> KMS_ACROSS_ACCOUNTS = List.of(
            "kms:Decrypt",
            "kms:DeriveSharedSecret",
            "kms:Encrypt",
            "kms:GenerateDataKey",
            "kms:GenerateDataKeyPair",
            "kms:GenerateDataKeyPairWithoutPlaintext",
            "kms:GenerateDataKeyWithoutPlaintext",
            "kms:GenerateMac",
            "kms:ReEncryptFrom",
            "kms:ReEncryptTo",
            "kms:Sign",
            "kms:Verify",
            "kms:VerifyMac",
            "kms:CreateGrant",
            "kms:DescribeKey",
            "kms:GetKeyRotationStatus",
            "kms:GetPublicKey",
            "kms:ListGrants",
            "kms:RevokeGrant");

    /** What each permission of an access control list covers (rule E92). */
    private static final Map<String, Integer> S3 = Map.ofEntries(
            Map.entry("s3:ListBucket", AccessControlGrants.READ_BUCKET),
            Map.entry("s3:ListBucketVersions", AccessControlGrants.READ_BUCKET),
            Map.entry("s3:ListBucketMultipartUploads", AccessControlGrants.READ_BUCKET),
            Map.entry("s3:GetObject", AccessControlGrants.READ_OBJECT),
            Map.entry("s3:GetObjectVersion", AccessControlGrants.READ_OBJECT),
            Map.entry("s3:PutObject", AccessControlGrants.WRITE),
            Map.entry("s3:GetBucketAcl", AccessControlGrants.READ_BUCKET_ACP),
            Map.entry("s3:GetObjectAcl", AccessControlGrants.READ_OBJECT_ACP),
            Map.entry("s3:GetObjectVersionAcl", AccessControlGrants.READ_OBJECT_ACP),
            Map.entry("s3:PutBucketAcl", AccessControlGrants.WRITE_BUCKET_ACP),
            Map.entry("s3:PutObjectAcl", AccessControlGrants.WRITE_OBJECT_ACP),
            Map.entry("s3:PutObjectVersionAcl", AccessControlGrants.WRITE_OBJECT_ACP));

    private RuleActions() {}

    /** Interns them first, so that they are always known and always first. */
    static void intern(Symbols symbols) {
        symbols.action(GET_CALLER_IDENTITY);
        symbols.action(WEB_IDENTITY);
        symbols.action(RETIRE_GRANT);
        KMS_ACROSS_ACCOUNTS.forEach(symbols::action);
        S3.keySet().stream().sorted().forEach(symbols::action);
        ResourceControlServices.prefixes().stream().sorted().forEach(symbols::service);
    }

    static ActionClasses classes(Symbols symbols) {
        int sts = symbols.service("sts");
        int kms = symbols.service("kms");
        byte[] stsClasses = new byte[symbols.place(GET_CALLER_IDENTITY) + 1];
        stsClasses[symbols.place(GET_CALLER_IDENTITY)] = ActionClasses.GET_CALLER_IDENTITY;
        byte[] kmsClasses = new byte[KMS_ACROSS_ACCOUNTS.size() + 1];
        for (String action : KMS_ACROSS_ACCOUNTS) {
            kmsClasses[symbols.place(action)] = ActionClasses.KMS_ACROSS_ACCOUNTS;
        }
        kmsClasses[symbols.place(RETIRE_GRANT)] = ActionClasses.KMS_RETIRE_GRANT;
        boolean[] resourceControl = new boolean[symbols.services.size()];
        for (String service : ResourceControlServices.prefixes()) {
            resourceControl[symbols.service(service)] = true;
        }
        return new ActionClasses(sts, symbols.place(WEB_IDENTITY), kms, stsClasses, kmsClasses, resourceControl);
    }

    /** What each S3 action does to a bucket or object, by its place. */
    static byte[] deeds(Symbols symbols) {
        byte[] deeds = new byte[S3.size()];
        S3.forEach((action, deed) -> deeds[symbols.place(action)] = deed.byteValue());
        return deeds;
    }
}
