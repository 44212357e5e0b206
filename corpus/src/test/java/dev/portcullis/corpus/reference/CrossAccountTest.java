package dev.portcullis.corpus.reference;

import static dev.portcullis.corpus.reference.Scenes.ACCOUNT;
import static dev.portcullis.corpus.reference.Scenes.ALICE;
import static dev.portcullis.corpus.reference.Scenes.ALLOW_ALL;
import static dev.portcullis.corpus.reference.Scenes.ALLOW_NOTHING;
import static dev.portcullis.corpus.reference.Scenes.DENY_ALL;
import static dev.portcullis.corpus.reference.Scenes.FEDERATED;
import static dev.portcullis.corpus.reference.Scenes.KEY;
import static dev.portcullis.corpus.reference.Scenes.OBJECT;
import static dev.portcullis.corpus.reference.Scenes.OTHER_ACCOUNT;
import static dev.portcullis.corpus.reference.Scenes.ROLE;
import static dev.portcullis.corpus.reference.Scenes.ROOT;
import static dev.portcullis.corpus.reference.Scenes.SESSION;
import static dev.portcullis.corpus.reference.Scenes.allowTo;
import static dev.portcullis.corpus.reference.Scenes.aws;
import static dev.portcullis.corpus.reference.Scenes.boundary;
import static dev.portcullis.corpus.reference.Scenes.decide;
import static dev.portcullis.corpus.reference.Scenes.identity;
import static dev.portcullis.corpus.reference.Scenes.policy;
import static dev.portcullis.corpus.reference.Scenes.reads;
import static dev.portcullis.corpus.reference.Scenes.resource;
import static dev.portcullis.corpus.reference.Scenes.session;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.Decision;
import dev.portcullis.corpus.reference.Situation.Facts;
import dev.portcullis.policy.AccessControlList;
import dev.portcullis.policy.AccessControlList.Grant;
import dev.portcullis.policy.AccessControlList.Permission;
import dev.portcullis.policy.PolicyType;
import dev.portcullis.policy.Semantics;
import dev.portcullis.policy.Semantics.Point;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** E62 to E94: other accounts, trust and key policies, endpoints, access control lists. */
class CrossAccountTest {

    private static final String TARGET = "arn:aws:iam::111122223333:role/target";

    private static Situation.Builder abroad() {
        return reads().resource(OBJECT, OTHER_ACCOUNT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "111122223333",
                "arn:aws:iam::111122223333:root",
                "arn:aws:iam::111122223333:role/app",
                "arn:aws:sts::111122223333:assumed-role/app/s1",
                "*"
            })
    void otherAccount_bothSidesMustAllow(String named) {
        // E62 to E65
        Situation.Builder asks = abroad().principal(SESSION).resourcePolicy(resource(allowTo(aws(named))));
        assertThat(decide(asks)).isEqualTo(Decision.IMPLICIT_DENY);
        assertThat(decide(asks.identityPolicies(List.of(identity(ALLOW_ALL))))).isEqualTo(Decision.ALLOW);
        assertThat(decide(asks.boundaries(boundary(ALLOW_NOTHING)))).isEqualTo(Decision.IMPLICIT_DENY);
        assertThat(decide(asks.boundaries(boundary(ALLOW_ALL)).sessionPolicies(session(ALLOW_NOTHING))))
                .isEqualTo(Decision.IMPLICIT_DENY);
        assertThat(decide(asks.sessionPolicies(session(ALLOW_ALL)))).isEqualTo(Decision.ALLOW);
    }

    @Test
    void otherAccount_withoutResourcePolicy_isRefused() {
        // E65, E68, E69
        assertThat(decide(abroad().identityPolicies(List.of(identity(ALLOW_ALL)))))
                .isEqualTo(Decision.IMPLICIT_DENY);
        assertThat(decide(abroad().identityPolicies(List.of(identity(DENY_ALL)))
                        .resourcePolicy(resource(allowTo("`*`")))))
                .isEqualTo(Decision.EXPLICIT_DENY);
        assertThat(decide(abroad().resourcePolicy(resource(Scenes.denyTo("`*`")))))
                .isEqualTo(Decision.EXPLICIT_DENY);
    }

    @Test
    void otherAccount_partitionsDoNotMeet() {
        // E66
        Situation.Builder asks =
                abroad().identityPolicies(List.of(identity(ALLOW_ALL))).resourcePolicy(resource(allowTo("`*`")));
        assertThat(decide(asks)).isEqualTo(Decision.ALLOW);
        assertThat(decide(asks.resource("arn:aws-cn:s3:::data/k.txt", OTHER_ACCOUNT)))
                .isEqualTo(Decision.IMPLICIT_DENY);
    }

