package dev.portcullis;

import static dev.portcullis.EngineStore.ACCOUNT;
import static dev.portcullis.EngineStore.ALICE;
import static dev.portcullis.EngineStore.APP;
import static dev.portcullis.EngineStore.APP_SESSION;
import static dev.portcullis.EngineStore.BOB;
import static dev.portcullis.EngineStore.KEY;
import static dev.portcullis.EngineStore.allow;
import static dev.portcullis.EngineStore.document;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.policy.Diagnostic;
import dev.portcullis.policy.Limits;
import dev.portcullis.policy.Semantics;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a change does to an engine, and what it must not do. */
class EngineChangeTest {

    private static final String DENY = document("{\"Effect\":\"Deny\",\"Action\":\"t:Do\",\"Resource\":\"*\"}");
    private static final String NEW_USER = "arn:aws:iam::111122223333:user/new";

    private final Engine first = EngineStore.engine("");

    private static Change change(UnaryOperator<Change.Builder> steps) {
        return steps.apply(Change.builder()).build();
    }

    private static Request asks(Engine engine, String principal, String action) {
        return engine.newRequest().principal(principal).action(action).resource("*");
    }

    private static Decision decide(Engine engine, String principal, String action) {
        return engine.decide(asks(engine, principal, action));
    }

    /**
     * The bug class of publishing in place: a reader that holds an older version, and finds its entries gone, would take
     * that for silence. Here nothing is ever written to an older version, so whatever has been published since, and in
     * whatever order the reader looks, its Deny is there (rule E3).
     */
    @Test
    void with_denyTakenAway_olderVersionsKeepTheirDeny() {
        Engine denying = first.with(change(c -> c.policy("own", DENY)));
        Request request = asks(denying, ALICE, "t:Do");
        assertThat(denying.decide(request)).isEqualTo(Decision.EXPLICIT_DENY);

        Engine allowing = denying.with(change(c -> c.policy("own", document(allow("t:Do", "")))));
        Engine without = denying.with(change(c -> c.detach(ALICE, "own")));
        Engine gone = denying.with(change(c -> c.remove(ALICE)));
        Engine latest = allowing;
        for (int i = 0; i < 1_000; i++) {
            latest = latest.with(change(c -> c.policy("own", document(allow("t:Do", "")))));
        }

        for (int turn = 0; turn < 3; turn++) {
            assertThat(denying.decide(request)).isEqualTo(Decision.EXPLICIT_DENY);
            assertThat(allowing.decide(request)).isEqualTo(Decision.ALLOW);
            assertThat(without.decide(request)).isEqualTo(Decision.IMPLICIT_DENY);
            assertThat(gone.decide(request)).isEqualTo(Decision.IMPLICIT_DENY);
            assertThat(latest.decide(request)).isEqualTo(Decision.ALLOW);
            assertThat(first.decide(request)).isEqualTo(Decision.ALLOW);
        }
        assertThat(denying.explain(request).deciding())
                .extracting(Explanation.StatementRef::policy)
                .containsExactly("own");
    }

    /** The same of a Deny that stood in a compiled policy, where a set of the base loses statements (rule E3). */
    @Test
    void with_compiledDenyReplaced_compiledEngineKeepsIt() {
        Engine compiled = Engine.compile(EngineStore.builder("")
                .policy("deny", DENY)
                .user(NEW_USER, user -> user.attach("own", "deny"))
                .build());
        Engine changed = compiled.with(change(c -> c.policy("deny", document(allow("x:Y", "")))));

        assertThat(decide(changed, NEW_USER, "t:Do")).isEqualTo(Decision.ALLOW);
        assertThat(decide(changed, NEW_USER, "x:Y")).isEqualTo(Decision.ALLOW);
        assertThat(decide(compiled, NEW_USER, "t:Do")).isEqualTo(Decision.EXPLICIT_DENY);
    }

