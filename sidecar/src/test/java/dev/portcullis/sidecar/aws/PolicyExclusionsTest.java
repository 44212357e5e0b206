package dev.portcullis.sidecar.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.Store;
import dev.portcullis.sidecar.aws.Api.Answer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@code PolicyExclusionList}. Names, policies and expectations are those of live captures (principal_exclude_…,
 * principal_extra_…, principal_dual_use_…), but for the wildcards of ARNs and folders' policies.
 */
class PolicyExclusionsTest {

    private static final String ACCOUNT = "arn:aws:iam::" + Api.ACCOUNT + ":";
    private static final String USER = ACCOUNT + "user/simulation/extra-user";
    private static final String MANAGED = ACCOUNT + "policy/simulation/extra-managed";
    private static final String OF_AWS = "arn:aws:iam::aws:policy/ReadOnlyAccess";

    private static String allow(String action) {
        return "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"" + action
                + "\",\"Resource\":\"*\"}]}";
    }

    /** Managed allows GetObject, inline PutObject, AWS's GetObjectAcl, the group's inline DeleteObject, the folder's ListBucket. */
    private static Store store(String... boundary) {
        return Store.builder()
                .policy(MANAGED, allow("s3:GetObject"))
                .policy("user/extra-user/ExtraInline", allow("s3:PutObject"))
                .policy(OF_AWS, allow("s3:GetObjectAcl"))
                .policy("group/extra-group/GroupInline", allow("s3:DeleteObject"))
                .policy("of-folder", allow("s3:ListBucket"))
                .group(ACCOUNT + "group/simulation/extra-group", "group/extra-group/GroupInline")
                .user(USER, user -> {
                    user.attach(MANAGED, "user/extra-user/ExtraInline", OF_AWS, "of-folder")
                            .group(ACCOUNT + "group/simulation/extra-group");
                    List.of(boundary).forEach(user::boundary);
                })
                .build();
    }

    private static Map<String, String> form() {
        Map<String, String> form = Api.iam("SimulatePrincipalPolicy");
        form.put("PolicySourceArn", USER);
        Api.list(
                form,
                "ActionNames",
                List.of("s3:GetObject", "s3:PutObject", "s3:GetObjectAcl", "s3:DeleteObject", "s3:ListBucket"));
        Api.list(form, "ResourceArns", List.of("arn:aws:s3:::stackd-simulation/a"));
        return form;
    }

    private static Map<String, String> without(Map<String, String> form, int number, String member, String value) {
        form.put("PolicyExclusionList.member." + number + "." + member, value);
        return form;
    }

    private static Map<String, String> withoutInline(String name, String type, String owner) {
        String inline = "InlinePolicyIdentifier.";
        Map<String, String> form = without(form(), 1, inline + "PolicyName", name);
        without(form, 1, inline + "AttachmentType", type);
        return without(form, 1, inline + "AttachmentName", owner);
    }

    /** The first letters of the policies that still allow: managed, inline, AWS's, group's, folder's. */
    private static String allowed(Answer answer) {
        assertThat(answer.status()).as(answer.root().getTextContent()).isEqualTo(200);
        List<String> decisions = answer.texts("SimulatePrincipalPolicyResult/EvaluationResults/member/EvalDecision");
        assertThat(decisions).hasSize(5).isSubsetOf("allowed", "implicitDeny");
        StringBuilder letters = new StringBuilder();
        for (int i = 0; i < decisions.size(); i++) {
            letters.append(decisions.get(i).equals("allowed") ? "miagf".charAt(i) : '-');
        }
        return letters.toString();
    }

    @Test
    void list_empty_everythingCounts() {
        assertThat(allowed(new Api(store()).ask(form()))).isEqualTo("miagf");
    }

    @ParameterizedTest
    @CsvSource({
        "user-managed,        -iag-",
        "inline,              m-a-f",
        "aws-managed,         mi-gf",
        "rcp,                 miagf",
        "scp,                 miagf",
        "permission-boundary, miagf"
    })
    void type_of_policiesOfThatTypeAreLeftOut(String type, String left) {
        assertThat(allowed(new Api(store()).ask(without(form(), 1, "PolicyType", type))))
                .isEqualTo(left);
    }

