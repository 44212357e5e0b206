package dev.portcullis.corpus.reference;

import static dev.portcullis.corpus.reference.Scenes.ACCOUNT;
import static dev.portcullis.corpus.reference.Scenes.ALICE;
import static dev.portcullis.corpus.reference.Scenes.ALLOW_ALL;
import static dev.portcullis.corpus.reference.Scenes.FEDERATED;
import static dev.portcullis.corpus.reference.Scenes.ROLE;
import static dev.portcullis.corpus.reference.Scenes.ROOT;
import static dev.portcullis.corpus.reference.Scenes.SESSION;
import static dev.portcullis.corpus.reference.Scenes.allowTo;
import static dev.portcullis.corpus.reference.Scenes.aws;
import static dev.portcullis.corpus.reference.Scenes.boundary;
import static dev.portcullis.corpus.reference.Scenes.decide;
import static dev.portcullis.corpus.reference.Scenes.denyTo;
import static dev.portcullis.corpus.reference.Scenes.identity;
import static dev.portcullis.corpus.reference.Scenes.reads;
import static dev.portcullis.corpus.reference.Scenes.resource;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.Decision;
import dev.portcullis.corpus.reference.Situation.Facts;
import dev.portcullis.policy.PolicyType;
import dev.portcullis.policy.Semantics;
import dev.portcullis.policy.Semantics.Point;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Section 4 of the language's rules and E24 to E33. */
class PrincipalsTest {

    /** A bare Deny to the entry, everything else allows: what the entry covers is denied. */
    private static boolean covers(String principal, String caller) {
        return covers(principal, caller, Facts.NONE);
    }

    private static boolean covers(String principal, String caller, Facts facts) {
        return decide(reads().principal(caller)
                        .facts(facts)
                        .identityPolicies(List.of(identity(ALLOW_ALL)))
                        .resourcePolicy(resource(denyTo(principal), allowTo("{`AWS`:`*`}"))))
                == Decision.EXPLICIT_DENY;
    }

