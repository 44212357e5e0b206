package dev.portcullis.corpus.reference;

import static dev.portcullis.corpus.reference.Scenes.ACCOUNT;
import static dev.portcullis.corpus.reference.Scenes.ALICE;
import static dev.portcullis.corpus.reference.Scenes.ALLOW_ALL;
import static dev.portcullis.corpus.reference.Scenes.ALLOW_NOTHING;
import static dev.portcullis.corpus.reference.Scenes.DENY_ALL;
import static dev.portcullis.corpus.reference.Scenes.KEY;
import static dev.portcullis.corpus.reference.Scenes.OTHER_ACCOUNT;
import static dev.portcullis.corpus.reference.Scenes.ROOT;
import static dev.portcullis.corpus.reference.Scenes.SESSION;
import static dev.portcullis.corpus.reference.Scenes.allowTo;
import static dev.portcullis.corpus.reference.Scenes.aws;
import static dev.portcullis.corpus.reference.Scenes.boundary;
import static dev.portcullis.corpus.reference.Scenes.decide;
import static dev.portcullis.corpus.reference.Scenes.identity;
import static dev.portcullis.corpus.reference.Scenes.reads;
import static dev.portcullis.corpus.reference.Scenes.resource;
import static dev.portcullis.corpus.reference.Scenes.resourceControl;
import static dev.portcullis.corpus.reference.Scenes.serviceControl;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.Decision;
import dev.portcullis.corpus.reference.Situation.Facts;
import dev.portcullis.policy.Semantics;
import dev.portcullis.policy.Semantics.Point;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** E37, E43 to E61. */
class OrganizationTest {

    private static Situation.Builder allowed() {
        return reads().identityPolicies(List.of(identity(ALLOW_ALL)));
    }

    private static Facts facts(String managementAccount, boolean serviceLinkedRole, boolean awsManagedKey) {
        return new Facts(
                Optional.of(managementAccount).filter(account -> !account.isEmpty()),
                serviceLinkedRole,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                awsManagedKey);
    }

    @Test
    void serviceControl_everyLevelMustAllow() {
        // E43, E44, E45, E51
        assertThat(decide(allowed()
                        .serviceControlPolicies(
                                List.of(serviceControl("root", ALLOW_ALL), serviceControl("account", ALLOW_ALL)))))
                .isEqualTo(Decision.ALLOW);
        assertThat(decide(allowed()
                        .serviceControlPolicies(
                                List.of(serviceControl("root", ALLOW_ALL), serviceControl("account", ALLOW_NOTHING)))))
                .isEqualTo(Decision.IMPLICIT_DENY);
        assertThat(decide(allowed()
                        .serviceControlPolicies(List.of(serviceControl("root", ALLOW_ALL), serviceControl("account")))))
                .isEqualTo(Decision.IMPLICIT_DENY);
        assertThat(decide(allowed()
                        .serviceControlPolicies(
                                List.of(serviceControl("root", ALLOW_ALL), serviceControl("ou", ALLOW_ALL, DENY_ALL)))))
                .isEqualTo(Decision.EXPLICIT_DENY);
        assertThat(decide(reads().serviceControlPolicies(List.of(serviceControl("root", ALLOW_ALL)))))
                .isEqualTo(Decision.IMPLICIT_DENY);
        assertThat(decide(allowed())).isEqualTo(Decision.ALLOW);
    }

    @Test
    void serviceControl_limitsRootAndDirectGrants() {
        // E37, E46
        List<Situation.Level> silent = List.of(serviceControl("root", ALLOW_NOTHING));
        assertThat(decide(reads().principal(ROOT).serviceControlPolicies(silent)))
                .isEqualTo(Decision.IMPLICIT_DENY);
        assertThat(decide(reads().resourcePolicy(resource(allowTo(aws(ALICE)))).serviceControlPolicies(silent)))
                .isEqualTo(Decision.IMPLICIT_DENY);
        assertThat(decide(allowed().boundaries(boundary(ALLOW_ALL)).serviceControlPolicies(silent)))
                .isEqualTo(Decision.IMPLICIT_DENY);
    }

    @Test
    void serviceControl_exemptsManagementAccountServiceLinkedRolesAndOutsiders() {
        // E48, E49, E50
        List<Situation.Level> denying = List.of(serviceControl("root", DENY_ALL));
        assertThat(decide(allowed().serviceControlPolicies(denying).facts(facts(ACCOUNT, false, false))))
                .isEqualTo(Decision.ALLOW);
        assertThat(decide(allowed().serviceControlPolicies(denying).facts(facts(OTHER_ACCOUNT, false, false))))
                .isEqualTo(Decision.EXPLICIT_DENY);
        assertThat(decide(allowed()
                        .principal(SESSION)
                        .serviceControlPolicies(denying)
                        .facts(facts("", true, false))))
                .isEqualTo(Decision.ALLOW);
        assertThat(decide(allowed().serviceControlPolicies(denying).facts(facts("", true, false))))
                .isEqualTo(Decision.EXPLICIT_DENY);
        for (String caller : List.of("sns.amazonaws.com", "anonymous")) {
            assertThat(decide(reads().principal(caller)
                            .resourcePolicy(resource(allowTo("`*`")))
                            .serviceControlPolicies(denying)))
                    .isEqualTo(Decision.ALLOW);
        }
    }

