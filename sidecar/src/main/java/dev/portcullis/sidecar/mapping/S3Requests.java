package dev.portcullis.sidecar.mapping;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Requests to S3, the bucket in path or host name. Several permissions may be needed: a copy also reads its source, an
 * upload that sets an ACL or tags may also do that.
 *
 * @param hosts the service's names in lower case; {@code BUCKET.} before one is virtual-host style
 * @param partition of the ARNs
 */
record S3Requests(List<String> hosts, String partition) implements RequestKind {

    private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");

    /** Headers that are context keys with {@code s3:} before them. */
    private static final List<String> CONTEXT_HEADERS = List.of(
            "x-amz-acl",
            "x-amz-content-sha256",
            "x-amz-copy-source",
            "x-amz-grant-full-control",
            "x-amz-grant-read",
            "x-amz-grant-read-acp",
            "x-amz-grant-write",
            "x-amz-grant-write-acp",
            "x-amz-metadata-directive",
            "x-amz-server-side-encryption",
            "x-amz-server-side-encryption-aws-kms-key-id",
            "x-amz-server-side-encryption-customer-algorithm",
            "x-amz-storage-class",
            "x-amz-website-redirect-location");

    private static final Set<String> LISTS = Set.of("ListBucket", "ListBucketVersions", "ListBucketMultipartUploads");

    private record Recognized(List<Target> fixed) implements Pending {

        @Override
        public Map<String, String> captures() {
            return Map.of();
        }

        @Override
        public List<ContextRule> context() {
            return List.of();
        }

        @Override
        public List<Target> targets(Facts facts) {
            return fixed;
        }
    }

    /** Bucket and key; null where there is none. */
    private record Place(String bucket, String key) {

        private String arn(String partition) {
            return "arn:" + partition + ":s3:::" + bucket + (key == null ? "" : "/" + key);
        }
    }

    @Override
    public Pending recognize(Parts parts) throws MappingRefusal {
        Place place = place(parts.request().host(), parts.path());
        String method = parts.request().method();
        String sub = subResource(parts.query());
        if (place.bucket == null) {
            if (method.equals("GET") && sub.isEmpty()) {
                return new Recognized(List.of(Target.of("s3:ListAllMyBuckets", "*")));
            }
            throw MappingRefusal.invalid("S3 has no such operation without a bucket");
        }
        List<String> context = context(parts);
        return new Recognized(
                place.key == null
                        ? List.of(onBucket(method, sub, place, context, parts))
                        : onObject(method, sub, place, context, parts));
    }

    private Place place(String host, String path) throws MappingRefusal {
        PercentText.checkTarget(path);
        String name = Mapping.hostName(host);
        for (String own : hosts) {
            if (name.equals(own)) {
                int slash = path.indexOf('/', 1);
                String bucket = slash < 0 ? path.substring(1) : path.substring(1, slash);
                if (bucket.isEmpty()) {
                    if (path.length() > 1) {
                        throw MappingRefusal.invalid("the bucket has no name");
                    }
                    return new Place(null, null);
                }
                return place(bucket, slash < 0 ? "" : path.substring(slash + 1), bucket);
            }
        }
        for (String own : hosts) {
            if (name.endsWith("." + own)) {
                String bucket = name.substring(0, name.length() - own.length() - 1);
                return place(bucket, path.substring(1), bucket);
            }
        }
        throw MappingRefusal.invalid("the host isn't S3's");
    }

    private static Place place(String bucket, String rawKey, String name) throws MappingRefusal {
        if (!BUCKET.matcher(name).matches() || name.contains("..")) {
            throw MappingRefusal.invalid("the bucket's name isn't one");
        }
        return new Place(bucket, rawKey.isEmpty() ? null : key(rawKey));
    }

    /** The key, decoded once as S3 does; dot segments are refused, since gateways like to resolve them. */
    private static String key(String raw) throws MappingRefusal {
        String key = PercentText.decode(raw, "the key");
        for (String segment : key.split("/", -1)) {
            if (segment.equals(".") || segment.equals("..")) {
                throw MappingRefusal.invalid("the key holds a dot segment");
            }
        }
        return key;
    }

    private static String subResource(String query) throws MappingRefusal {
        String found = "";
        if (query.isEmpty()) {
            return found;
        }
        for (String parameter : query.split("&", -1)) {
            int equals = parameter.indexOf('=');
            String name = PercentText.decodeForm(equals < 0 ? parameter : parameter.substring(0, equals), "the query");
            if (S3Operations.SUB_RESOURCES.contains(name)) {
                if (!found.isEmpty()) {
                    throw MappingRefusal.invalid("the query names two sub-resources");
                }
                found = name;
            } else if (!S3Operations.PARAMETERS.contains(name)
                    && !name.isEmpty()
                    && !name.startsWith("response-")
                    && !name.toLowerCase(Locale.ROOT).startsWith("x-amz-")) {
                throw MappingRefusal.invalid("the query has a parameter that S3 doesn't have");
            }
        }
        return found;
    }

