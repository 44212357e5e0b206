package dev.portcullis.sidecar.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.sidecar.aws.Api.Answer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Element;

/** Which resources actions take, as captured live (input_resources_…, input_action_groups_…, input_resource_format_…). */
class ActionResourcesTest {

    private static final String ALLOW_ALL =
            "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"}]}";
    private static final List<String> ACTIONS = List.of(
            "s3:GetObject",
            "s3:ListBucket",
            "s3:ListAllMyBuckets",
            "iam:GetUser",
            "iam:ListUsers",
            "iam:PassRole",
            "sts:GetCallerIdentity",
            "sts:AssumeRole",
            "sqs:SendMessage",
            "kms:Encrypt",
            "lambda:InvokeFunction",
            "ec2:DescribeInstances");
    private static final Api API = new Api();

    private static Answer ask(List<String> actions, String... resources) {
        Map<String, String> form = Api.custom(ALLOW_ALL);
        Api.list(form, "ActionNames", actions);
        Api.list(form, "ResourceArns", List.of(resources));
        return API.ask(form);
    }

    private static List<String> texts(Answer answer, String path) {
        return answer.texts("SimulateCustomPolicyResult/EvaluationResults/member/" + path);
    }

    @ParameterizedTest
    @CsvSource({
        "arn:aws:s3:::stackd-simulation/a,                                s3:GetObject s3:ListBucket",
        "arn:aws:s3:::stackd-a,                                           s3:GetObject s3:ListBucket",
        "arn:aws:iam::123456789012:user/one,                              iam:GetUser",
        "arn:aws:iam::123456789012:role/one,                              iam:PassRole sts:AssumeRole",
        "arn:aws:sqs:us-east-1:123456789012:one,                          sqs:SendMessage",
        "arn:aws:kms:us-east-1:123456789012:key/one,                      kms:Encrypt",
        "arn:aws:lambda:us-east-1:123456789012:function:one,              lambda:InvokeFunction",
        "arn:aws:ec2:us-east-1:123456789012:instance/i-00000000000000001, ''"
    })
    void simulateCustomPolicy_allowEverything_onlyWhatTheActionTakes(String resource, String allowed) {
        Answer answer = ask(ACTIONS, resource, resource);
        List<String> expected = ACTIONS.stream()
                .map(action -> List.of(allowed.split(" ")).contains(action) ? "allowed" : "implicitDeny")
                .toList();
        assertThat(texts(answer, "EvalDecision")).isEqualTo(expected);
        assertThat(texts(answer, "EvalResourceName"))
                .containsExactly(
                        "arn:aws:s3:::${BucketName}/${KeyName}",
                        "arn:aws:s3:::${BucketName}/${KeyName}",
                        "arn:aws:s3:::${BucketName}/${KeyName}",
                        "arn:aws:iam::${Account}:${ResourceType}/${ResourceName}",
                        "arn:aws:iam::${Account}:${ResourceType}/${ResourceName}",
                        "arn:aws:iam::${Account}:${ResourceType}/${ResourceName}",
                        "arn:aws:iam::${Account}:${RelativeId}",
                        "arn:aws:iam::${Account}:${RelativeId}",
                        "arn:aws:sqs:${Region}:${Account}:${QueueName}",
                        "arn:aws:kms:${Region}:${Account}:${ResourceType}/${Id}",
                        "arn:aws:lambda:${Region}:${Account}:${ResourceType}:${ResourceId}",
                        "arn:aws:ec2:${Region}:${Account}:${ResourceType}/${ResourcePath}");
    }

    @Test
    void simulateCustomPolicy_everyResource_everyActionTakesIt() {
        assertThat(texts(ask(ACTIONS, "*"), "EvalDecision")).containsOnly("allowed");
    }

    @ParameterizedTest
    @CsvSource({
        "arn:unknown:s3:::name,          allowed",
        "arn:aws:s3:region:account:name, allowed",
        "arn:aws:s3:::*,                 allowed",
        "arn:aws:iam::123456789012:user/fictional, implicitDeny"
    })
    void simulateCustomPolicy_oddArns_partitionRegionAndAccountDontCount(String resource, String decision) {
        assertThat(texts(ask(List.of("s3:GetObject"), resource), "EvalDecision"))
                .containsExactly(decision);
    }

    @ParameterizedTest
    @CsvSource({
        "ec2:RunInstances, arn:aws:ec2:us-east-1:123456789012:instance/i-0123456789abcdef0",
        "ec2:RunInstances, arn:aws:ec2:us-east-1::image/ami-0123456789abcdef0",
        "ec2:RunInstances, arn:aws:ec2:us-east-1:123456789012:volume/vol-0123456789abcdef0"
    })
    void takes_ofSeveralTypes_each(String action, String resource) {
        assertThat(ActionResources.takes(action, resource)).isTrue();
        assertThat(ActionResources.takes(action, resource.replaceAll("[^:/]*/", "x-$0")))
                .isFalse();
    }

    /** What isn't known as an action takes anything, and is named so. */
    @Test
    void simulateCustomPolicy_unknownActions_notChecked() {
        Answer answer = ask(
                List.of("s3:MadeUp", "madeup:Action"),
                "arn:aws:s3:::stackd-simulation/a",
                "arn:aws:s3:::stackd-simulation/b");
        assertThat(texts(answer, "EvalDecision")).containsExactly("allowed", "allowed");
        assertThat(texts(answer, "EvalResourceName")).containsExactly("*", "*");
    }

    @Test
    void simulateCustomPolicy_knownAndUnknownTogether_refusedUnlessOnEverything() {
        assertThat(ask(List.of("s3:GetObject", "s3:MadeUp", "iam:GetUser", "s3:*"), "arn:aws:s3:::b")
                        .error())
                .isEqualTo("InvalidInput: Invalid Input Actions: [s3:GetObject,iam:GetUser] and [s3:MadeUp,s3:*]"
                        + " require different authorization information. ");
        assertThat(texts(ask(List.of("s3:GetObject", "s3:MadeUp"), "*"), "EvalDecision"))
                .containsExactly("allowed", "allowed");
    }

    @Test
    void simulateCustomPolicy_otherPartitions_nameHasTheFirst() {
        Answer answer = ask(
                List.of("sqs:SendMessage", "iam:GetUser"),
                "arn:aws-cn:sqs:cn-north-1:123456789012:one",
                "arn:aws-us-gov:sqs:us-gov-west-1:123456789012:two");
        assertThat(texts(answer, "EvalDecision")).containsExactly("allowed", "implicitDeny");
        assertThat(texts(answer, "EvalResourceName"))
                .containsExactly(
                        "arn:aws-cn:sqs:${Region}:${Account}:${QueueName}",
                        "arn:aws-cn:iam::${Account}:${ResourceType}/${ResourceName}");
    }

    /** Captured: resource_handling_other_action, resource_handling_unknown, resource_handling_missing_EC2-VPC-EBS. */
    @Test
    void simulateCustomPolicy_resourceHandling_onlyOfActionsThatHaveIt() {
        Map<String, String> form = Api.custom(ALLOW_ALL);
        form.put("ResourceHandlingOption", "EC2-VPC-EBS");
        assertThat(texts(API.ask(form), "EvalDecision")).as("on everything").containsExactly("allowed");
        Api.list(form, "ResourceArns", List.of("arn:aws:s3:::stackd-simulation/a"));
        assertThat(API.ask(form).error())
                .isEqualTo("InvalidInput: Invalid input resource handling options. Action does not support resource"
                        + " handling options: s3:GetObject. Please refer to the documentation for more details:"
                        + " https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulateCustomPolicy.html");
        Api.list(form, "ActionNames", List.of("ec2:RunInstances"));
        Api.list(form, "ResourceArns", List.of("arn:aws:ec2:us-east-1:123456789012:instance/i-0123456789abcdef0"));
        assertThat(texts(API.ask(form), "EvalDecision")).containsExactly("allowed");
    }

    /** Also one resource has its own result, everything hasn't. */
    @Test
    void simulateCustomPolicy_oneResource_ownResult() {
        Answer one = ask(List.of("s3:GetObject"), "arn:aws:s3:::b/k");
        assertThat(texts(one, "EvalResourceName")).containsExactly("arn:aws:s3:::b/k");
        List<Element> specific =
                one.elements("SimulateCustomPolicyResult/EvaluationResults/member/ResourceSpecificResults/member");
        assertThat(specific).hasSize(1);
        assertThat(texts(one, "ResourceSpecificResults/member/EvalResourceDecision"))
                .containsExactly("allowed");
        assertThat(texts(ask(List.of("s3:GetObject"), "*"), "ResourceSpecificResults"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "s3:$,         s3:b,        true",
        "s3:$,         s3:,         false",
        "s3:$/$,       s3:b/k,      true",
        "s3:$/$,       s3:b/,       false",
        "s3:$/$,       s3:/k,       false",
        "s3:$/$,       s3:b/k/l,    true",
        "x:a/$/b/$/c,  x:a/1/b/2/c, true",
        "x:a/$/b/$/c,  x:a/1/b//c,  false",
        "x:a/$/b/$/c,  x:a/1/b/2/d, false",
        "x:a/$/b,      x:a/b,       false",
        "x:a/$/b,      x:a/b/b,     true",
        "x:$-$,        x:a-b-c,     true",
        "iam:root,     iam:root,    true",
        "iam:root,     iam:roots,   false",
        "$:$:$,        ec2:a:b,     true"
    })
    void matches_pattern_oneCharacterAtLeast(String pattern, String text, boolean matches) {
        assertThat(ActionResources.matches(pattern, text)).isEqualTo(matches);
    }
}