    @Test
    void with_branches_areIndependent() {
        Engine left = first.with(change(c -> c.policy("own", DENY)));
        Engine right = first.with(change(c -> c.detach(BOB, "own")));

        assertThat(decide(left, BOB, "t:Do")).isEqualTo(Decision.EXPLICIT_DENY);
        assertThat(decide(right, BOB, "t:Do")).isEqualTo(Decision.IMPLICIT_DENY);
        assertThat(decide(right, ALICE, "t:Do")).isEqualTo(Decision.ALLOW);
        assertThat(decide(first, BOB, "t:Do")).isEqualTo(Decision.ALLOW);
    }

    /** Policy sets are shared by content: policies must not. */
    @Test
    void with_policyOfEqualContent_otherStays() {
        Engine engine = Engine.compile(EngineStore.builder("")
                .policy("twin", document(allow("t:Do", "")))
                .user(NEW_USER, user -> user.attach("twin"))
                .build());
        Engine changed = engine.with(change(c -> c.policy("twin", DENY)));

        assertThat(decide(changed, NEW_USER, "t:Do")).isEqualTo(Decision.EXPLICIT_DENY);
        assertThat(decide(changed, ALICE, "t:Do")).isEqualTo(Decision.ALLOW);
    }

    /** What a full-access statement hid in the compiled lists counts once it is gone. */
    @Test
    void with_fullAccessReplaced_hiddenStatementsCount() {
        Engine engine = Engine.compile(EngineStore.builder("")
                .policy("all", document(allow("*", "")))
                .user(NEW_USER, user -> user.attach("all", "own"))
                .build());
        Engine changed = engine.with(change(c -> c.policy("all", document(allow("x:Y", "")))));

        assertThat(decide(engine, NEW_USER, "q:Chat")).isEqualTo(Decision.ALLOW);
        assertThat(decide(changed, NEW_USER, "q:Chat")).isEqualTo(Decision.IMPLICIT_DENY);
        assertThat(decide(changed, NEW_USER, "t:Do")).isEqualTo(Decision.ALLOW);
    }

    /** Services, actions, context keys and principals that no compiled policy names. */
    @Test
    void with_newWords_areKnown() {
        Engine changed = first.with(change(c -> c.policy(
                        "new",
                        document(
                                allow("brand:New*", "\"StringEquals\":{\"brand:key\":\"v\"}"),
                                allow("t:Undo", ""),
                                "{\"Effect\":\"Deny\",\"NotAction\":[\"brand:*\",\"t:*\"],\"Resource\":\"*\"}"))
                .attach(ALICE, "new")));
        Request request = first.newRequest();

        assertThat(changed.decide(
                        request.principal(ALICE).action("brand:NewThing").resource("*")))
                .isEqualTo(Decision.IMPLICIT_DENY);
        assertThat(changed.decide(request.context("Brand:Key", "v"))).isEqualTo(Decision.ALLOW);
        assertThat(first.decide(request)).isEqualTo(Decision.IMPLICIT_DENY);
        assertThat(decide(changed, ALICE, "T:UNDO")).isEqualTo(Decision.ALLOW);
        assertThat(decide(changed, ALICE, "t:Do")).isEqualTo(Decision.ALLOW);
        assertThat(decide(changed, ALICE, "other:Thing")).isEqualTo(Decision.EXPLICIT_DENY);
        assertThat(decide(changed, BOB, "other:Thing")).isEqualTo(Decision.IMPLICIT_DENY);
    }

