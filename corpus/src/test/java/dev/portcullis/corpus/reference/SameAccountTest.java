package dev.portcullis.corpus.reference;

import static dev.portcullis.corpus.reference.Scenes.ACCOUNT;
import static dev.portcullis.corpus.reference.Scenes.ALICE;
import static dev.portcullis.corpus.reference.Scenes.ALLOW_ALL;
import static dev.portcullis.corpus.reference.Scenes.ALLOW_NOTHING;
import static dev.portcullis.corpus.reference.Scenes.DENY_ALL;
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
import static dev.portcullis.corpus.reference.Scenes.session;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.Decision;
import dev.portcullis.policy.Semantics;
import dev.portcullis.policy.Semantics.Point;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** E1 to E42 within one account, with the table of section 3. */
class SameAccountTest {

    private static final Semantics DEFAULTS = Semantics.defaults();

    @Test
    void decide_identityPoliciesOnly_areOrAndDenyWins() {
        // E1, E2, E4
        assertThat(decide(reads())).isEqualTo(Decision.IMPLICIT_DENY);
        assertThat(decide(reads().identityPolicies(List.of(identity(ALLOW_NOTHING), identity(ALLOW_ALL)))))
                .isEqualTo(Decision.ALLOW);
        assertThat(decide(reads().identityPolicies(List.of(identity(ALLOW_ALL, DENY_ALL)))))
                .isEqualTo(Decision.EXPLICIT_DENY);
        assertThat(decide(reads().identityPolicies(List.of(identity(DENY_ALL), identity(ALLOW_ALL)))))
                .isEqualTo(Decision.EXPLICIT_DENY);
    }

    @Test
    void decide_denyInAnyLayer_isExplicit() {
        // E2, E3, E23, E35
        Situation.Builder granted = reads().resourcePolicy(resource(allowTo(aws(ALICE))));
        assertThat(decide(granted)).isEqualTo(Decision.ALLOW);
        assertThat(decide(granted.boundaries(boundary(DENY_ALL)))).isEqualTo(Decision.EXPLICIT_DENY);
        Situation.Builder sessionGranted = reads().principal(SESSION).resourcePolicy(resource(allowTo(aws(SESSION))));
        assertThat(decide(sessionGranted.sessionPolicies(session(DENY_ALL)))).isEqualTo(Decision.EXPLICIT_DENY);
        assertThat(decide(reads().resourcePolicy(resource(denyTo("`*`"))))).isEqualTo(Decision.EXPLICIT_DENY);
        // A Deny beside an Allow that is lacking is explicit all the same.
        assertThat(decide(reads().identityPolicies(List.of(identity(DENY_ALL))).boundaries(boundary(ALLOW_NOTHING))))
                .isEqualTo(Decision.EXPLICIT_DENY);
    }

    @ParameterizedTest
    @CsvSource({
        // caller, grant, all silent, identity silent only, boundary silent only, session silent only
        "user,user,T,T,T,-",
        "user,*,T,T,T,-",
        "user,account,f,f,f,-",
        "role,role,f,T,f,f",
        "role,session,T,T,T,T",
        "role,*,T,T,T,T",
        "role,account,f,f,f,f",
        "federated,user,f,T,f,f",
        "federated,federated,T,T,T,T",
        "federated,*,T,T,T,T",
        "federated,account,f,f,f,f"
    })
    void grant_survivesWhichSilence(
            String caller, String grant, String all, String identity, String boundary, String session) {
        // Section 3: E14 to E21
        assertThat(decision(caller, grant, false, false, false, DEFAULTS)).isEqualTo(allow(all));
        assertThat(decision(caller, grant, false, true, true, DEFAULTS)).isEqualTo(allow(identity));
        assertThat(decision(caller, grant, true, false, true, DEFAULTS)).isEqualTo(allow(boundary));
        if (!session.equals("-")) {
            assertThat(decision(caller, grant, true, true, false, DEFAULTS)).isEqualTo(allow(session));
        }
        assertThat(decision(caller, grant, true, true, true, DEFAULTS)).isEqualTo(Decision.ALLOW);
    }

    private static Decision allow(String letter) {
        return letter.equals("T") ? Decision.ALLOW : Decision.IMPLICIT_DENY;
    }

    private static Decision decision(
            String caller, String grant, boolean identity, boolean boundary, boolean session, Semantics semantics) {
        String principal = switch (caller) {
            case "user" -> ALICE;
            case "role" -> SESSION;
            default -> FEDERATED;
        };
        String named = switch (grant) {
            case "user" -> ALICE;
            case "role" -> ROLE;
            case "session" -> SESSION;
            case "federated" -> FEDERATED;
            case "account" -> ROOT;
            default -> "*";
        };
        Situation.Builder asks = reads().principal(principal)
                .identityPolicies(List.of(identity(identity ? ALLOW_ALL : ALLOW_NOTHING)))
                .boundaries(boundary(boundary ? ALLOW_ALL : ALLOW_NOTHING))
                .resourcePolicy(resource(allowTo(aws(named))))
                .semantics(semantics);
        if (!caller.equals("user")) {
            asks.sessionPolicies(session(session ? ALLOW_ALL : ALLOW_NOTHING));
        }
        return decide(asks);
    }

