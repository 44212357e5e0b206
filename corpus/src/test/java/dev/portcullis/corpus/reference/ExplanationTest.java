package dev.portcullis.corpus.reference;

import static dev.portcullis.corpus.reference.Scenes.ACCOUNT;
import static dev.portcullis.corpus.reference.Scenes.ALICE;
import static dev.portcullis.corpus.reference.Scenes.ALLOW_ALL;
import static dev.portcullis.corpus.reference.Scenes.ALLOW_NOTHING;
import static dev.portcullis.corpus.reference.Scenes.DENY_ALL;
import static dev.portcullis.corpus.reference.Scenes.KEY;
import static dev.portcullis.corpus.reference.Scenes.OBJECT;
import static dev.portcullis.corpus.reference.Scenes.OTHER_ACCOUNT;
import static dev.portcullis.corpus.reference.Scenes.ROOT;
import static dev.portcullis.corpus.reference.Scenes.SESSION;
import static dev.portcullis.corpus.reference.Scenes.allowTo;
import static dev.portcullis.corpus.reference.Scenes.aws;
import static dev.portcullis.corpus.reference.Scenes.boundary;
import static dev.portcullis.corpus.reference.Scenes.denyTo;
import static dev.portcullis.corpus.reference.Scenes.identity;
import static dev.portcullis.corpus.reference.Scenes.policy;
import static dev.portcullis.corpus.reference.Scenes.reads;
import static dev.portcullis.corpus.reference.Scenes.resource;
import static dev.portcullis.corpus.reference.Scenes.resourceControl;
import static dev.portcullis.corpus.reference.Scenes.serviceControl;
import static dev.portcullis.corpus.reference.Scenes.session;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.portcullis.Decision;
import dev.portcullis.Explanation;
import dev.portcullis.Explanation.Layer;
import dev.portcullis.Explanation.NearMiss;
import dev.portcullis.Explanation.Part;
import dev.portcullis.Explanation.StatementRef;
import dev.portcullis.Explanation.Verdict;
import dev.portcullis.policy.Effect;
import dev.portcullis.policy.PolicyType;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ExplanationTest {

    private static Explanation explain(Situation.Builder situation) {
        return ReferenceEvaluator.explain(situation.build());
    }

    @Test
    void explain_implicitDeny_namesTheLackingPolicyInAwsWords() {
        // E5
        assertThat(explain(reads()).reason()).isEqualTo("no identity-based policy allows the s3:GetObject action");
        List<ReferencePolicy> all = List.of(identity(ALLOW_ALL));
        assertThat(explain(reads().identityPolicies(all).boundaries(boundary(ALLOW_NOTHING)))
                        .reason())
                .isEqualTo("no permissions boundary allows the s3:GetObject action");
        assertThat(explain(reads().principal(SESSION).identityPolicies(all).sessionPolicies(session(ALLOW_NOTHING)))
                        .reason())
                .isEqualTo("no session policy allows the s3:GetObject action");
        assertThat(explain(reads().boundaries(boundary(ALLOW_NOTHING))
                                .serviceControlPolicies(List.of(serviceControl("root", ALLOW_NOTHING))))
                        .reason())
                .isEqualTo("no service control policy allows the s3:GetObject action");
        assertThat(explain(reads().resource(OBJECT, OTHER_ACCOUNT)).reason())
                .isEqualTo("no resource-based policy allows the s3:GetObject action");
        assertThat(explain(reads().action("sts:AssumeRole").resource(Scenes.ROLE, ACCOUNT))
                        .reason())
                .isEqualTo("no role trust policy allows the sts:AssumeRole action");
        assertThat(explain(reads().identityPolicies(all)
                                .endpointPolicies(List.of(policy(PolicyType.VPC_ENDPOINT, allowTo(aws(SESSION))))))
                        .reason())
                .isEqualTo("no VPC endpoint policy allows the s3:GetObject action");
        assertThat(explain(reads().action("kms:PutKeyPolicy")
                                .resource(KEY, OTHER_ACCOUNT)
                                .identityPolicies(all)
                                .resourcePolicy(resource(allowTo("`*`"))))
                        .reason())
                .isEqualTo("the kms:PutKeyPolicy action is not possible across accounts");
        assertThat(explain(reads().resource("arn:aws-cn:s3:::b", OTHER_ACCOUNT).identityPolicies(all))
                        .reason())
                .isEqualTo("no access from partition aws to a resource of another one");
    }

    @Test
    void explain_explicitDeny_namesTheFirstTypeAndAllDenies() {
        // E3, E5
        Explanation explanation = explain(reads().identityPolicies(List.of(identity(ALLOW_ALL, DENY_ALL, DENY_ALL)))
                .resourcePolicy(resource(denyTo("`*`")))
                .boundaries(boundary(DENY_ALL)));
        assertThat(explanation.decision()).isEqualTo(Decision.EXPLICIT_DENY);
        assertThat(explanation.reason()).isEqualTo("explicit deny in a resource-based policy");
        assertThat(explanation.deciding())
                .extracting(StatementRef::type, StatementRef::index)
                .containsExactly(
                        tuple(PolicyType.RESOURCE, 0),
                        tuple(PolicyType.IDENTITY, 1),
                        tuple(PolicyType.IDENTITY, 2),
                        tuple(PolicyType.BOUNDARY, 0));
        assertThat(explanation.nearMisses()).isEmpty();
        assertThat(explain(reads().identityPolicies(List.of(identity(DENY_ALL))))
                        .reason())
                .isEqualTo("explicit deny in an identity-based policy");
    }

    @Test
    void explain_allow_namesWhatCarriedIt() {
        // E12, S4
        Explanation explanation = explain(reads().identityPolicies(List.of(
                        identity("{`Sid`:`One`,`Effect`:`Allow`,`Action`:`s3:*`,`Resource`:`*`}", ALLOW_NOTHING)))
                .resourcePolicy(resource(allowTo(aws(ROOT))))
                .boundaries(boundary(ALLOW_ALL)));
        assertThat(explanation.reason()).isEqualTo("an identity-based policy allows the s3:GetObject action");
        assertThat(explanation.deciding()).hasSize(2);
        StatementRef identity = explanation.deciding().get(1);
        assertThat(identity.sid()).contains("One");
        assertThat(identity.effect()).isEqualTo(Effect.ALLOW);
        assertThat(identity).hasToString("identity[One] 1:38");
        assertThat(explain(reads().resourcePolicy(resource(allowTo(aws(ALICE)))))
                        .reason())
                .isEqualTo("a resource-based policy allows the s3:GetObject action");
        assertThat(explain(reads().principal(ROOT)).reason()).isEqualTo("the root user is allowed by default");
        assertThat(explain(reads().action("sts:GetCallerIdentity").resource("*", ACCOUNT))
                        .reason())
                .isEqualTo("the sts:GetCallerIdentity action needs no permission");
    }

    @Test
    void explain_layers_standInAwsOrder() {
        // E5
        Explanation explanation = explain(reads().principal(SESSION)
                .identityPolicies(List.of(identity(ALLOW_ALL)))
                .resourcePolicy(resource(allowTo(aws(Scenes.ROLE))))
                .resourceControlPolicies(List.of(resourceControl("r-root"), resourceControl("111122223333")))
                .serviceControlPolicies(List.of(serviceControl("root", ALLOW_ALL), serviceControl("ou", ALLOW_NOTHING)))
                .boundaries(boundary(DENY_ALL)));
        assertThat(explanation.layers())
                .extracting(Layer::type, Layer::place, Layer::verdict)
                .containsExactly(
                        tuple(PolicyType.RESOURCE_CONTROL, "r-root", Verdict.ALLOWS),
                        tuple(PolicyType.RESOURCE_CONTROL, "111122223333", Verdict.ALLOWS),
                        tuple(PolicyType.SERVICE_CONTROL, "root", Verdict.ALLOWS),
                        tuple(PolicyType.SERVICE_CONTROL, "ou", Verdict.SILENT),
                        tuple(PolicyType.RESOURCE, "", Verdict.ALLOWS),
                        tuple(PolicyType.IDENTITY, "", Verdict.ALLOWS),
                        tuple(PolicyType.BOUNDARY, "", Verdict.DENIES),
                        tuple(PolicyType.SESSION, "", Verdict.NOT_APPLICABLE),
                        tuple(PolicyType.VPC_ENDPOINT, "", Verdict.NOT_APPLICABLE));
        assertThat(explanation.layers().get(4).note()).isEqualTo("names the caller's role or user");
        assertThat(explanation.layers().get(4).matched()).hasSize(1);
        assertThat(explanation.layers().get(7).note()).isEqualTo("none");
    }

    @Test
    void explain_exemptLayers_sayWhy() {
        // E6, E48
        Explanation explanation = explain(reads().principal(ROOT)
                .serviceControlPolicies(List.of(serviceControl("root", DENY_ALL)))
                .facts(new Situation.Facts(
                        Optional.of(ACCOUNT),
                        false,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        false)));
        assertThat(explanation.decision()).isEqualTo(Decision.ALLOW);
        assertThat(explanation.layers())
                .extracting(Layer::note)
                .contains(
                        "principals of the management account are exempt", "the root user has none", "no organization");
    }

    @Test
    void explain_nearMisses_areRankedByWhatMatched() {
        Explanation explanation = explain(reads().context("aws:PrincipalTag/team", "q")
                .identityPolicies(List.of(identity(
                        "{`Sid`:`action`,`Effect`:`Allow`,`Action`:`s3:PutObject`,`Resource`:`*`}",
                        "{`Sid`:`resource`,`Effect`:`Allow`,`Action`:`s3:*`,`Resource`:[`arn:aws:s3:::x`,`arn:aws:s3:::y`]}",
                        "{`Sid`:`absent`,`Effect`:`Allow`,`Action`:`s3:*`,`Resource`:`*`,"
                                + "`Condition`:{`StringEquals`:{`aws:SourceVpc`:[`vpc-1`,`vpc-2`]}}}",
                        "{`Sid`:`value`,`Effect`:`Allow`,`Action`:`s3:*`,`Resource`:`*`,`Condition`:"
                                + "{`Null`:{`aws:PrincipalTag/team`:false},`StringEquals`:{`aws:PrincipalTag/team`:`x`}}}",
                        "{`Sid`:`deny`,`Effect`:`Deny`,`Action`:`s3:*`,`Resource`:`arn:aws:s3:::x`}")))
                .resourcePolicy(resource(allowTo(aws(SESSION)))));
        assertThat(explanation.nearMisses())
                .extracting(miss -> miss.statement().sid().orElse("principal"))
                .containsExactly("value", "absent", "resource", "action", "principal");
        NearMiss value = explanation.nearMisses().get(0);
        assertThat(value.failed()).isEqualTo(Part.CONDITION);
        assertThat(value.key()).isEqualTo("aws:PrincipalTag/team");
        assertThat(value.operator()).isEqualTo("StringEquals");
        assertThat(value.wanted()).containsExactly("x");
        assertThat(value.seen()).contains(List.of("q"));
        NearMiss absent = explanation.nearMisses().get(1);
        assertThat(absent.wanted()).containsExactly("vpc-1", "vpc-2");
        assertThat(absent.seen()).isEmpty();
        NearMiss resource = explanation.nearMisses().get(2);
        assertThat(resource.failed()).isEqualTo(Part.RESOURCE);
        assertThat(resource.wanted()).containsExactly("arn:aws:s3:::x", "arn:aws:s3:::y");
        assertThat(resource.seen()).contains(List.of(OBJECT));
        assertThat(explanation.nearMisses().get(4).wanted()).containsExactly(SESSION);
        assertThat(explanation.missingKeys()).containsExactly("aws:SourceVpc");
    }

    @Test
    void explain_nearMisses_areFiveAtMostAndOfTheLackingLayer() {
        String[] many = new String[8];
        Arrays.fill(many, ALLOW_NOTHING);
        assertThat(explain(reads().identityPolicies(List.of(identity(many)))).nearMisses())
                .hasSize(5);
        Explanation bounded = explain(reads().identityPolicies(List.of(identity(ALLOW_ALL, ALLOW_NOTHING)))
                .boundaries(boundary(ALLOW_NOTHING)));
        assertThat(bounded.nearMisses())
                .singleElement()
                .satisfies(miss -> assertThat(miss.statement().type()).isEqualTo(PolicyType.BOUNDARY));
    }

    @Test
    void explain_missingKeys_areThoseThatWouldHaveHelped() {
        Explanation explanation = explain(
                reads().context("aws:username", "alice")
                        .identityPolicies(
                                List.of(
                                        identity(
                                                "{`Effect`:`Allow`,`Action`:`s3:*`,`Resource`:`arn:aws:s3:::x/${aws:userid}`}",
                                                "{`Effect`:`Allow`,`Action`:`ec2:*`,`Resource`:`*`,`Condition`:{`Bool`:{`a:other`:true}}}",
                                                "{`Effect`:`Allow`,`Action`:`s3:*`,`Resource`:`*`,`Condition`:{`StringEquals`:"
                                                        + "{`AWS:UserName`:`${aws:PrincipalTag/Owner}`},`Bool`:{`aws:SecureTransport`:true}}}"))));
        assertThat(explanation.missingKeys())
                .containsExactly("aws:userid", "aws:PrincipalTag/Owner", "aws:SecureTransport");
        assertThat(explain(reads().identityPolicies(List.of(identity(ALLOW_ALL))))
                        .missingKeys())
                .isEmpty();
    }

    @Test
    void missingContextKeys_areAllThatAnyDocumentNames() {
        // S5
        Situation.Builder asks = reads().context("aws:username", "alice")
                .context("aws:userid", "stub")
                .identityPolicies(List.of(identity(
                        "{`Effect`:`Deny`,`Action`:`ec2:*`,`Resource`:`arn:aws:s3:::${a:variable, 'x'}${*}`,`Condition`:"
                                + "{`Null`:{`a:null`:true},`StringEqualsIfExists`:{`A:Null`:`${a:value}`,"
                                + "`AWS:USERNAME`:`x`}}}")))
                .boundaries(
                        boundary(
                                "{`Effect`:`Allow`,`Action`:`*`,`Resource`:`*`,`Condition`:{`StringEquals`:{`aws:userid`:`x`}}}"));
        assertThat(ReferenceEvaluator.missingContextKeys(asks.build()))
                .containsExactlyInAnyOrder("a:variable", "a:null", "A:Null", "a:value");
        // Section 4.1: what was put in for the caller counts as missing when it didn't do.
        assertThat(ReferenceEvaluator.missingContextKeys(asks.build(), Set.of("aws:userid")))
                .contains("aws:userid");
        assertThat(ReferenceEvaluator.missingContextKeys(
                        asks.context("aws:userid", "x").build(), Set.of("aws:userid")))
                .doesNotContain("aws:userid");
    }
}
