package dev.portcullis.corpus;

import static dev.portcullis.corpus.ExampleStore.ACCOUNT;
import static dev.portcullis.corpus.ExampleStore.ALICE;
import static dev.portcullis.corpus.ExampleStore.APP;
import static dev.portcullis.corpus.ExampleStore.APP_SESSION;
import static dev.portcullis.corpus.ExampleStore.EVE;
import static dev.portcullis.corpus.ExampleStore.MANAGEMENT;
import static dev.portcullis.corpus.ExampleStore.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.Store;
import dev.portcullis.corpus.reference.Situation;
import dev.portcullis.policy.ContextValue;
import dev.portcullis.policy.Organization;
import dev.portcullis.policy.PolicyType;
import dev.portcullis.policy.Semantics;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AutomaticContextTest {

    private static final StoreSituations STORE =
            ExampleStore.STORE.withClock(Clock.fixed(Instant.parse("2026-03-04T05:06:07.891Z"), ZoneOffset.UTC));

    /** The keys of every request, whoever asks. */
    private static final Map<String, ContextValue> ALWAYS = Map.of(
            "aws:CurrentTime", one("2026-03-04T05:06:07Z"),
            "aws:EpochTime", one("1772600767"),
            "aws:ViaAWSService", one("false"));

    private static ContextValue one(String value) {
        return new ContextValue.Single(value);
    }

    private static ContextValue many(String... values) {
        return new ContextValue.Multiple(List.of(values));
    }

    private static Map<String, ContextValue> context(AccessRequest request) {
        return STORE.situation(request, Semantics.defaults()).context();
    }

    private static Map<String, ContextValue> context(String principal, String... context) {
        return context(request(principal, "s3:GetObject", "*", context));
    }

    private static Map<String, ContextValue> member(String prefix, String account, String unit) {
        return Map.of(
                prefix + "Account", one(account),
                prefix + "OrgID", one("o-example"),
                prefix + "OrgPaths", many("o-example/r-ab12/" + unit));
    }

    @Test
    void complete_user_knowsAllOfHer() {
        assertThat(context(ALICE))
                .containsAllEntriesOf(ALWAYS)
                .containsAllEntriesOf(member("aws:Principal", ACCOUNT, "ou-ab12-11111111/"))
                .containsAllEntriesOf(member("aws:Resource", ACCOUNT, "ou-ab12-11111111/"))
                .containsEntry("aws:PrincipalArn", one(ALICE))
                .containsEntry("aws:PrincipalType", one("User"))
                .containsEntry("aws:username", one("alice"))
                .containsEntry("aws:userid", one("AIDAALICE"))
                .containsEntry("aws:PrincipalTag/team", one("red"))
                .containsEntry("aws:PrincipalIsAWSService", one("false"))
                .hasSize(3 + 3 + 3 + 6);
    }

    @Test
    void complete_userWithoutUniqueId_hasNoUserid() {
        assertThat(context(EVE)).doesNotContainKey("aws:userid").containsEntry("aws:username", one("eve"));
    }

    @Test
    void complete_roleSession_carriesItsRole() {
        assertThat(context(APP_SESSION))
                .containsEntry("aws:PrincipalArn", one(APP))
                .containsEntry("aws:PrincipalType", one("AssumedRole"))
                .containsEntry("aws:userid", one("AROAAPP:s1"))
                .containsEntry("aws:PrincipalTag/tier", one("web"))
                .containsEntry("aws:PrincipalAccount", one(ACCOUNT))
                .doesNotContainKey("aws:username");
    }

    @Test
    void complete_sessionOfAnUnknownRole_leavesItsArnOpen() {
        String session = "arn:aws:sts::111122223333:assumed-role/unknown/s";
        assertThat(context(session))
                .doesNotContainKeys("aws:PrincipalArn", "aws:userid")
                .containsEntry("aws:PrincipalType", one("AssumedRole"));
        AccessRequest told = ExampleStore.with(
                request(session, "s3:GetObject", "*"),
                new Situation.Facts(
                        Optional.empty(),
                        false,
                        Optional.of("arn:aws:iam::111122223333:role/p/unknown"),
                        Optional.empty(),
                        Optional.of("AROAX"),
                        Optional.empty(),
                        false),
                Optional.empty());
        assertThat(context(told))
                .containsEntry("aws:PrincipalArn", one("arn:aws:iam::111122223333:role/p/unknown"))
                .containsEntry("aws:userid", one("AROAX:s"));
    }

    @Test
    void complete_bareRole_isASessionWithoutAName() {
        assertThat(context(APP))
                .containsEntry("aws:PrincipalArn", one(APP))
                .containsEntry("aws:PrincipalType", one("AssumedRole"))
                .doesNotContainKey("aws:userid");
    }

    @Test
    void complete_rootUser_isTheAccount() {
        String root = "arn:aws:iam::111122223333:root";
        assertThat(context(root))
                .containsEntry("aws:PrincipalArn", one(root))
                .containsEntry("aws:PrincipalType", one("Account"))
                .containsEntry("aws:userid", one(ACCOUNT))
                .containsEntry("aws:PrincipalAccount", one(ACCOUNT))
                .doesNotContainKey("aws:username");
    }

    @Test
    void complete_federatedUser_isNamedAfterItsAccount() {
        String federated = "arn:aws:sts::111122223333:federated-user/jo";
        assertThat(context(federated))
                .containsEntry("aws:PrincipalArn", one(federated))
                .containsEntry("aws:PrincipalType", one("FederatedUser"))
                .containsEntry("aws:userid", one("111122223333:jo"))
                .doesNotContainKey("aws:username");
        AccessRequest byAlice = ExampleStore.with(
                request(federated, "s3:GetObject", "*"),
                new Situation.Facts(
                        Optional.empty(),
                        false,
                        Optional.empty(),
                        Optional.of(ALICE),
                        Optional.empty(),
                        Optional.empty(),
                        false),
                Optional.empty());
        assertThat(context(byAlice)).doesNotContainKey("aws:PrincipalTag/team");
    }

    @Test
    void complete_service_isAwsItself() {
        assertThat(context(request("sns.amazonaws.com", "s3:GetObject", "arn:aws:s3:::elsewhere/k")))
                .containsAllEntriesOf(ALWAYS)
                .containsEntry("aws:PrincipalIsAWSService", one("true"))
                .containsEntry("aws:PrincipalServiceName", one("sns.amazonaws.com"))
                .containsEntry("aws:PrincipalServiceNamesList", many("sns.amazonaws.com"))
                .hasSize(6);
    }

    /** L66: it is a provider where a web identity asks, and a service everywhere else. */
    @Test
    void complete_cognito_isAServiceUnlessItIsAProvider() {
        String cognito = "cognito-identity.amazonaws.com";
        assertThat(context(request(cognito, "s3:GetObject", "*")))
                .containsEntry("aws:PrincipalServiceName", one(cognito));
        assertThat(context(request(cognito, "sts:AssumeRoleWithWebIdentity", APP)))
                .doesNotContainKeys("aws:PrincipalServiceName", "aws:PrincipalIsAWSService");
    }

    @Test
    void complete_anonymous_isCalledSo() {
        assertThat(context(request("anonymous", "s3:GetObject", "arn:aws:s3:::elsewhere/k")))
                .containsAllEntriesOf(ALWAYS)
                .containsEntry("aws:PrincipalAccount", one("anonymous"))
                .containsEntry("aws:PrincipalType", one("Anonymous"))
                .containsEntry("aws:userid", one("anonymous"))
                .hasSize(6);
    }

    @Test
    void complete_identityProvider_isNoPrincipalYet() {
        assertThat(context(request("arn:aws:iam::111122223333:saml-provider/Okta", "sts:AssumeRoleWithSAML", APP)))
                .containsAllEntriesOf(ALWAYS)
                .containsAllEntriesOf(member("aws:Resource", ACCOUNT, "ou-ab12-11111111/"))
                .containsEntry("aws:ResourceTag/tier", one("web"))
                .hasSize(3 + 3 + 1);
    }

    @Test
    void complete_organization_pathOfEachAccount() {
        assertThat(context(EVE)).containsEntry("aws:PrincipalOrgPaths", many("o-example/r-ab12/ou-ab12-22222222/"));
        assertThat(context("arn:aws:iam::" + MANAGEMENT + ":root"))
                .containsEntry("aws:PrincipalOrgID", one("o-example"))
                .doesNotContainKey("aws:PrincipalOrgPaths");
        assertThat(context("arn:aws:iam::777788889999:root"))
                .containsEntry("aws:PrincipalAccount", one("777788889999"))
                .doesNotContainKeys("aws:PrincipalOrgID", "aws:PrincipalOrgPaths", "aws:ResourceOrgID");
    }

    @Test
    void complete_unitWithoutAnId_leavesThePathOpen() {
        Organization.Account member = new Organization.Account(ACCOUNT, List.of(), List.of());
        StoreSituations situations = new StoreSituations(Store.builder()
                .organization(new Organization(
                        "o-nounitids",
                        MANAGEMENT,
                        new Organization.Unit("", "Root", List.of(), List.of(), List.of(member), List.of())))
                .build());
        assertThat(situations
                        .situation(
                                request("arn:aws:iam::" + ACCOUNT + ":root", "s3:GetObject", "*"), Semantics.defaults())
                        .context())
                .containsEntry("aws:PrincipalOrgID", one("o-nounitids"))
                .doesNotContainKey("aws:PrincipalOrgPaths");
    }

    @Test
    void complete_resource_ownerAndOwnTags() {
        assertThat(context(request(EVE, "s3:ListBucket", "arn:aws:s3:::shared")))
                .containsAllEntriesOf(member("aws:Resource", ACCOUNT, "ou-ab12-11111111/"))
                .containsEntry("aws:ResourceTag/kind", one("bucket"));
        assertThat(context(request(EVE, "s3:GetObject", "arn:aws:s3:::shared/k")))
                .containsEntry("aws:ResourceAccount", one(ACCOUNT))
                .doesNotContainKey("aws:ResourceTag/kind");
        assertThat(context(request(EVE, "iam:GetUser", ALICE))).containsEntry("aws:ResourceTag/team", one("red"));
    }

    @Test
    void complete_keyGivenInOtherCase_staysAsGiven() {
        assertThat(context(ALICE, "AWS:principalarn=x", "aws:PRINCIPALTAG/Team=blue", "aws:PrincipalOrgPaths=single"))
                .containsEntry("AWS:principalarn", one("x"))
                .containsEntry("aws:PRINCIPALTAG/Team", one("blue"))
                .containsEntry("aws:PrincipalOrgPaths", one("single"))
                .doesNotContainKeys("aws:PrincipalArn", "aws:PrincipalTag/team");
    }

    @Test
    void complete_oneTimeGiven_theOtherSaysTheSame() {
        assertThat(context(ALICE, "aws:CurrentTime=2020-01-01T01:00:00+01:00"))
                .containsEntry("aws:CurrentTime", one("2020-01-01T01:00:00+01:00"))
                .containsEntry("aws:EpochTime", one("1577836800"));
        assertThat(context(ALICE, "aws:epochtime=1577836800"))
                .containsEntry("aws:epochtime", one("1577836800"))
                .containsEntry("aws:CurrentTime", one("2020-01-01T00:00:00Z"));
        assertThat(context(ALICE, "aws:CurrentTime=1577836800")).containsEntry("aws:EpochTime", one("1577836800"));
        assertThat(context(ALICE, "aws:CurrentTime=2020-01-01")).containsEntry("aws:EpochTime", one("1577836800"));
        assertThat(context(ALICE, "aws:CurrentTime=1969-12-31T23:59:58.5Z")).containsEntry("aws:EpochTime", one("-2"));
        assertThat(context(ALICE, "aws:EpochTime=7")).containsEntry("aws:CurrentTime", one("1970-01-01T00:00:07Z"));
        assertThat(context(ALICE, "aws:EpochTime=9223372036854775807"))
                .containsEntry("aws:CurrentTime", one("2026-03-04T05:06:07Z"));
        assertThat(context(ALICE, "aws:CurrentTime=nonsense")).containsEntry("aws:EpochTime", one("1772600767"));
        assertThat(context(ALICE, "aws:CurrentTime=2020-01-01T00:00:00Z", "aws:EpochTime=5"))
                .containsEntry("aws:EpochTime", one("5"));
    }

    @Test
    void complete_calledVia_tellsFirstAndLast() {
        assertThat(context(ALICE, "aws:CalledVia=cloudformation.amazonaws.com", "aws:CalledVia=dynamodb.amazonaws.com"))
                .containsEntry("aws:ViaAWSService", one("true"))
                .containsEntry("aws:CalledViaFirst", one("cloudformation.amazonaws.com"))
                .containsEntry("aws:CalledViaLast", one("dynamodb.amazonaws.com"));
        assertThat(context(ALICE, "aws:CalledVia[]="))
                .containsEntry("aws:ViaAWSService", one("false"))
                .doesNotContainKeys("aws:CalledViaFirst", "aws:CalledViaLast");
        assertThat(context(ALICE, "aws:CalledVia[]=x.amazonaws.com", "aws:viaawsservice=false"))
                .containsEntry("aws:viaawsservice", one("false"))
                .doesNotContainKey("aws:ViaAWSService");
    }

    @Test
    void complete_whatCannotBeKnown_isAbsent() {
        assertThat(context(request(ALICE, "sqs:SendMessage", "arn:aws:sqs:eu-west-1:111122223333:q"))
                        .keySet())
                .doesNotContainAnyElementsOf(Set.of(
                        "aws:RequestedRegion",
                        "aws:SecureTransport",
                        "aws:SourceIp",
                        "aws:UserAgent",
                        "aws:TokenIssueTime",
                        "aws:MultiFactorAuthPresent",
                        "aws:TagKeys",
                        "aws:SourceVpc",
                        "aws:SourceVpce"));
    }

    /** A store refuses such tags itself; the rule doesn't rest on that. */
    @Test
    void complete_tagsDifferingOnlyInCase_isAnError() {
        AccessRequest request = request(ALICE, "sqs:SendMessage", "*");
        GuardedBy tagged = new GuardedBy(
                Optional.empty(),
                PolicyType.RESOURCE,
                Optional.empty(),
                Optional.empty(),
                Map.of("Team", "a", "team", "b"));
        assertThatThrownBy(() -> AutomaticContext.complete(
                        request,
                        Caller.of(ALICE),
                        Attachments.none(true),
                        tagged,
                        ACCOUNT,
                        Optional.empty(),
                        Clock.systemUTC(),
                        Semantics.defaults()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("aws:ResourceTag/")
                .hasMessageContaining("U12");
    }
}
