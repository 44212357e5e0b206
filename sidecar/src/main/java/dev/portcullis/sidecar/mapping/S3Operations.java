package dev.portcullis.sidecar.mapping;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Which permission each of S3's operations needs: by method and sub-resource, as the service authorization reference says. */
final class S3Operations {

    /** On objects, by {@code METHOD sub-resource}; the sub-resource is empty for the object itself. */
    static final Map<String, String> OBJECT = Map.ofEntries(
            Map.entry("GET ", "GetObject"),
            Map.entry("HEAD ", "GetObject"),
            Map.entry("GET acl", "GetObjectAcl"),
            Map.entry("GET attributes", "GetObjectAttributes"),
            Map.entry("GET legal-hold", "GetObjectLegalHold"),
            Map.entry("GET retention", "GetObjectRetention"),
            Map.entry("GET tagging", "GetObjectTagging"),
            Map.entry("GET torrent", "GetObjectTorrent"),
            Map.entry("GET uploadId", "ListMultipartUploadParts"),
            Map.entry("PUT ", "PutObject"),
            Map.entry("PUT uploadId", "PutObject"),
            Map.entry("PUT acl", "PutObjectAcl"),
            Map.entry("PUT legal-hold", "PutObjectLegalHold"),
            Map.entry("PUT retention", "PutObjectRetention"),
            Map.entry("PUT tagging", "PutObjectTagging"),
            Map.entry("POST uploads", "PutObject"),
            Map.entry("POST uploadId", "PutObject"),
            Map.entry("POST restore", "RestoreObject"),
            Map.entry("POST select", "GetObject"),
            Map.entry("DELETE ", "DeleteObject"),
            Map.entry("DELETE tagging", "DeleteObjectTagging"),
            Map.entry("DELETE uploadId", "AbortMultipartUpload"));

    /** What {@code versionId} turns an object's permission into; others have no version. */
    static final Map<String, String> VERSION = Map.ofEntries(
            Map.entry("DeleteObject", "DeleteObjectVersion"),
            Map.entry("DeleteObjectTagging", "DeleteObjectVersionTagging"),
            Map.entry("GetObject", "GetObjectVersion"),
            Map.entry("GetObjectAcl", "GetObjectVersionAcl"),
            Map.entry("GetObjectAttributes", "GetObjectVersionAttributes"),
            Map.entry("GetObjectLegalHold", "GetObjectLegalHold"),
            Map.entry("GetObjectRetention", "GetObjectRetention"),
            Map.entry("GetObjectTagging", "GetObjectVersionTagging"),
            Map.entry("GetObjectTorrent", "GetObjectVersionTorrent"),
            Map.entry("PutObjectAcl", "PutObjectVersionAcl"),
            Map.entry("PutObjectLegalHold", "PutObjectLegalHold"),
            Map.entry("PutObjectRetention", "PutObjectRetention"),
            Map.entry("PutObjectTagging", "PutObjectVersionTagging"),
            Map.entry("RestoreObject", "RestoreObject"));

    /** On buckets, by {@code METHOD sub-resource}. */
    static final Map<String, String> BUCKET = bucket();

    /** Sub-resources of objects and buckets. */
    static final Set<String> SUB_RESOURCES = Set.of(
            "accelerate",
            "acl",
            "analytics",
            "attributes",
            "cors",
            "delete",
            "encryption",
            "intelligent-tiering",
            "inventory",
            "legal-hold",
            "lifecycle",
            "location",
            "logging",
            "metrics",
            "notification",
            "object-lock",
            "ownershipControls",
            "policy",
            "policyStatus",
            "publicAccessBlock",
            "replication",
            "requestPayment",
            "restore",
            "retention",
            "select",
            "tagging",
            "torrent",
            "uploadId",
            "uploads",
            "versioning",
            "versions",
            "website");

    /** Other parameters, which change nothing about the permission. */
    static final Set<String> PARAMETERS = Set.of(
            "continuation-token",
            "delimiter",
            "encoding-type",
            "fetch-owner",
            "id",
            "key-marker",
            "list-type",
            "marker",
            "max-buckets",
            "max-keys",
            "max-parts",
            "max-uploads",
            "part-number-marker",
            "partNumber",
            "prefix",
            "select-type",
            "start-after",
            "upload-id-marker",
            "version-id-marker",
            "versionId",
            "x-id");

    private S3Operations() {}

    private static Map<String, String> bucket() {
        Map<String, String> operations = new HashMap<>(Map.of(
                "GET ", "ListBucket",
                "HEAD ", "ListBucket",
                "GET versions", "ListBucketVersions",
                "GET uploads", "ListBucketMultipartUploads",
                "GET location", "GetBucketLocation",
                "GET policyStatus", "GetBucketPolicyStatus",
                "PUT ", "CreateBucket",
                "DELETE ", "DeleteBucket",
                "DELETE policy", "DeleteBucketPolicy",
                "DELETE website", "DeleteBucketWebsite"));
        configuration(operations, "accelerate", "AccelerateConfiguration", false);
        configuration(operations, "acl", "BucketAcl", false);
        configuration(operations, "analytics", "AnalyticsConfiguration", true);
        configuration(operations, "cors", "BucketCORS", true);
        configuration(operations, "encryption", "EncryptionConfiguration", true);
        configuration(operations, "intelligent-tiering", "IntelligentTieringConfiguration", true);
        configuration(operations, "inventory", "InventoryConfiguration", true);
        configuration(operations, "lifecycle", "LifecycleConfiguration", true);
        configuration(operations, "logging", "BucketLogging", false);
        configuration(operations, "metrics", "MetricsConfiguration", true);
        configuration(operations, "notification", "BucketNotification", false);
        configuration(operations, "object-lock", "BucketObjectLockConfiguration", false);
        configuration(operations, "ownershipControls", "BucketOwnershipControls", true);
        configuration(operations, "policy", "BucketPolicy", false);
        configuration(operations, "publicAccessBlock", "BucketPublicAccessBlock", true);
        configuration(operations, "replication", "ReplicationConfiguration", true);
        configuration(operations, "requestPayment", "BucketRequestPayment", false);
        configuration(operations, "tagging", "BucketTagging", true);
        configuration(operations, "versioning", "BucketVersioning", false);
        configuration(operations, "website", "BucketWebsite", false);
        return Map.copyOf(operations);
    }

    /** @param deletable to delete it needs the permission to put it */
    private static void configuration(Map<String, String> operations, String name, String noun, boolean deletable) {
        operations.put("GET " + name, "Get" + noun);
        operations.put("PUT " + name, "Put" + noun);
        if (deletable) {
            operations.put("DELETE " + name, "Put" + noun);
        }
    }
}