    private Target onBucket(String method, String sub, Place place, List<String> context, Parts parts)
            throws MappingRefusal {
        String action = S3Operations.BUCKET.get(method + " " + sub);
        if (action == null) {
            throw MappingRefusal.invalid("S3 has no such operation on a bucket, or its body says what it does");
        }
        if (LISTS.contains(action)) {
            for (String name : List.of("prefix", "delimiter", "max-keys")) {
                add(context, "s3:" + name, PercentText.parameter(parts.query(), name));
            }
        }
        return new Target("s3:" + action, place.arn(partition), context);
    }

    private List<Target> onObject(String method, String sub, Place place, List<String> context, Parts parts)
            throws MappingRefusal {
        String action = S3Operations.OBJECT.get(method + " " + sub);
        if (action == null) {
            throw MappingRefusal.invalid("S3 has no such operation on an object");
        }
        String version = PercentText.parameter(parts.query(), "versionId");
        if (version != null) {
            action = S3Operations.VERSION.get(action);
            if (action == null) {
                throw MappingRefusal.invalid("S3 has no such operation on a version");
            }
            add(context, "s3:VersionId", version);
        }
        List<Target> targets = new ArrayList<>();
        String arn = place.arn(partition);
        targets.add(new Target("s3:" + action, arn, context));
        GatewayRequest request = parts.request();
        switch (action) {
            case "GetObjectAttributes" -> targets.add(new Target("s3:GetObject", arn, context));
            case "GetObjectVersionAttributes" -> targets.add(new Target("s3:GetObjectVersion", arn, context));
            case "PutObject" -> addUpload(targets, arn, context, request);
            default -> {}
        }
        if (!method.equals("GET")
                && !request.headers("x-amz-bypass-governance-retention").isEmpty()) {
            targets.add(new Target("s3:BypassGovernanceRetention", arn, context));
        }
        return targets;
    }

    private void addUpload(List<Target> targets, String arn, List<String> context, GatewayRequest request)
            throws MappingRefusal {
        String source = one(request, "x-amz-copy-source");
        if (source != null) {
            targets.add(source(source));
        }
        boolean grants = !request.headers("x-amz-acl").isEmpty();
        for (String header : CONTEXT_HEADERS) {
            grants |= header.startsWith("x-amz-grant-")
                    && !request.headers(header).isEmpty();
        }
        if (grants) {
            targets.add(new Target("s3:PutObjectAcl", arn, context));
        }
        if (!request.headers("x-amz-tagging").isEmpty()) {
            targets.add(new Target("s3:PutObjectTagging", arn, context));
        }
        if (!request.headers("x-amz-object-lock-mode").isEmpty()
                || !request.headers("x-amz-object-lock-retain-until-date").isEmpty()) {
            targets.add(new Target("s3:PutObjectRetention", arn, context));
        }
        if (!request.headers("x-amz-object-lock-legal-hold").isEmpty()) {
            targets.add(new Target("s3:PutObjectLegalHold", arn, context));
        }
    }

    /** What a copy reads: {@code [/]BUCKET/KEY[?versionId=ID]}. */
    private Target source(String header) throws MappingRefusal {
        int question = header.indexOf('?');
        String path = question < 0 ? header : header.substring(0, question);
        String query = question < 0 ? "" : header.substring(question + 1);
        PercentText.checkTarget(path.startsWith("/") ? path : "/" + path);
        String bare = path.startsWith("/") ? path.substring(1) : path;
        int slash = bare.indexOf('/');
        if (slash < 0 || (!query.isEmpty() && !query.startsWith("versionId="))) {
            throw MappingRefusal.invalid("x-amz-copy-source names no object in a bucket");
        }
        String bucket = bare.substring(0, slash);
        Place place = place(bucket, bare.substring(slash + 1), bucket);
        if (place.key == null) {
            throw MappingRefusal.invalid("x-amz-copy-source names no object in a bucket");
        }
        if (query.isEmpty()) {
            return Target.of("s3:GetObject", place.arn(partition));
        }
        return new Target(
                "s3:GetObjectVersion",
                place.arn(partition),
                List.of("s3:VersionId", PercentText.decode(query.substring("versionId=".length()), "the version")));
    }

    private static List<String> context(Parts parts) throws MappingRefusal {
        List<String> context = new ArrayList<>();
        for (String header : CONTEXT_HEADERS) {
            add(context, "s3:" + header, one(parts.request(), header));
        }
        return context;
    }

    private static void add(List<String> context, String key, String value) {
        if (value != null) {
            context.add(key);
            context.add(value);
        }
    }

    private static String one(GatewayRequest request, String header) throws MappingRefusal {
        List<String> values = request.headers(header);
        if (values.size() > 1) {
            throw MappingRefusal.invalid("header `" + header + "` is there twice");
        }
        return values.isEmpty() ? null : values.get(0);
    }
}