    @Test
    void otherAccount_rootUserHasWhatItsAccountHas() {
        // E67
        assertThat(decide(abroad().principal(ROOT).resourcePolicy(resource(allowTo(aws(ACCOUNT))))))
                .isEqualTo(Decision.ALLOW);
        assertThat(decide(abroad().principal(ROOT))).isEqualTo(Decision.IMPLICIT_DENY);
    }

    @Test
    void otherAccount_federatedUserNeedsASessionPolicy() {
        // E40, E64
        Situation.Builder asks = abroad().principal(FEDERATED)
                .identityPolicies(List.of(identity(ALLOW_ALL)))
                .resourcePolicy(resource(allowTo(aws(FEDERATED))));
        assertThat(decide(asks)).isEqualTo(Decision.IMPLICIT_DENY);
        assertThat(decide(asks.sessionPolicies(session(ALLOW_ALL)))).isEqualTo(Decision.ALLOW);
    }

    private static Situation.Builder assumes(String principal, String trusted) {
        Situation.Builder asks =
                reads().principal(principal).action("sts:AssumeRole").resource(TARGET, ACCOUNT);
        if (!trusted.isEmpty()) {
            asks.resourcePolicy(policy(
                    PolicyType.TRUST, "{`Effect`:`Allow`,`Principal`:" + trusted + ",`Action`:`sts:AssumeRole*`}"));
        }
        return asks;
    }

    @Test
    void trustPolicy_mustAllowItself() {
        // E13, E70, E71
        List<ReferencePolicy> admin = List.of(identity(ALLOW_ALL));
        assertThat(decide(assumes(ALICE, "").identityPolicies(admin))).isEqualTo(Decision.IMPLICIT_DENY);
        assertThat(decide(assumes(ALICE, aws(ACCOUNT)).identityPolicies(admin))).isEqualTo(Decision.ALLOW);
        assertThat(decide(assumes(ALICE, aws(ACCOUNT)))).isEqualTo(Decision.IMPLICIT_DENY);
        assertThat(decide(assumes(ALICE, aws(ALICE)))).isEqualTo(Decision.ALLOW);
        assertThat(decide(assumes(ROOT, ""))).isEqualTo(Decision.IMPLICIT_DENY);
        // E77
        assertThat(decide(assumes(ALICE, aws(ALICE)).action("sts:TagSession").identityPolicies(admin)))
                .isEqualTo(Decision.IMPLICIT_DENY);
        // Other services' actions on a role ask no trust policy.
        assertThat(decide(assumes(ALICE, "").action("iam:GetRole").identityPolicies(admin)))
                .isEqualTo(Decision.ALLOW);
    }

    @Test
    void trustPolicy_otherCallers() {
        // E72 to E75
        String eve = "arn:aws:iam::444455556666:user/eve";
        assertThat(decide(assumes(eve, aws(eve)))).isEqualTo(Decision.IMPLICIT_DENY);
        assertThat(decide(assumes(eve, aws(eve)).identityPolicies(List.of(identity(ALLOW_ALL)))))
                .isEqualTo(Decision.ALLOW);
        assertThat(decide(assumes(SESSION, aws(ROLE)).resource(ROLE, ACCOUNT))).isEqualTo(Decision.ALLOW);
        assertThat(decide(assumes("lambda.amazonaws.com", "{`Service`:`lambda.amazonaws.com`}")))
                .isEqualTo(Decision.ALLOW);
        assertThat(decide(assumes("ec2.amazonaws.com", "{`Service`:`lambda.amazonaws.com`}")))
                .isEqualTo(Decision.IMPLICIT_DENY);
        String okta = "arn:aws:iam::111122223333:saml-provider/Okta";
        assertThat(decide(assumes(okta, "{`Federated`:`" + okta + "`}").action("sts:AssumeRoleWithSAML")))
                .isEqualTo(Decision.ALLOW);
        assertThat(decide(assumes(okta, aws(ACCOUNT)).action("sts:AssumeRoleWithSAML")))
                .isEqualTo(Decision.IMPLICIT_DENY);
        String cognito = "cognito-identity.amazonaws.com";
        assertThat(decide(assumes(cognito, "{`Federated`:`" + cognito + "`}").action("sts:AssumeRoleWithWebIdentity")))
                .isEqualTo(Decision.ALLOW);
        assertThat(decide(assumes(cognito, "{`Service`:`" + cognito + "`}"))).isEqualTo(Decision.ALLOW);
    }