    @Test
    void directGrant_sessionSilent_followsTheSetting() {
        // E17, E18, E21, section 10.1
        Semantics strict = DEFAULTS.with(Point.DIRECT_GRANT_BYPASSES_SESSION_SILENCE, false);
        for (String caller : List.of("role", "federated")) {
            String grant = caller.equals("role") ? "session" : "federated";
            assertThat(decision(caller, grant, false, false, false, strict)).isEqualTo(Decision.IMPLICIT_DENY);
            assertThat(decision(caller, grant, false, false, true, strict)).isEqualTo(Decision.ALLOW);
        }
        assertThat(decide(reads().principal(SESSION)
                        .resourcePolicy(resource(allowTo(aws(SESSION))))
                        .semantics(strict)))
                .isEqualTo(Decision.ALLOW);
    }

    @Test
    void star_forSessions_followsTheSetting() {
        // E20, section 10.3
        Semantics strict = DEFAULTS.with(Point.STAR_COVERS_SESSIONS_DIRECTLY, false);
        assertThat(decision("role", "*", false, false, true, strict)).isEqualTo(Decision.IMPLICIT_DENY);
        assertThat(decision("role", "*", false, true, true, strict)).isEqualTo(Decision.ALLOW);
        assertThat(decision("user", "*", false, false, true, strict)).isEqualTo(Decision.ALLOW);
        // E21 (live): with a condition on aws:PrincipalArn it is direct all the same.
        String conditioned = "{`Effect`:`Allow`,`Principal`:`*`,`Action`:`*`,`Resource`:`*`,"
                + "`Condition`:{`ArnEquals`:{`aws:PrincipalArn`:`" + ROLE + "`}}}";
        assertThat(decide(reads().principal(SESSION)
                        .context("aws:PrincipalArn", ROLE)
                        .boundaries(boundary(ALLOW_NOTHING))
                        .resourcePolicy(resource(conditioned))
                        .semantics(strict)))
                .isEqualTo(Decision.ALLOW);
    }

    @Test
    void accountGrant_withPrincipalArn_staysAnAccountGrant() {
        // E22 (live)
        String conditioned = "{`Effect`:`Allow`,`Principal`:" + aws(ACCOUNT) + ",`Action`:`*`,`Resource`:`*`,"
                + "`Condition`:{`ArnEquals`:{`aws:PrincipalArn`:`" + ROLE + "`}}}";
        Situation.Builder asks =
                reads().principal(SESSION).context("aws:PrincipalArn", ROLE).resourcePolicy(resource(conditioned));
        assertThat(decide(asks)).isEqualTo(Decision.IMPLICIT_DENY);
        assertThat(decide(asks.identityPolicies(List.of(identity(ALLOW_ALL))))).isEqualTo(Decision.ALLOW);
    }

    @Test
    void accountGrant_suffices_whereTheSettingSaysSo() {
        // S6
        Semantics lenient = DEFAULTS.with(Point.ACCOUNT_GRANT_SUFFICES, true);
        assertThat(decision("user", "account", false, false, true, lenient)).isEqualTo(Decision.ALLOW);
    }

    @Test
    void grants_ofSeveralStatements_areJoined() {
        // E42
        Situation.Builder asks = reads().principal(SESSION)
                .boundaries(boundary(ALLOW_NOTHING))
                .resourcePolicy(resource(allowTo(aws(ROLE)), allowTo(aws(SESSION)), allowTo(aws(ROOT))));
        assertThat(decide(asks)).isEqualTo(Decision.ALLOW);
    }

    @Test
    void rootUser_isAllowedByDefault() {
        // E6
        Situation.Builder asks = reads().principal(ROOT);
        assertThat(decide(asks)).isEqualTo(Decision.ALLOW);
        assertThat(decide(asks.identityPolicies(List.of(identity(DENY_ALL))).boundaries(boundary(DENY_ALL))))
                .isEqualTo(Decision.ALLOW);
        assertThat(decide(asks.resourcePolicy(resource(denyTo(aws(ACCOUNT)))))).isEqualTo(Decision.EXPLICIT_DENY);
    }

    @Test
    void assumedRoot_hasTheTaskPolicyAsItsCeiling() {
        // E99
        Situation.Builder asks = reads().principal(ROOT)
                .context("aws:AssumedRoot", "true")
                .resourcePolicy(resource(allowTo(aws(ROOT))))
                .sessionPolicies(session(ALLOW_NOTHING));
        assertThat(decide(asks)).isEqualTo(Decision.IMPLICIT_DENY);
        assertThat(decide(asks.sessionPolicies(session(ALLOW_ALL)))).isEqualTo(Decision.ALLOW);
        assertThat(decide(reads().principal(ROOT).sessionPolicies(session(ALLOW_NOTHING))))
                .isEqualTo(Decision.ALLOW);
    }

