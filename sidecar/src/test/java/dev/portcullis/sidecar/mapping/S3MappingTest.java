package dev.portcullis.sidecar.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests to S3. */
class S3MappingTest {

    @TempDir
    private Path folder;

    private Mappings mappings;

    @BeforeEach
    void load() throws Exception {
        Path file = Files.writeString(folder.resolve("s3.json"), """
                {"identity": [{"header": "x-user", "principal": "arn:aws:iam::111122223333:user/{value}"}],
                 "s3": {"hosts": ["s3.example.com"]}}""");
        mappings = new MappingSource(file).load();
    }

    private String map(AskedRequest request) throws MappingRefusal {
        return String.join(
                "; ",
                mappings.map(request, "").targets().stream()
                        .map(target -> target.action().substring(3) + " "
                                + target.resource().replace("arn:aws:s3:::", ""))
                        .toList());
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /, ListAllMyBuckets *",
        "GET, /models, ListBucket models",
        "GET, /models/, ListBucket models",
        "GET, /models?list-type=2&prefix=a, ListBucket models",
        "HEAD, /models, ListBucket models",
        "PUT, /models, CreateBucket models",
        "DELETE, /models, DeleteBucket models",
        "GET, /models?policy, GetBucketPolicy models",
        "PUT, /models?policy=, PutBucketPolicy models",
        "DELETE, /models?policy, DeleteBucketPolicy models",
        "DELETE, /models?cors, PutBucketCORS models",
        "GET, /models?versions, ListBucketVersions models",
        "GET, /models?uploads, ListBucketMultipartUploads models",
        "GET, /models/a/b, GetObject models/a/b",
        "HEAD, /models/a, GetObject models/a",
        "GET, /models/a//b, GetObject models/a//b",
        "GET, /models//a, GetObject models//a",
        "GET, /models/a%2Fb, GetObject models/a/b",
        "GET, /models/a%20b+c, GetObject models/a b+c",
        "GET, /models/a?versionId=v1, GetObjectVersion models/a",
        "GET, /models/a?acl, GetObjectAcl models/a",
        "GET, /models/a?acl&versionId=v1, GetObjectVersionAcl models/a",
        "GET, /models/a?attributes, GetObjectAttributes models/a; GetObject models/a",
        "PUT, /models/a, PutObject models/a",
        "PUT, /models/a?partNumber=1&uploadId=u, PutObject models/a",
        "PUT, /models/a?tagging, PutObjectTagging models/a",
        "POST, /models/a?uploads, PutObject models/a",
        "POST, /models/a?uploadId=u, PutObject models/a",
        "POST, /models/a?select&select-type=2, GetObject models/a",
        "DELETE, /models/a, DeleteObject models/a",
        "DELETE, /models/a?versionId=v1, DeleteObjectVersion models/a",
        "DELETE, /models/a?uploadId=u, AbortMultipartUpload models/a",
        "GET, /models/a?X-Amz-Signature=x&response-content-type=y&x-id=GetObject, GetObject models/a",
    })
    void operation_pathStyle_needsPermission(String method, String target, String expected) throws Exception {
        assertThat(map(AskedRequest.of(method, target).host("s3.example.com:9000")))
                .isEqualTo(expected);
        String[] parts = target.substring(1).split("(?=[/?])", 2);
        if (!parts[0].isEmpty()) {
            String rest = parts.length < 2 ? "/" : parts[1].startsWith("/") ? parts[1] : "/" + parts[1];
            assertThat(map(AskedRequest.of(method, rest).host(parts[0] + ".s3.example.com")))
                    .as("virtual-host style")
                    .isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//models/a",
                "/models/../secrets/a",
                "/models/%2e%2e/secrets/a",
                "/models/a/..%2f..%2fb",
                "/models/./a",
                "/models%2fa",
                "/MODELS/a",
                "/mo/a",
                "/a..b/c",
                "/models/a?acl&tagging",
                "/models/a?unknown",
                "/models/a?cors",
                "/models?uploadId=u",
                "/models/a%00",
                "/models/a%ff",
                "/models/a\\b"
            })
    void get_ambiguousOrUnknown_refused(String target) {
        assertThatThrownBy(() -> map(AskedRequest.of("GET", target).host("s3.example.com")))
                .isInstanceOf(MappingRefusal.class);
    }

    @Test
    void post_deleteSeveral_refused() {
        assertThatThrownBy(() -> map(AskedRequest.of("POST", "/models?delete").host("s3.example.com")))
                .isInstanceOf(MappingRefusal.class);
        assertThatThrownBy(() -> map(AskedRequest.of("POST", "/models").host("s3.example.com")))
                .isInstanceOf(MappingRefusal.class);
        assertThatThrownBy(() -> map(AskedRequest.of("GET", "/a").host("other.example.com")))
                .isInstanceOf(MappingRefusal.class);
    }

    @Test
    void put_copyWithAclAndTags_needsAllPermissions() throws Exception {
        assertThat(map(AskedRequest.of("PUT", "/models/a")
                        .host("s3.example.com")
                        .header("x-amz-copy-source", "/archive/old%20one?versionId=v7")
                        .header("x-amz-acl", "public-read")
                        .header("x-amz-tagging", "a=b")))
                .isEqualTo("PutObject models/a; GetObjectVersion archive/old one; PutObjectAcl models/a;"
                        + " PutObjectTagging models/a");
        for (String source : List.of("archive", "archive/", "../a/b", "archive/../b", "/a?x")) {
            assertThatThrownBy(() -> map(AskedRequest.of("PUT", "/models/a")
                            .host("s3.example.com")
                            .header("x-amz-copy-source", source)))
                    .as(source)
                    .isInstanceOf(MappingRefusal.class);
        }
    }

    @Test
    void list_prefix_isContext() throws Exception {
        MappedRequest mapped = mappings.map(
                AskedRequest.of("GET", "/models?list-type=2&prefix=home%2Falice%2F&max-keys=5")
                        .host("s3.example.com"),
                "");
        assertThat(mapped.targets().get(0).context()).containsExactly("s3:prefix", "home/alice/", "s3:max-keys", "5");
    }
}