    @ParameterizedTest
    @CsvSource({
        // L60, L61, E24, E25
        "111122223333,arn:aws:iam::111122223333:user/alice,true",
        "111122223333,arn:aws:iam::111122223333:root,true",
        "111122223333,arn:aws:sts::111122223333:assumed-role/app/s1,true",
        "111122223333,arn:aws:sts::111122223333:federated-user/alice,true",
        "111122223333,arn:aws:iam::444455556666:user/eve,false",
        "111122223333,sns.amazonaws.com,false",
        "111122223333,anonymous,false",
        "arn:aws:iam::111122223333:root,arn:aws:iam::111122223333:user/alice,true",
        "arn:aws:iam::111122223333:root,arn:aws:iam::111122223333:saml-provider/Okta,false",
        "arn:aws-cn:iam::111122223333:root,arn:aws:iam::111122223333:user/alice,false",
        // L62
        "arn:aws:iam::111122223333:user/alice,arn:aws:iam::111122223333:user/alice,true",
        "arn:aws:iam::111122223333:user/Alice,arn:aws:iam::111122223333:user/alice,false",
        "arn:aws:iam::111122223333:user/div/bob,arn:aws:iam::111122223333:user/bob,false",
        "arn:aws:iam::111122223333:user/alice,arn:aws:sts::111122223333:federated-user/alice,true",
        "arn:aws:iam::111122223333:user/div/alice,arn:aws:sts::111122223333:federated-user/alice,true",
        "arn:aws:iam::111122223333:user/alice,arn:aws:sts::111122223333:federated-user/bob,false",
        // L63, E25
        "arn:aws:iam::111122223333:role/app,arn:aws:sts::111122223333:assumed-role/app/s1,true",
        "arn:aws:iam::111122223333:role/service/app,arn:aws:sts::111122223333:assumed-role/app/s1,true",
        "arn:aws:iam::111122223333:role/application,arn:aws:sts::111122223333:assumed-role/app/s1,false",
        "arn:aws:iam::444455556666:role/app,arn:aws:sts::111122223333:assumed-role/app/s1,false",
        "arn:aws:iam::111122223333:role/app,arn:aws:iam::111122223333:role/app,true",
        "arn:aws:iam::111122223333:role/x/app,arn:aws:iam::111122223333:role/app,false",
        "arn:aws:iam::111122223333:user/app,arn:aws:sts::111122223333:assumed-role/app/s1,false",
        // L64
        "arn:aws:sts::111122223333:assumed-role/app/s1,arn:aws:sts::111122223333:assumed-role/app/s1,true",
        "arn:aws:sts::111122223333:assumed-role/app/s1,arn:aws:sts::111122223333:assumed-role/app/s2,false",
        "arn:aws:sts::111122223333:assumed-role/app/s1,arn:aws:iam::111122223333:role/app,false",
        // L65
        "arn:aws:sts::111122223333:federated-user/alice,arn:aws:sts::111122223333:federated-user/alice,true",
        "arn:aws:sts::111122223333:federated-user/alice,arn:aws:iam::111122223333:user/alice,false",
        // L69
        "*,anonymous,true",
        "*,sns.amazonaws.com,true",
        "*,arn:aws:iam::444455556666:user/eve,true",
        // L70, L71, E26
        "arn:aws:iam::111122223333:user/*,arn:aws:iam::111122223333:user/alice,false",
        "arn:aws:sts::111122223333:assumed-role/app/*,arn:aws:sts::111122223333:assumed-role/app/s1,false",
        "arn:aws:iam::111122223333:group/devs,arn:aws:iam::111122223333:user/alice,false"
    })
    void awsEntry_covers(String entry, String caller, boolean expected) {
        assertThat(covers(aws(entry), caller)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        // L66, L67, E27, E28
        "Service,sns.amazonaws.com,sns.amazonaws.com,true",
        "Service,sns.amazonaws.com,SNS.amazonaws.com,false",
        "Service,lambda.amazonaws.com,lambda.me-south-1.amazonaws.com,false",
        "Service,*,sns.amazonaws.com,false",
        "AWS,sns.amazonaws.com,sns.amazonaws.com,false",
        "Federated,accounts.google.com,accounts.google.com,true",
        "Federated,*,accounts.google.com,false",
        "Federated,arn:aws:iam::111122223333:saml-provider/Okta,arn:aws:iam::111122223333:saml-provider/Okta,true",
        "Federated,arn:aws:iam::111122223333:saml-provider/Okta,arn:aws:sts::111122223333:assumed-role/app/s1,false",
        "AWS,arn:aws:iam::111122223333:saml-provider/Okta,arn:aws:iam::111122223333:saml-provider/Okta,false",
        "CanonicalUser,arn:aws:iam::111122223333:user/alice,arn:aws:iam::111122223333:user/alice,false"
    })
    void otherEntries_cover(String key, String entry, String caller, boolean expected) {
        assertThat(covers("{`" + key + "`:`" + entry + "`}", caller)).isEqualTo(expected);
    }

    @Test
    void entries_areAnOr() {
        // L59
        String entries = "{`AWS`:[`444455556666`],`Service`:[`sqs.amazonaws.com`,`sns.amazonaws.com`]}";
        assertThat(covers(entries, "sns.amazonaws.com")).isTrue();
        assertThat(covers(entries, "arn:aws:iam::444455556666:user/eve")).isTrue();
        assertThat(covers(entries, ALICE)).isFalse();
    }

    @Test
    void emptyPrincipal_hasNoEffect() {
        // L20, U29
        for (String empty : List.of("{}", "[]", "{`AWS`:[]}")) {
            assertThat(covers(empty, ALICE)).isFalse();
            ReferencePolicy not =
                    resource("{`Effect`:`Deny`,`NotPrincipal`:" + empty + ",`Action`:`*`,`Resource`:`*`}");
            Situation.Builder asks =
                    reads().identityPolicies(List.of(identity(ALLOW_ALL))).resourcePolicy(not);
            assertThat(decide(asks)).isEqualTo(Decision.ALLOW);
            assertThat(decide(asks.semantics(Semantics.defaults().with(Point.EMPTY_NOT_LIST_HAS_NO_EFFECT, false))))
                    .isEqualTo(Decision.EXPLICIT_DENY);
        }
    }

