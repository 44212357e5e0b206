package dev.portcullis.sidecar.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.Store;
import dev.portcullis.sidecar.page.Vocabulary.Kind;
import org.junit.jupiter.api.Test;

/** What questions can be made of. */
class VocabularyTest {

    private final Vocabulary vocabulary = new Vocabulary(Store.builder()
            .policy("own", """
                    {"Version": "2012-10-17", "Statement": [
                      {"Effect": "Allow", "Action": ["q:SendMessage", "Q:sendmessage", "q:List*"], "Resource": "*",
                       "Condition": {"StringEquals": {"aws:RequestedRegion": "us-east-1"}}},
                      {"Effect": "Deny", "Action": "s3:GetObject", "Resource": "*",
                       "Condition": {"Bool": {"AWS:requestedregion": "true", "aws:SecureTransport": "false"}}}]}""")
            .policy("bucket", """
                    {"Version": "2012-10-17", "Statement":
                      {"Effect": "Allow", "Principal": "*", "Action": "s3:ListBucket",
                       "Resource": "arn:aws:s3:::models"}}""")
            .user("arn:aws:iam::111122223333:user/alice", user -> user.attach("own"))
            .role("arn:aws:iam::111122223333:role/teams/q/dev", role -> {})
            .resource(new dev.portcullis.policy.GuardedResource(
                    "arn:aws:s3:::models",
                    "111122223333",
                    java.util.Optional.of("bucket"),
                    java.util.List.of(),
                    java.util.Map.of(),
                    java.util.Optional.empty()))
            .build());

    @Test
    void principals_usersAndSessionsOfRoles() {
        assertThat(vocabulary.find(Kind.PRINCIPAL, "", 10))
                .containsExactly(
                        "arn:aws:iam::111122223333:user/alice", "arn:aws:sts::111122223333:assumed-role/dev/session");
    }

    @Test
    void actions_spelledOut_eachOnce() {
        assertThat(vocabulary.find(Kind.ACTION, "", 10))
                .containsExactly("q:SendMessage", "s3:GetObject", "s3:ListBucket");
    }

    @Test
    void keys_eachOnce() {
        assertThat(vocabulary.find(Kind.KEY, "", 10)).containsExactly("aws:RequestedRegion", "aws:SecureTransport");
    }

    @Test
    void resources_ofTheStore() {
        assertThat(vocabulary.find(Kind.RESOURCE, "models", 10)).containsExactly("arn:aws:s3:::models");
    }
}
