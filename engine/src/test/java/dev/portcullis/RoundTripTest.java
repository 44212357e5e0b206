package dev.portcullis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.Policies.Reading;
import dev.portcullis.policy.Checks;
import dev.portcullis.policy.Diagnostic;
import dev.portcullis.policy.PolicyDocument;
import dev.portcullis.policy.PolicyType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Printing a document and reading it again changes nothing but spans. */
class RoundTripTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            IDENTITY | {"Statement": {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}}
            IDENTITY | {"Version": "2012-10-17", "Statement": [{"Sid": "A", "Effect": "Deny", "NotAction": ["iam:*", "s3:Get?"], "NotResource": "arn:aws:s3:::b/${aws:username, 'no one'}/${*}*"}]}
            IDENTITY | {"Version": "2008-10-17", "Statement": [{"Effect": "Deny", "Action": "*", "Resource": "arn:aws:s3:::b/${aws:username}"}]}
            IDENTITY | {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sqs:*", "Resource": ["arn:aws:sqs", "arn:aws:sqs:us-east-2"]}]}
            IDENTITY | {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": {}}]}
            IDENTITY | {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": {"Bool": {"aws:SecureTransport": true}, "NumericLessThan": {"s3:max-keys": [10, 1.5e3]}, "ForAllValues:StringLikeIfExists": {"aws:TagKeys": ["te?m", "*"]}, "Null": {"aws:TokenIssueTime": "false"}}}]}
            RESOURCE | {"Version": "2012-10-17", "Id": "my id", "Statement": [{"Effect": "Allow", "Principal": {"AWS": ["111122223333", "arn:aws:iam::111122223333:user/a"], "Service": "q.amazonaws.com", "CanonicalUser": "79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be"}, "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*"}]}
            RESOURCE | {"Version": "2012-10-17", "Statement": [{"Effect": "Deny", "NotPrincipal": {"AWS": ["arn:aws:iam::111122223333:root", "arn:aws:sts::111122223333:assumed-role/r/s", "arn:aws:iam::111122223333:role/r"]}, "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*"}, {"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*"}]}
            TRUST    | {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"Federated": "arn:aws:iam::111122223333:saml-provider/p"}, "Action": "sts:AssumeRoleWithSAML", "Condition": {"StringEquals": {"SAML:aud": "https://signin.aws.amazon.com/saml"}}}]}
            SERVICE_CONTROL | {"Version": "2012-10-17", "Statement": [{"Effect": "Deny", "NotAction": "iam:*", "Resource": "*", "Condition": {"ArnNotLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/${aws:PrincipalTag/r}"}}}]}
            RESOURCE_CONTROL | {"Version": "2012-10-17", "Statement": [{"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*", "Condition": {"StringNotEqualsIfExists": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}, "BoolIfExists": {"aws:PrincipalIsAWSService": "false"}}}]}
            VPC_ENDPOINT | {"Statement": [{"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"}]}
            """)
    void print_documentOfEveryType_readsBackEqual(PolicyType type, String text) {
        assertRoundTrip(type, text, Checks.NEW);
    }

    /** What AWS holds, but would refuse today (rules L18 to L20, L22). */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            IDENTITY | {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": [], "Resource": []}]}
            IDENTITY | {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "NotAction": [], "NotResource": []}]}
            IDENTITY | {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": {"ForAllValues:StringEquals": {"aws:TagKeys": []}}}]}
            RESOURCE | {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": [], "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*"}]}
            RESOURCE | {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"AWS": []}, "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*"}]}
            """)
    void print_storedDocument_readsBackEqual(PolicyType type, String text) {
        assertRoundTrip(type, text, Checks.STORED);
    }

    @Test
    void print_boundPlaceholders_areThere() {
        String text = "{\"Statement\": {\"Effect\": \"Allow\", \"Action\": \"s3:*\", \"Resource\": \"{{all}}\"}}";
        Reading reading = Policies.read("p", PolicyType.IDENTITY, text, Checks.NEW, Map.of("all", "*"));

        String printed = Policies.print(reading.document().orElseThrow());

        assertThat(printed).contains("\"Resource\": \"*\"");
        assertRoundTrip(PolicyType.IDENTITY, printed, Checks.NEW);
    }

    @Test
    void print_randomDocuments_readBackEqual() {
        SplittableRandom random = new SplittableRandom(17);
        for (int i = 0; i < 1_000; i++) {
            assertRoundTrip(PolicyType.IDENTITY, randomPolicy(random), Checks.NEW);
        }
    }

    private static String randomPolicy(SplittableRandom random) {
        List<String> statements = new ArrayList<>();
        for (int n = random.nextInt(1, 4); n > 0; n--) {
            String effect = random.nextBoolean() ? "Allow" : "Deny";
            String action = random.nextBoolean() ? "Action" : "NotAction";
            String resource = random.nextBoolean() ? "Resource" : "NotResource";
            String condition = random.nextInt(3) == 0 ? "" : ", \"Condition\": {" + conditions(random) + "}";
            statements.add("{\"Effect\": \"" + effect + "\", \"" + action + "\": "
                    + list(random, "s3:Get*", "q:?end\\u004dessage", "*", "iam:CreateUser") + ", \"" + resource + "\": "
                    + list(random, "*", "arn:aws:s3:::b/${aws:username}/*", "arn:aws:s3:::\\u00fc/${$}{", "arn:aws:s3")
                    + condition + "}");
        }
        String version = random.nextInt(4) == 0 ? "" : "\"Version\": \"2012-10-17\", ";
        return "{" + version + "\"Statement\": [" + String.join(",\n", statements) + "]}";
    }

    private static String conditions(SplittableRandom random) {
        String[] operators = {"StringLike", "StringNotEqualsIfExists", "ForAnyValue:StringEquals"};
        String[] keys = {"aws:RequestTag/a", "s3:prefix", "aws:RequestTag/ü"};
        List<String> conditions = new ArrayList<>();
        for (String operator : operators) {
            List<String> members = new ArrayList<>();
            for (String key : keys) {
                if (random.nextBoolean()) {
                    members.add("\"" + key + "\": "
                            + list(random, "a*", "\\\"\\\\\\n", "${k:e/y, 'd f'}", "\\ud83d\\ude00"));
                }
            }
            if (!members.isEmpty()) {
                conditions.add("\"" + operator + "\": {" + String.join(", ", members) + "}");
            }
        }
        return String.join(", ", conditions);
    }

    /** One entry without brackets, or some in a list. */
    private static String list(SplittableRandom random, String... entries) {
        if (random.nextInt(3) == 0) {
            return "\"" + entries[random.nextInt(entries.length)] + "\"";
        }
        List<String> chosen = new ArrayList<>();
        for (String entry : entries) {
            if (chosen.isEmpty() || random.nextBoolean()) {
                chosen.add("\"" + entry + "\"");
            }
        }
        return "[" + String.join(", ", chosen) + "]";
    }

    private static void assertRoundTrip(PolicyType type, String text, Checks checks) {
        PolicyDocument document = read(type, text, checks);
        String printed = Policies.print(document);
        PolicyDocument again = read(type, printed, checks);

        assertThat(Spanless.of(again)).as(text).isEqualTo(Spanless.of(document));
        assertThat(Policies.print(again)).isEqualTo(printed);
    }

    private static PolicyDocument read(PolicyType type, String text, Checks checks) {
        Reading reading = Policies.read("p", type, text, checks, Map.of());
        assertThat(reading.diagnostics()).as(text).noneMatch(Diagnostic::isError);
        return reading.document().orElseThrow();
    }
}