    @Test
    void facts_tellRoleUserAndIds() {
        Facts none = Facts.NONE;
        Facts role = new Facts(
                none.managementAccount(),
                false,
                Optional.of("arn:aws:iam::111122223333:role/x/app"),
                Optional.empty(),
                Optional.of("AROAEXAMPLE"),
                Optional.of("79a5"),
                false);
        // E25: the role's path is known now.
        assertThat(covers(aws(ROLE), SESSION, role)).isFalse();
        assertThat(covers(aws("arn:aws:iam::111122223333:role/x/app"), SESSION, role))
                .isTrue();
        // L72
        assertThat(covers(aws("AROAEXAMPLE"), SESSION, role)).isTrue();
        assertThat(covers(aws("AROAEXAMPLE"), SESSION)).isFalse();
        assertThat(covers(aws("AROAEXAMPLE"), "sns.amazonaws.com", role)).isFalse();
        // L68
        assertThat(covers("{`CanonicalUser`:`79a5`}", SESSION, role)).isTrue();
        assertThat(covers("{`CanonicalUser`:`79a5`}", "anonymous", role)).isFalse();
        // E19
        Facts bob = new Facts(
                none.managementAccount(),
                false,
                Optional.empty(),
                Optional.of("arn:aws:iam::111122223333:user/bob"),
                Optional.of("AIDABOB"),
                Optional.empty(),
                false);
        assertThat(covers(aws(ALICE), FEDERATED, bob)).isFalse();
        assertThat(covers(aws("arn:aws:iam::111122223333:user/bob"), FEDERATED, bob))
                .isTrue();
        assertThat(covers(aws("AIDABOB"), FEDERATED, bob)).isTrue();
    }

    private static Decision underNotPrincipal(String caller, Semantics semantics, String... listed) {
        String list = "{`AWS`:[`" + String.join("`,`", listed) + "`]}";
        return decide(reads().principal(caller)
                .identityPolicies(List.of(identity(ALLOW_ALL)))
                .sessionPolicies(Scenes.session(ALLOW_ALL))
                .resourcePolicy(resource(
                        allowTo("`*`"), "{`Effect`:`Deny`,`NotPrincipal`:" + list + ",`Action`:`*`,`Resource`:`*`}"))
                .semantics(semantics));
    }

    @Test
    void notPrincipalDeny_sparesWhoseWholeChainIsListed() {
        // L73, E30
        Semantics whole = Semantics.defaults();
        assertThat(underNotPrincipal(ALICE, whole, ALICE, ROOT)).isEqualTo(Decision.ALLOW);
        assertThat(underNotPrincipal(ALICE, whole, ALICE, ACCOUNT)).isEqualTo(Decision.ALLOW);
        assertThat(underNotPrincipal(ALICE, whole, ALICE)).isEqualTo(Decision.EXPLICIT_DENY);
        assertThat(underNotPrincipal(ALICE, whole, ROOT)).isEqualTo(Decision.EXPLICIT_DENY);
        assertThat(underNotPrincipal(ROOT, whole, ROOT)).isEqualTo(Decision.ALLOW);
        assertThat(underNotPrincipal(SESSION, whole, SESSION, ROLE, ROOT)).isEqualTo(Decision.ALLOW);
        assertThat(underNotPrincipal(SESSION, whole, ROLE, ROOT)).isEqualTo(Decision.EXPLICIT_DENY);
        assertThat(underNotPrincipal(SESSION, whole, SESSION, ROOT)).isEqualTo(Decision.EXPLICIT_DENY);
        assertThat(underNotPrincipal(ROLE, whole, ROLE, ROOT)).isEqualTo(Decision.ALLOW);
        assertThat(underNotPrincipal(FEDERATED, whole, FEDERATED, ALICE, ROOT)).isEqualTo(Decision.ALLOW);
        assertThat(underNotPrincipal(FEDERATED, whole, FEDERATED, ROOT)).isEqualTo(Decision.EXPLICIT_DENY);
        assertThat(underNotPrincipal("anonymous", whole, ALICE, ROOT)).isEqualTo(Decision.EXPLICIT_DENY);
        assertThat(underNotPrincipal("anonymous", whole, "*")).isEqualTo(Decision.ALLOW);
    }