    @Test
    void keyPolicy_mustAllowItself() {
        // E13, E78 to E80, E82, E84
        Situation.Builder asks =
                reads().action("kms:Decrypt").resource(KEY, ACCOUNT).identityPolicies(List.of(identity(ALLOW_ALL)));
        assertThat(decide(asks)).isEqualTo(Decision.IMPLICIT_DENY);
        assertThat(decide(asks.resourcePolicy(resource(allowTo(aws(ACCOUNT)))))).isEqualTo(Decision.ALLOW);
        assertThat(decide(asks.identityPolicies(List.of()))).isEqualTo(Decision.IMPLICIT_DENY);
        assertThat(decide(asks.resourcePolicy(resource(allowTo(aws(ALICE)))))).isEqualTo(Decision.ALLOW);
        assertThat(decide(asks.identityPolicies(List.of(identity(DENY_ALL))))).isEqualTo(Decision.EXPLICIT_DENY);
        Situation.Builder root = reads().principal(ROOT).action("kms:Decrypt").resource(KEY, ACCOUNT);
        assertThat(decide(root)).isEqualTo(Decision.IMPLICIT_DENY);
        assertThat(decide(root.resourcePolicy(resource(allowTo(aws(ROOT)))))).isEqualTo(Decision.ALLOW);
        assertThat(decide(reads().action("kms:ListKeys")
                        .resource("*", ACCOUNT)
                        .identityPolicies(List.of(identity(ALLOW_ALL)))))
                .isEqualTo(Decision.ALLOW);
    }

    @ParameterizedTest
    @CsvSource({
        "kms:Decrypt,ALLOW",
        "kms:reencryptfrom,ALLOW",
        "kms:DeriveSharedSecret,ALLOW",
        "kms:GetPublicKey,ALLOW",
        "kms:ScheduleKeyDeletion,IMPLICIT_DENY",
        "kms:PutKeyPolicy,IMPLICIT_DENY",
        "kms:TagResource,IMPLICIT_DENY"
    })
    void keyPolicy_acrossAccounts_someActionsOnly(String action, Decision expected) {
        // E81
        assertThat(decide(reads().action(action)
                        .resource("arn:aws:kms:us-east-1:444455556666:key/1", OTHER_ACCOUNT)
                        .identityPolicies(List.of(identity(ALLOW_ALL)))
                        .resourcePolicy(resource(allowTo(aws(ACCOUNT))))))
                .isEqualTo(expected);
    }

    @Test
    void endpoint_isOneMoreGate() {
        // E85 to E87
        Situation.Builder asks = reads().identityPolicies(List.of(identity(ALLOW_ALL)));
        assertThat(decide(asks.endpointPolicies(List.of(policy(PolicyType.VPC_ENDPOINT, allowTo(aws(ALICE)))))))
                .isEqualTo(Decision.ALLOW);
        assertThat(decide(asks.endpointPolicies(List.of(policy(PolicyType.VPC_ENDPOINT, allowTo(aws(ROLE)))))))
                .isEqualTo(Decision.IMPLICIT_DENY);
        assertThat(decide(asks.endpointPolicies(
                        List.of(policy(PolicyType.VPC_ENDPOINT, Scenes.denyTo("`*`"), allowTo("`*`"))))))
                .isEqualTo(Decision.EXPLICIT_DENY);
        Situation.Builder nothing = reads().endpointPolicies(List.of(policy(PolicyType.VPC_ENDPOINT, allowTo("`*`"))));
        assertThat(decide(nothing)).isEqualTo(Decision.IMPLICIT_DENY);
        Situation.Builder anonymous = reads().principal("anonymous")
                .resourcePolicy(resource(allowTo("`*`")))
                .endpointPolicies(List.of(policy(PolicyType.VPC_ENDPOINT, allowTo(aws(ACCOUNT)))));
        assertThat(decide(anonymous)).isEqualTo(Decision.IMPLICIT_DENY);
    }

    @Test
    void endpoint_accountPrincipal_followsTheSetting() {
        // E86
        Semantics gateway = Semantics.defaults().with(Point.ENDPOINT_ACCOUNT_COVERS_ITS_PRINCIPALS, false);
        Situation.Builder asks = reads().identityPolicies(List.of(identity(ALLOW_ALL)))
                .endpointPolicies(List.of(policy(PolicyType.VPC_ENDPOINT, allowTo(aws(ACCOUNT)))));
        assertThat(decide(asks)).isEqualTo(Decision.ALLOW);
        assertThat(decide(asks.semantics(gateway))).isEqualTo(Decision.IMPLICIT_DENY);
        assertThat(decide(asks.principal(ROOT))).isEqualTo(Decision.ALLOW);
    }

    private static AccessControlList acl(String grantee, Permission permission) {
        return new AccessControlList(List.of(new Grant(grantee, permission)), true, false);
    }