    @Test
    void boundary_limitsAndGrantsNothing() {
        // E34, E36
        Situation.Builder asks = reads().boundaries(boundary(ALLOW_ALL));
        assertThat(decide(asks)).isEqualTo(Decision.IMPLICIT_DENY);
        assertThat(decide(asks.identityPolicies(List.of(identity(ALLOW_ALL))))).isEqualTo(Decision.ALLOW);
        assertThat(decide(asks.boundaries(boundary(ALLOW_NOTHING)))).isEqualTo(Decision.IMPLICIT_DENY);
        assertThat(decide(asks.boundaries(List.of()))).isEqualTo(Decision.IMPLICIT_DENY);
    }

    @Test
    void sessionPolicies_intersectWithTheRole() {
        // E38, E39
        Situation.Builder asks = reads().principal(SESSION).identityPolicies(List.of(identity(ALLOW_ALL)));
        assertThat(decide(asks)).isEqualTo(Decision.ALLOW);
        assertThat(decide(asks.sessionPolicies(session(ALLOW_NOTHING)))).isEqualTo(Decision.IMPLICIT_DENY);
        assertThat(decide(asks.sessionPolicies(List.of(
                        session(ALLOW_NOTHING).get(0), session(ALLOW_ALL).get(0)))))
                .isEqualTo(Decision.ALLOW);
        assertThat(decide(reads().principal(SESSION).sessionPolicies(session(ALLOW_ALL))))
                .isEqualTo(Decision.IMPLICIT_DENY);
    }

    @Test
    void sessionPolicies_ofAUser_haveNoSay() {
        // E41
        assertThat(decide(
                        reads().identityPolicies(List.of(identity(ALLOW_ALL))).sessionPolicies(session(ALLOW_NOTHING))))
                .isEqualTo(Decision.ALLOW);
    }

    @Test
    void federatedUser_withoutSessionPolicy_hasNoIdentityPermissions() {
        // E40
        Situation.Builder asks = reads().principal(FEDERATED).identityPolicies(List.of(identity(ALLOW_ALL)));
        assertThat(decide(asks)).isEqualTo(Decision.IMPLICIT_DENY);
        assertThat(decide(asks.sessionPolicies(session(ALLOW_ALL)))).isEqualTo(Decision.ALLOW);
        Situation.Builder without = reads().principal(FEDERATED).identityPolicies(List.of(identity(ALLOW_ALL)));
        assertThat(decide(without.semantics(DEFAULTS.with(Point.FEDERATED_USER_NEEDS_SESSION_POLICY, false))))
                .isEqualTo(Decision.ALLOW);
        assertThat(decide(reads().principal(FEDERATED).resourcePolicy(resource(allowTo(aws(FEDERATED))))))
                .isEqualTo(Decision.ALLOW);
    }

    @Test
    void getCallerIdentity_needsNoPermission() {
        // E11
        assertThat(decide(reads().action("STS:getcalleridentity")
                        .resource("*", ACCOUNT)
                        .identityPolicies(List.of(identity(DENY_ALL)))))
                .isEqualTo(Decision.ALLOW);
    }

    @Test
    void servicesAndAnonymous_needADirectGrant() {
        // E28, E29
        for (String caller : List.of("sns.amazonaws.com", "anonymous")) {
            Situation.Builder asks = reads().principal(caller);
            assertThat(decide(asks.identityPolicies(List.of(identity(ALLOW_ALL)))))
                    .isEqualTo(Decision.IMPLICIT_DENY);
            assertThat(decide(asks.resourcePolicy(resource(allowTo(aws(ACCOUNT))))))
                    .isEqualTo(Decision.IMPLICIT_DENY);
            assertThat(decide(asks.resourcePolicy(resource(allowTo("`*`"))))).isEqualTo(Decision.ALLOW);
        }
        assertThat(decide(reads().principal("sns.amazonaws.com")
                        .resourcePolicy(resource(allowTo("{`Service`:`sns.amazonaws.com`}")))))
                .isEqualTo(Decision.ALLOW);
    }

    @Test
    void bareRole_isASessionUnlessTheSettingSaysNo() {
        // Section 10.8
        Situation.Builder asks = reads().principal(ROLE).identityPolicies(List.of(identity(ALLOW_ALL)));
        assertThat(decide(asks)).isEqualTo(Decision.ALLOW);
        assertThat(decide(asks.sessionPolicies(session(ALLOW_NOTHING)))).isEqualTo(Decision.IMPLICIT_DENY);
        assertThat(decide(reads().principal(ROLE).resourcePolicy(resource(allowTo(aws(ROLE))))))
                .isEqualTo(Decision.ALLOW);
    }

    @Test
    void nobodysResource_isDecidedByTheCallersSideAlone() {
        Situation.Builder asks = reads().resource("arn:aws:iam::aws:policy/ReadOnlyAccess", "")
                .identityPolicies(List.of(identity(ALLOW_ALL)));
        assertThat(decide(asks)).isEqualTo(Decision.ALLOW);
        assertThat(decide(asks.resource("arn:aws:sqs:us-east-1:444455556666:q", "")))
                .isEqualTo(Decision.IMPLICIT_DENY);
    }
}