    @Test
    void notPrincipalDeny_bySimpleNegation_whereTheSettingSaysSo() {
        // E30, section 10.2
        Semantics simple = Semantics.defaults().with(Point.NOT_PRINCIPAL_NEEDS_WHOLE_CHAIN, false);
        assertThat(underNotPrincipal(ALICE, simple, ROOT)).isEqualTo(Decision.ALLOW);
        assertThat(underNotPrincipal(SESSION, simple, ROLE)).isEqualTo(Decision.ALLOW);
        assertThat(underNotPrincipal(ALICE, simple, ROLE)).isEqualTo(Decision.EXPLICIT_DENY);
    }

    @Test
    void notPrincipalDeny_deniesWhoeverHasABoundary() {
        // E32
        ReferencePolicy policy = resource("{`Effect`:`Deny`,`NotPrincipal`:{`AWS`:[`" + ALICE + "`,`" + ROOT
                + "`]},`Action`:`*`,`Resource`:`*`}");
        Situation.Builder asks =
                reads().identityPolicies(List.of(identity(ALLOW_ALL))).resourcePolicy(policy);
        assertThat(decide(asks)).isEqualTo(Decision.ALLOW);
        assertThat(decide(asks.boundaries(boundary(ALLOW_ALL)))).isEqualTo(Decision.EXPLICIT_DENY);
        assertThat(decide(asks.principal(ROOT))).isEqualTo(Decision.ALLOW);
    }

    @Test
    void notPrincipalAllow_grantsEveryoneElse() {
        // E31
        String statement = "{`Effect`:`Allow`,`NotPrincipal`:{`AWS`:`" + ALICE + "`},`Action`:`*`,`Resource`:`*`}";
        Situation.Builder asks = reads().resourcePolicy(resource(statement));
        assertThat(decide(asks)).isEqualTo(Decision.IMPLICIT_DENY);
        assertThat(decide(asks.principal("arn:aws:iam::111122223333:user/bob"))).isEqualTo(Decision.ALLOW);
        assertThat(decide(asks.principal("anonymous"))).isEqualTo(Decision.ALLOW);
        assertThat(decide(asks.semantics(Semantics.defaults().with(Point.NOT_PRINCIPAL_ALLOW_GRANTS, false))))
                .isEqualTo(Decision.IMPLICIT_DENY);
        // Who is listed by account is not meant either.
        Situation.Builder byAccount = reads().resourcePolicy(resource(statement.replace(ALICE, ACCOUNT)));
        assertThat(decide(byAccount)).isEqualTo(Decision.IMPLICIT_DENY);
    }

    @Test
    void trustPolicyStar_countsUnlessTheSettingSaysNo() {
        // U11
        Semantics without = Semantics.defaults().with(Point.TRUST_POLICY_STAR_COUNTS, false);
        String allow = "{`Effect`:`Allow`,`Principal`:`*`,`Action`:`sts:AssumeRole`}";
        String deny = "{`Effect`:`Deny`,`Principal`:`*`,`Action`:`sts:AssumeRole`}";
        Situation.Builder asks = reads().action("sts:AssumeRole")
                .resource("arn:aws:iam::111122223333:role/target", ACCOUNT)
                .resourcePolicy(Scenes.policy(PolicyType.TRUST, allow));
        assertThat(decide(asks)).isEqualTo(Decision.ALLOW);
        assertThat(decide(asks.semantics(without))).isEqualTo(Decision.IMPLICIT_DENY);
        assertThat(decide(asks.resourcePolicy(Scenes.policy(PolicyType.TRUST, deny))))
                .isEqualTo(Decision.EXPLICIT_DENY);
    }
}