    @Test
    void acl_grantsToOtherAccounts() {
        // E89, E92, E93
        Situation.Builder asks = abroad().identityPolicies(List.of(identity(ALLOW_ALL)));
        assertThat(decide(asks.acl(acl(ACCOUNT, Permission.READ)))).isEqualTo(Decision.ALLOW);
        assertThat(decide(asks.acl(acl(ACCOUNT, Permission.WRITE)))).isEqualTo(Decision.IMPLICIT_DENY);
        assertThat(decide(asks.acl(acl(OTHER_ACCOUNT, Permission.READ)))).isEqualTo(Decision.IMPLICIT_DENY);
        assertThat(decide(abroad().acl(acl(ACCOUNT, Permission.READ)))).isEqualTo(Decision.IMPLICIT_DENY);
        assertThat(decide(asks.acl(acl("79a5", Permission.READ))
                        .facts(new Facts(
                                Optional.empty(),
                                false,
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.of("79a5"),
                                false))))
                .isEqualTo(Decision.ALLOW);
        assertThat(decide(asks.resourcePolicy(resource(Scenes.denyTo("`*`"))))).isEqualTo(Decision.EXPLICIT_DENY);
        // Same account: adds nothing.
        assertThat(decide(reads().acl(acl(ACCOUNT, Permission.READ)))).isEqualTo(Decision.IMPLICIT_DENY);
    }

    @Test
    void acl_grantsToGroups() {
        // E89, E90, E94
        Situation.Builder anonymous = reads().principal("anonymous");
        assertThat(decide(anonymous.acl(acl("AllUsers", Permission.READ)))).isEqualTo(Decision.ALLOW);
        assertThat(decide(anonymous.acl(acl("AuthenticatedUsers", Permission.READ))))
                .isEqualTo(Decision.IMPLICIT_DENY);
        List<Grant> everyone = List.of(new Grant("AllUsers", Permission.FULL_CONTROL));
        assertThat(decide(anonymous.acl(new AccessControlList(everyone, false, false))))
                .isEqualTo(Decision.IMPLICIT_DENY);
        assertThat(decide(anonymous.acl(new AccessControlList(everyone, true, true))))
                .isEqualTo(Decision.IMPLICIT_DENY);
        Situation.Builder asks = abroad().identityPolicies(List.of(identity(ALLOW_ALL)));
        assertThat(decide(asks.acl(acl("AuthenticatedUsers", Permission.READ)))).isEqualTo(Decision.ALLOW);
        assertThat(decide(asks.acl(acl("AllUsers", Permission.READ)))).isEqualTo(Decision.ALLOW);
        Situation.Builder logs = reads().principal("logging.s3.amazonaws.com").action("s3:PutObject");
        assertThat(decide(logs.acl(acl("LogDelivery", Permission.WRITE)))).isEqualTo(Decision.ALLOW);
        assertThat(decide(logs.principal("sns.amazonaws.com"))).isEqualTo(Decision.IMPLICIT_DENY);
    }

    @ParameterizedTest
    @CsvSource({
        "READ,s3:ListBucket,arn:aws:s3:::data,true",
        "READ,s3:ListBucketVersions,arn:aws:s3:::data,true",
        "READ,s3:ListBucket,arn:aws:s3:::data/k,false",
        "READ,s3:GetObject,arn:aws:s3:::data/k,true",
        "READ,s3:GetObject,arn:aws:s3:::data,false",
        "READ,s3:GetObjectAcl,arn:aws:s3:::data/k,false",
        "WRITE,s3:PutObject,arn:aws:s3:::data/k,true",
        "WRITE,s3:DeleteObject,arn:aws:s3:::data/k,false",
        "READ_ACP,s3:GetBucketAcl,arn:aws:s3:::data,true",
        "READ_ACP,s3:GetObjectAcl,arn:aws:s3:::data/k,true",
        "WRITE_ACP,s3:PutBucketAcl,arn:aws:s3:::data,true",
        "WRITE_ACP,s3:PutObjectVersionAcl,arn:aws:s3:::data/k,true",
        "FULL_CONTROL,s3:GetObject,arn:aws:s3:::data/k,true",
        "FULL_CONTROL,s3:PutBucketAcl,arn:aws:s3:::data,true",
        "FULL_CONTROL,s3:DeleteBucket,arn:aws:s3:::data,false"
    })
    void acl_permissions_permitTheirActions(Permission permission, String action, String arn, boolean expected) {
        // E92
        assertThat(decide(Situation.builder()
                                .principal("anonymous")
                                .action(action)
                                .resource(arn, ACCOUNT)
                                .acl(acl("AllUsers", permission)))
                        == Decision.ALLOW)
                .isEqualTo(expected);
    }
}