    /** Handles, requests and session policies of any version are good for all of them. */
    @Test
    void with_handlesOfOtherVersions_meanWhatTheyMeanNow() {
        PrincipalHandle known = first.principal(ALICE);
        PrincipalHandle unknown = first.principal(NEW_USER);
        PrincipalHandle session = first.principal("arn:aws:sts::111122223333:assumed-role/late/s1");
        ActionHandle action = first.action("t:Do");
        ResourceHandle resource = first.resource(KEY);
        Engine changed = first.with(change(c -> c.policy(
                        "grant", document(allow("t:Do", "\"StringEquals\":{\"aws:PrincipalTag/New\":\"x\"}")))
                .remove(ALICE)
                .user(NEW_USER, user -> user.attach("grant").tag("new", "x"))
                .role("arn:aws:iam::111122223333:role/a/late", role -> role.attach("own"))
                .policy("bucket", document(allow("{\"AWS\":\"arn:aws:iam::111122223333:role/nobody\"}", "x:Y", "")))));
        Request request = changed.newRequest();

        assertThat(changed.decide(request.principal(known).action(action).resource(resource)))
                .isEqualTo(Decision.IMPLICIT_DENY);
        assertThat(first.decide(request)).isEqualTo(Decision.ALLOW);
        request.clear();
        assertThat(changed.decide(request.principal(unknown).action(action).resource(resource)))
                .isEqualTo(Decision.ALLOW);
        request.clear();
        assertThat(changed.decide(request.principal(session).action(action).resource(resource)))
                .isEqualTo(Decision.ALLOW);
        request.clear().sessionPolicies(first.compileSession(DENY));
        assertThat(changed.decide(request.principal(session).action(action).resource(resource)))
                .isEqualTo(Decision.EXPLICIT_DENY);
    }

    /** A resource policy put later may name a role that came later: its sessions are the role's (rules E16, E25). */
    @Test
    void with_arrivedRoleNamedByPutPolicy_isGranted() {
        String role = "arn:aws:iam::444455556666:role/path/arrived";
        Engine changed =
                first.with(change(c -> c.policy("bucket", document(allow("{\"AWS\":\"" + role + "\"}", "t:Read", "")))
                        .policy("read", document(allow("t:Read", "")))
                        .role(role, builder -> builder.attach("read"))));
        Request request = changed.newRequest()
                .principal("arn:aws:sts::444455556666:assumed-role/arrived/s1")
                .action("t:Read")
                .resource(KEY);

        assertThat(changed.decide(request)).isEqualTo(Decision.ALLOW);
        assertThat(first.decide(request)).isEqualTo(Decision.IMPLICIT_DENY);
        Engine gone = changed.with(change(c -> c.remove(role)));
        assertThat(gone.decide(request)).isEqualTo(Decision.IMPLICIT_DENY);
    }

    /** E43, E55: at a unit and at an account. */
    @Test
    void with_controls_countWhereTheyAreAttached() {
        Engine scp = first.with(change(c -> c.policy("no-do", DENY).attachServiceControl("no-do", "Root")));
        assertThat(decide(scp, ALICE, "t:Do")).isEqualTo(Decision.EXPLICIT_DENY);
        assertThat(scp.explain(asks(scp, ALICE, "t:Do")).deciding())
                .extracting(Explanation.StatementRef::policy)
                .containsExactly("no-do");

        Engine silent = first.with(change(c -> c.detachServiceControl("FullAWSAccess", ACCOUNT)));
        assertThat(decide(silent, ALICE, "t:Do")).isEqualTo(Decision.IMPLICIT_DENY);
        Engine again = silent.with(change(c -> c.attachServiceControl("FullAWSAccess", ACCOUNT)));
        assertThat(decide(again, ALICE, "t:Do")).isEqualTo(Decision.ALLOW);
    }

    @Test
    void with_invalidDocument_allProblemsAndNothingChanges() {
        Change change = change(c -> c.policy("own", "{\"Statement\":[{\"Effect\":\"Permit\",\"Action\":\"t:Do\"}]}")
                .policy("unused", "{")
                .attach(ALICE, "nowhere")
                .attach("arn:aws:iam::111122223333:user/nobody", "own")
                .detach(BOB, "bucket"));

        assertThatExceptionOfType(InvalidPolicyException.class)
                .isThrownBy(() -> first.with(change))
                .satisfies(thrown -> {
                    assertThat(thrown.diagnostics())
                            .filteredOn(Diagnostic::isError)
                            .extracting(Diagnostic::policyName)
                            .contains("own", "unused", "change");
                    assertThat(thrown.diagnostics())
                            .extracting(Diagnostic::code)
                            .contains("UNKNOWN_POLICY", "UNKNOWN_PRINCIPAL", "NOT_ATTACHED");
                    assertThat(thrown.diagnostics())
                            .filteredOn(finding -> finding.policyName().equals("own"))
                            .allSatisfy(finding ->
                                    assertThat(thrown.source(finding)).isPresent());
                });
        assertThat(decide(first, ALICE, "t:Do")).isEqualTo(Decision.ALLOW);
    }