    /** Compared with the name's ARN without path: the policy's own full ARN leaves out nothing. */
    @ParameterizedTest
    @CsvSource({
        "arn:aws:iam::123456789012:policy/extra-managed,            -iagf",
        "arn:aws:iam::123456789012:policy/simulation/extra-managed, miagf",
        "arn:aws:iam::123456789012:policy/wrong-path/extra-managed, miagf",
        "arn:aws:iam::123456789012:policy/extra-managed-missing,    miagf",
        "arn:aws:iam::999999999999:policy/extra-managed,            miagf",
        "arn:aws:iam::aws:policy/extra-managed,                     miagf",
        "arn:aws:iam::aws:policy/ReadOnlyAccess,                    mi-gf",
        "arn:aws:iam::123456789012:policy/ReadOnlyAccess,           miagf",
        "arn:aws:iam::123456789012:policy/ExtraInline,              miagf",
        "arn:aws:iam::123456789012:policy/of-folder,                miag-",
        "arn:aws:iam::aws:policy/of-folder,                         miagf",
        "arn:aws:iam::123456789012:policy/extra-*,                  -iagf",
        "arn:aws:iam::123456789012:policy/*ed,                      -iagf",
        "arn:aws:iam::123456789012:policy/extra-manage?,            -iagf",
        "arn:aws:iam::123456789012:policy/extra-managed?,           miagf",
        "arn:aws:iam::123456789012:policy/*,                        -iag-"
    })
    void arn_managedPolicies_thoseOfTheName(String arn, String left) {
        assertThat(allowed(new Api(store()).ask(without(form(), 1, "PolicyArn", arn))))
                .isEqualTo(left);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "arn:aws:iam::123456789012:policy/*managed*",
                "arn:aws:iam::123456789012:policy/",
                "arn:aws:iam::123456789012:user/extra-user",
                "arn:aws:iam::12345678901?:policy/extra-managed",
                "arn:aws:s3:::extra-managed",
                "extra-managed"
            })
    void arn_noManagedPolicy_refused(String arn) {
        assertThat(new Api(store()).ask(without(form(), 1, "PolicyArn", arn)).error())
                .isEqualTo("InvalidInput: Invalid ARN provided in the request: " + arn);
    }

    @ParameterizedTest
    @CsvSource({
        "ExtraInline, user,  extra-user,  m-agf",
        "GroupInline, group, extra-group, mia-f",
        "ExtraInline, user,  extra*,      m-agf",
        "ExtraInline, user,  extra-use?,  m-agf",
        "ExtraInline, user,  ?xtra-*,     m-agf",
        "ExtraInline, user,  extra-group, miagf",
        "ExtraInline, group, extra-user,  miagf",
        "extrainline, user,  extra-user,  miagf"
    })
    void inline_nameAndOwner_thatPolicy(String name, String type, String owner, String left) {
        assertThat(allowed(new Api(store()).ask(withoutInline(name, type, owner))))
                .isEqualTo(left);
    }

    @ParameterizedTest
    @CsvSource({"Extra*, extra-user", "ExtraInlin?, extra-user", "ExtraInline, *extra*"})
    void inline_wildcardsThatAreNone_refused(String name, String owner) {
        assertThat(new Api(store()).ask(withoutInline(name, "user", owner)).error())
                .isEqualTo("InvalidInput: Invalid inline policy exclusion: policyName, attachmentType, and"
                        + " attachmentName are required");
    }

    @Test
    void inline_valuesOutsideOfTheModel_refused() {
        String field = "ValidationError: 1 validation error detected: Value '%s' at"
                + " 'policyExclusionList.1.member.inlinePolicyIdentifier.%s' failed to satisfy constraint: Member must satisfy ";
        Api api = new Api(store());
        assertThat(api.ask(withoutInline("*", "user", "extra-user")).error())
                .isEqualTo(field.formatted("*", "policyName") + "regular expression pattern: .*[\\w+=,.@-]+.*");
        assertThat(api.ask(withoutInline("ExtraInline", "user", "*")).error())
                .isEqualTo(field.formatted("*", "attachmentName") + "regular expression pattern: .*[\\w+=,.@-]+.*");
        assertThat(api.ask(withoutInline("ExtraInline", "bogus", "extra-user")).error())
                .isEqualTo(field.formatted("bogus", "attachmentType") + "enum value set: [user, role, group]");
        assertThat(api.ask(without(form(), 1, "InlinePolicyIdentifier.PolicyName", "ExtraInline"))
                        .error())
                .contains("inlinePolicyIdentifier.attachmentType", "Member must not be null");
    }

    @Test
    void type_unknown_refused() {
        assertThat(new Api(store())
                        .ask(without(form(), 1, "PolicyType", "bogus"))
                        .error())
                .isEqualTo("ValidationError: 1 validation error detected: Value 'bogus' at"
                        + " 'policyExclusionList.1.member.policyType' failed to satisfy constraint: Member must satisfy"
                        + " enum value set: [scp, permission-boundary, aws-managed, inline, user-managed, rcp]");
    }

    @Test
    void member_severalOrNone_refused() {
        Map<String, String> both = without(form(), 1, "PolicyType", "inline");
        assertThat(new Api(store()).ask(without(both, 1, "PolicyArn", OF_AWS)).status())
                .isEqualTo(400);
        assertThat(new Api(store()).ask(without(form(), 1, "Other", "x")).status())
                .isEqualTo(400);
    }

    @Test
    void list_several_allCount() {
        Map<String, String> form = without(form(), 1, "PolicyType", "inline");
        assertThat(allowed(new Api(store()).ask(without(form, 2, "PolicyArn", OF_AWS))))
                .isEqualTo("m---f");
    }

    @Test
    void type_inline_policiesOfTheRequestStay() {
        Map<String, String> form = without(form(), 1, "PolicyType", "inline");
        Api.list(form, "PolicyInputList", List.of(allow("s3:DeleteObject")));
        assertThat(allowed(new Api(store()).ask(form))).isEqualTo("m-agf");
    }

    /** One policy as permission and as boundary: only the type leaves out the boundary. */
    @ParameterizedTest
    @CsvSource({
        "PolicyType, rcp,                                             m----, true",
        "PolicyArn,  arn:aws:iam::123456789012:policy/extra-managed,  -----, true",
        "PolicyType, user-managed,                                    -----, true",
        "PolicyType, permission-boundary,                             miagf, false"
    })
    void boundary_exclusion_onlyByItsType(String member, String value, String left, boolean boundary) {
        Answer answer = new Api(store(MANAGED)).ask(without(form(), 1, member, value));
        assertThat(allowed(answer)).isEqualTo(left);
        assertThat(answer.first("SimulatePrincipalPolicy").has("PermissionsBoundaryDecisionDetail"))
                .isEqualTo(boundary);
    }

    @Test
    void boundary_excludedAndGiven_theGivenOneCounts() {
        Map<String, String> form = without(form(), 1, "PolicyType", "permission-boundary");
        Api.list(form, "PermissionsBoundaryPolicyInputList", List.of(allow("s3:PutObject")));
        assertThat(allowed(new Api(store(MANAGED)).ask(form))).isEqualTo("-i---");
    }

    @Test
    void scp_excluded_answerDoesNotSpeakOfOrganizations() {
        Api api = new Api(store());
        assertThat(api.ask(form()).first("SimulatePrincipalPolicy").has("OrganizationsDecisionDetail"))
                .isTrue();
        assertThat(api.ask(without(form(), 1, "PolicyType", "scp"))
                        .first("SimulatePrincipalPolicy")
                        .has("OrganizationsDecisionDetail"))
                .isFalse();
    }
}