    @Test
    void serviceLinkedRole_hasNoBoundary() {
        // E36
        Situation.Builder asks = allowed().principal(SESSION).boundaries(boundary(ALLOW_NOTHING));
        assertThat(decide(asks)).isEqualTo(Decision.IMPLICIT_DENY);
        assertThat(decide(asks.facts(facts("", true, false)))).isEqualTo(Decision.ALLOW);
    }

    @Test
    void serviceControl_takesTheWholeLanguage() {
        // E52, L26
        String statement = "{`Effect`:`Allow`,`NotAction`:`iam:*`,`NotResource`:`arn:aws:s3:::secret/*`,"
                + "`Condition`:{`Bool`:{`aws:SecureTransport`:true}}}";
        Situation.Builder asks = allowed()
                .serviceControlPolicies(List.of(serviceControl("root", statement)))
                .context("aws:SecureTransport", "true");
        assertThat(decide(asks)).isEqualTo(Decision.ALLOW);
        assertThat(decide(asks.resource("arn:aws:s3:::secret/x", ACCOUNT))).isEqualTo(Decision.IMPLICIT_DENY);
    }

    private static final String DENY_S3 = "{`Effect`:`Deny`,`Principal`:`*`,`Action`:`s3:*`,`Resource`:`*`}";
    private static final String FULL_ACCESS = "{`Effect`:`Allow`,`Principal`:`*`,`Action`:`*`,`Resource`:`*`}";

    @Test
    void resourceControl_deniesOnly() {
        // E54, E55, E61
        assertThat(decide(allowed().resourceControlPolicies(List.of(resourceControl("root")))))
                .isEqualTo(Decision.ALLOW);
        assertThat(decide(allowed()
                        .resourceControlPolicies(
                                List.of(resourceControl("root"), resourceControl("account", DENY_S3)))))
                .isEqualTo(Decision.EXPLICIT_DENY);
        assertThat(decide(reads().resourceControlPolicies(List.of(resourceControl("root", FULL_ACCESS)))))
                .isEqualTo(Decision.IMPLICIT_DENY);
    }

    @Test
    void resourceControl_reachesEveryCaller() {
        // E56
        List<Situation.Level> denying = List.of(resourceControl("root", DENY_S3));
        for (String caller : List.of(ROOT, "arn:aws:iam::444455556666:user/eve", "sns.amazonaws.com", "anonymous")) {
            assertThat(decide(allowed()
                            .principal(caller)
                            .resourcePolicy(resource(allowTo("`*`")))
                            .resourceControlPolicies(denying)))
                    .isEqualTo(Decision.EXPLICIT_DENY);
        }
        Semantics narrow = Semantics.defaults().with(Point.RCP_REACHES_SERVICES_AND_ANONYMOUS, false);
        for (String caller : List.of("sns.amazonaws.com", "anonymous")) {
            assertThat(decide(reads().principal(caller)
                            .resourcePolicy(resource(allowTo("`*`")))
                            .resourceControlPolicies(denying)
                            .semantics(narrow)))
                    .isEqualTo(Decision.ALLOW);
        }
    }

    @Test
    void resourceControl_exemptsManagementAccountAndServiceLinkedRoles() {
        // E57, E58
        List<Situation.Level> denying = List.of(resourceControl("root", DENY_S3));
        assertThat(decide(allowed().resourceControlPolicies(denying).facts(facts(ACCOUNT, false, false))))
                .isEqualTo(Decision.ALLOW);
        assertThat(decide(allowed()
                        .principal(SESSION)
                        .resourceControlPolicies(denying)
                        .facts(facts("", true, false))))
                .isEqualTo(Decision.ALLOW);
    }

    @Test
    void resourceControl_reachesListedServicesOnly() {
        // E59
        String denyKms = "{`Effect`:`Deny`,`Principal`:`*`,`Action`:`kms:*`,`Resource`:`*`}";
        Situation.Builder kms = allowed()
                .resource(KEY, ACCOUNT)
                .resourcePolicy(resource(allowTo(aws(ACCOUNT))))
                .resourceControlPolicies(List.of(resourceControl("root", denyKms)));
        assertThat(decide(kms.action("kms:Decrypt"))).isEqualTo(Decision.EXPLICIT_DENY);
        assertThat(decide(kms.action("kms:RetireGrant"))).isEqualTo(Decision.ALLOW);
        assertThat(decide(kms.action("kms:Decrypt").facts(facts("", false, true))))
                .isEqualTo(Decision.ALLOW);
        String denyQueues = "{`Effect`:`Deny`,`Principal`:`*`,`Action`:`sqs:*`,`Resource`:`*`}";
        Situation.Builder list = allowed()
                .action("sqs:ListQueues")
                .resource("*", ACCOUNT)
                .resourceControlPolicies(List.of(resourceControl("root", denyQueues)));
        assertThat(decide(list)).isEqualTo(Decision.EXPLICIT_DENY);
        assertThat(decide(list.semantics(Semantics.defaults().with(Point.RCP_NEEDS_RESOURCE_TYPE, true))))
                .isEqualTo(Decision.ALLOW);
    }
}