    /** L8: a text has to be right for everything that the policy is attached as. */
    @Test
    void with_textWrongForItsType_isRefused() {
        assertThatThrownBy(() -> first.with(change(c -> c.policy("bucket", DENY))))
                .isInstanceOf(InvalidPolicyException.class)
                .hasMessageContaining("Principal");
    }

    @Test
    void with_wrongPrincipals_areRefused() {
        assertRefused(change(c -> c.user("arn:aws:iam::111122223333:user/other/ALICE", user -> {})), "DUPLICATE_NAME");
        assertRefused(
                change(c -> c.user(NEW_USER, user -> user.uniqueId("AIDA1234567890ALICE00"))), "DUPLICATE_UNIQUE_ID");
        assertRefused(change(c -> c.user("arn:aws:iam::1:user/x", user -> {})), "INVALID_ARN");
        assertRefused(
                change(c -> c.user(NEW_USER, user -> user.group("arn:aws:iam::111122223333:group/none"))),
                "UNKNOWN_GROUP");
        assertRefused(change(c -> c.attach(ALICE, "own")), "DUPLICATE_ATTACHMENT");
        assertRefused(change(c -> c.boundary(ALICE, "RCPFullAWSAccess")), "WRONG_POLICY_TYPE");
        assertRefused(change(c -> c.trust(ALICE, "own")), "TRUST_WITHOUT_ROLE");
        assertRefused(change(c -> c.resourcePolicy("arn:aws:s3:::nowhere", "bucket")), "UNKNOWN_RESOURCE");
        assertRefused(change(c -> c.policy("", DENY)), "INVALID_POLICY_NAME");
        // Whose name it was is free again.
        Engine gone = first.with(change(c -> c.remove(ALICE)));
        Engine renamed = gone.with(change(c ->
                c.user("arn:aws:iam::111122223333:user/other/ALICE", user -> user.uniqueId("AIDA1234567890ALICE00"))));
        assertThat(decide(renamed, ALICE, "t:Do")).isEqualTo(Decision.IMPLICIT_DENY);
    }

    private void assertRefused(Change change, String code) {
        assertThatExceptionOfType(InvalidPolicyException.class)
                .isThrownBy(() -> first.with(change))
                .satisfies(thrown -> assertThat(thrown.diagnostics())
                        .extracting(Diagnostic::code)
                        .contains(code));
    }

    @Test
    void with_whatNeedsCompiling_saysSo() {
        List<Change> changes = List.of(
                change(c -> c.boundary(ALICE, "own")),
                change(c -> c.attachServiceControl("FullAWSAccess", "Root", "nowhere")),
                change(c -> c.resourcePolicy("arn:aws:s3:::bucket", "bucket")),
                change(c -> c.vpcEndpoint("vpce-1", "own")));
        for (Change change : changes) {
            assertThatThrownBy(() -> first.with(change))
                    .isInstanceOf(NeedsCompileException.class)
                    .hasMessageMatching("(?s).*(put |compile the store anew).*");
        }
        Engine changed = first.with(change(
                c -> c.policy("own", document(allow("t:Do", ""))).boundary(ALICE, "own")));
        assertThat(decide(changed, ALICE, "t:Do")).isEqualTo(Decision.ALLOW);
    }

    /** What a user has of its groups stays when the same policy is detached from itself (rule E8). */
    @Test
    void detach_policyOfGroupToo_staysByTheGroup() {
        String group = "arn:aws:iam::111122223333:group/team";
        Engine engine = Engine.compile(EngineStore.builder("")
                .group(group, "own")
                .user(NEW_USER, user -> user.attach("own").group(group))
                .build());

        Engine detached = engine.with(change(c -> c.detach(NEW_USER, "own")));
        assertThat(decide(detached, NEW_USER, "t:Do")).isEqualTo(Decision.ALLOW);
        Engine neither = detached.with(change(c -> c.detach(group, "own")));
        assertThat(decide(neither, NEW_USER, "t:Do")).isEqualTo(Decision.IMPLICIT_DENY);
        Engine back = neither.with(change(
                c -> c.policy("more", document(allow("t:Do", ""))).attach(group, "more")));
        assertThat(decide(back, NEW_USER, "t:Do")).isEqualTo(Decision.ALLOW);
    }

