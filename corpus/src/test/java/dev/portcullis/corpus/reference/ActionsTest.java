package dev.portcullis.corpus.reference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.Decision;
import dev.portcullis.policy.PolicyType;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Section 2 of the language's rules. */
class ActionsTest {

    private static boolean matches(String element, String action) {
        ReferencePolicy policy = Scenes.identity("{`Effect`:`Allow`," + element + ",`Resource`:`*`}");
        return Scenes.decide(Scenes.reads().action(action).identityPolicies(List.of(policy))) == Decision.ALLOW;
    }

    @ParameterizedTest
    @CsvSource({
        // L30
        "S3:getobject,s3:GetObject,true",
        "IAM:*,iam:GetUser,true",
        // L31
        "iam:*AccessKey*,iam:UpdateAccessKey,true",
        "s3:GetObject?,s3:GetObject,false",
        "s3:GetObject,s3:GetObjectAcl,false",
        "s3:Get*,s3:PutObject,false",
        "s3:*,s3:,true",
        "s3:Get??ject,s3:GetObject,true",
        // L32
        "*,bedrock:InvokeModel,true",
        // L33, U6
        "*:*,s3:GetObject,true",
        "q*:List*,qbusiness:ListPlugins,true",
        "q:*,qbusiness:ChatSync,false",
        "?3:GetObject,s3:GetObject,true",
        "*:GetObject,s3:PutObject,false",
        // L28
        "' s3:GetObject',s3:GetObject,false",
        // Only ASCII letters fold: the Kelvin sign is no k.
        "\u212Ams:Encrypt,kms:Encrypt,false",
        "s3:Get*,s3:GetObject Now,true"
    })
    void action_pattern_matchesOrNot(String pattern, String action, boolean expected) {
        assertThat(matches("`Action`:`" + pattern + "`", action)).isEqualTo(expected);
        // L35
        assertThat(matches("`NotAction`:`" + pattern + "`", action)).isNotEqualTo(expected);
    }

    @Test
    void action_list_isAnOr() {
        // L34, L27
        assertThat(matches("`Action`:[`nosuch:Action`,`s3:GetObject`]", "s3:GetObject"))
                .isTrue();
        assertThat(matches("`Action`:[`nosuch:Action`,`s3:GetObject`]", "s3:PutObject"))
                .isFalse();
    }

    @Test
    void notAction_list_excludesEachEntry() {
        // L35
        assertThat(matches("`NotAction`:[`iam:*`,`organizations:*`]", "sqs:ListQueues"))
                .isTrue();
        assertThat(matches("`NotAction`:[`iam:*`,`organizations:*`]", "organizations:ListRoots"))
                .isFalse();
    }

    @Test
    void notAction_withDeny_grantsNothing() {
        // L36
        ReferencePolicy policy = Scenes.identity("{`Effect`:`Deny`,`NotAction`:`s3:*`,`Resource`:`*`}");
        assertThat(Scenes.decide(Scenes.reads().identityPolicies(List.of(policy))))
                .isEqualTo(Decision.IMPLICIT_DENY);
        assertThat(Scenes.decide(Scenes.reads().action("iam:CreateUser").identityPolicies(List.of(policy))))
                .isEqualTo(Decision.EXPLICIT_DENY);
    }

    @Test
    void action_variableInVersion2008_isText() {
        // L145: ${…} is text, and text with a dollar is no request's action.
        ReferencePolicy policy = Scenes.document(
                PolicyType.IDENTITY, "{`Statement`:{`Effect`:`Allow`,`Action`:`s3:${x}`,`Resource`:`*`}}");
        assertThat(Scenes.decide(Scenes.reads().action("s3:${x}").identityPolicies(List.of(policy))))
                .isEqualTo(Decision.ALLOW);
        assertThat(Scenes.decide(Scenes.reads().identityPolicies(List.of(policy))))
                .isEqualTo(Decision.IMPLICIT_DENY);
    }
}