    /** Policies that nothing named when they were put are there later. */
    @Test
    void with_policyPutFirstAndAttachedLater_isThere() {
        Engine put = first.with(change(c -> c.policy("late", DENY)));
        assertThat(decide(put, BOB, "t:Do")).isEqualTo(Decision.ALLOW);

        Engine attached = put.with(change(c -> c.attach(BOB, "late")));
        assertThat(decide(attached, BOB, "t:Do")).isEqualTo(Decision.EXPLICIT_DENY);
        Engine detached = attached.with(change(c -> c.detach(BOB, "late")));
        Engine rewritten = detached.with(change(c -> c.policy("late", document(allow("t:Undo", "")))));
        Engine again = rewritten.with(change(c -> c.attach(BOB, "late")));
        assertThat(decide(again, BOB, "t:Do")).isEqualTo(Decision.ALLOW);
        assertThat(decide(again, BOB, "t:Undo")).isEqualTo(Decision.ALLOW);
    }

    /** A store's own policy goes before AWS's of the same name, even when nothing named it and it wasn't compiled. */
    @Test
    void attach_ownPolicyNamedLikeAwsOne_neverTakesAwsText(@TempDir Path directory) {
        Store shadowing = EngineStore.builder("")
                .policy("AdministratorAccess", document(allow("t:Do", "")))
                .user(NEW_USER, user -> {})
                .build();
        Engine engine = Engine.compile(shadowing);
        Path file = directory.resolve("shadowing.image");
        engine.save(file);
        Change attach = change(c -> c.attach(NEW_USER, "AdministratorAccess"));

        for (Engine from : List.of(engine, Engine.open(file))) {
            assertThatExceptionOfType(InvalidPolicyException.class)
                    .isThrownBy(() -> from.with(attach))
                    .satisfies(refused -> assertThat(refused.diagnostics())
                            .extracting(Diagnostic::code)
                            .containsExactly("UNKNOWN_POLICY"));
            Engine put = from.with(change(c -> c.policy("AdministratorAccess", document(allow("t:Do", "")))
                    .attach(NEW_USER, "AdministratorAccess")));
            assertThat(decide(put, NEW_USER, "t:Do")).isEqualTo(Decision.ALLOW);
            assertThat(decide(put, NEW_USER, "iam:CreateUser")).isEqualTo(Decision.IMPLICIT_DENY);
        }
        Engine without = Engine.compile(
                EngineStore.builder("").user(NEW_USER, user -> {}).build());
        assertThat(decide(without.with(attach), NEW_USER, "iam:CreateUser")).isEqualTo(Decision.ALLOW);
    }

    @Test
    void with_sameThingAgainAndAgain_growsNothing() {
        Engine engine = first.with(change(c -> c.policy("own", DENY)));
        int patches = engine.patches();
        long bytes = engine.patchedBytes();
        for (int i = 0; i < 500; i++) {
            engine = engine.with(change(c -> c.policy("own", DENY)));
        }
        assertThat(first.patches()).isZero();
        assertThat(first.patchedBytes()).isZero();
        assertThat(patches).isEqualTo(4).isEqualTo(engine.patches());
        assertThat(bytes).isPositive().isEqualTo(engine.patchedBytes());
        assertThat(patches).isLessThan(Limits.PATCHES);
    }

    /** A bound of the engine's own, {@link Limits#PATCHES}: past it the store is to be compiled anew. */
    @Test
    void next_tooManyPatches_needsCompiling() {
        Compiled compiled = Compiled.of(EngineStore.store(""), Semantics.defaults());
        Change denied = change(c -> c.policy("own", DENY));

        assertThat(compiled.next(compiled.revision(), denied, 4).patches()).isEqualTo(4);
        assertThatThrownBy(() -> compiled.next(compiled.revision(), denied, 3))
                .isInstanceOf(NeedsCompileException.class)
                .hasMessageContaining("more than 3 principals");
    }

    @Test
    void save_changedEngine_isRefused() {
        Engine changed = first.with(change(c -> c.policy("own", DENY)));
        StringBuilder listing = new StringBuilder();

        assertThatThrownBy(() -> changed.save(Path.of("nowhere")))
                .isInstanceOf(NeedsCompileException.class)
                .hasMessageContaining("compile the changed store");
        assertThatThrownBy(() -> changed.listRules(listing)).isInstanceOf(NeedsCompileException.class);
        assertThatThrownBy(() -> changed.listAutomaton(listing)).isInstanceOf(NeedsCompileException.class);
    }

    /** An image holds all that changing needs, groups included. */
    @Test
    void with_engineOpenedFromImage_isChanged(@TempDir Path directory) {
        String group = "arn:aws:iam::111122223333:group/team";
        Engine saved = Engine.compile(EngineStore.builder("")
                .group(group, "own")
                .user(NEW_USER, user -> user.group(group))
                .build());
        Path image = directory.resolve("image");
        saved.save(image);
        Engine opened = Engine.open(image);

        Engine changed = opened.with(
                change(c -> c.policy("own", DENY).detach(group, "own").detach(BOB, "own")));
        assertThat(decide(changed, ALICE, "t:Do")).isEqualTo(Decision.EXPLICIT_DENY);
        assertThat(decide(changed, BOB, "t:Do")).isEqualTo(Decision.IMPLICIT_DENY);
        assertThat(decide(changed, NEW_USER, "t:Do")).isEqualTo(Decision.IMPLICIT_DENY);
        assertThat(decide(opened, NEW_USER, "t:Do")).isEqualTo(Decision.ALLOW);
    }

    /** Batches decide by the version that they are given to. */
    @Test
    void decide_batchOfChangedEngine_isOfThatVersion() {
        Engine changed = first.with(change(c -> c.policy("own", DENY).user(NEW_USER, user -> {})));
        Request[] requests = {
            asks(first, ALICE, "t:Do"), asks(first, NEW_USER, "t:Do"), asks(first, BOB, "x:Y"), asks(first, BOB, "t:Do")
        };
        Decision[] decisions = new Decision[4];

        changed.decide(requests, 4, decisions);
        assertThat(decisions)
                .containsExactly(
                        Decision.EXPLICIT_DENY, Decision.IMPLICIT_DENY, Decision.IMPLICIT_DENY, Decision.EXPLICIT_DENY);
        first.decide(requests, 4, decisions);
        assertThat(decisions)
                .containsExactly(Decision.ALLOW, Decision.IMPLICIT_DENY, Decision.IMPLICIT_DENY, Decision.ALLOW);
    }

    /** E36, E49: what is known of a session's role, and of unknown principals. */
    @Test
    void with_refusingUnknownPrincipals_arrivalsAreKnown() {
        Engine strict = first.refusingUnknownPrincipals();
        Engine changed = strict.with(change(c -> c.user(NEW_USER, user -> {}).remove(APP)));

        assertThat(decide(changed, NEW_USER, "t:Do")).isEqualTo(Decision.IMPLICIT_DENY);
        assertThatThrownBy(() -> decide(strict, NEW_USER, "t:Do")).hasMessageContaining("not in the store");
        assertThatThrownBy(() -> decide(changed, APP_SESSION, "t:Do")).hasMessageContaining("not in the store");
    }

    @Test
    void decide_requestOfAnotherStore_isRefused() {
        Engine other = EngineStore.engine("");
        Request request = asks(other, ALICE, "t:Do");

        assertThat(first.accepts(request)).isFalse();
        assertThat(other.with(change(c -> c.detach(BOB, "own"))).accepts(request))
                .isTrue();
        assertThatThrownBy(() -> first.decide(request)).isInstanceOf(IllegalStateException.class);
    }
}
