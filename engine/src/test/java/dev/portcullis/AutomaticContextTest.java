package dev.portcullis;

import static dev.portcullis.EngineStore.ALICE;
import static dev.portcullis.EngineStore.APP;
import static dev.portcullis.EngineStore.APP_SESSION;
import static dev.portcullis.EngineStore.BOB;
import static dev.portcullis.EngineStore.JO;
import static dev.portcullis.EngineStore.KEY;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which value each context key has that a request doesn't give (section 7 of the language rules, L75, L150, E95 to E98). */
class AutomaticContextTest {

    private static final String ROOT = "arn:aws:iam::111122223333:root";
    private static final String ALICE_ID = "AIDA1234567890ALICE00";
    private static final String APP_ID = "AROA123456789000APP00";

    private static Decision decide(String condition, String principal) {
        Engine engine = EngineStore.engine(condition);
        return engine.decide(
                engine.newRequest().principal(principal).action("t:Do").resource(KEY));
    }

    private static boolean has(String key, String value, String principal) {
        boolean equal = decide("\"StringEquals\":{\"" + key + "\":\"" + value + "\"}", principal) == Decision.ALLOW;
        boolean different =
                decide("\"StringNotEquals\":{\"" + key + "\":\"" + value + "\"}", principal) == Decision.ALLOW;
        assertThat(equal).isNotEqualTo(different);
        return equal;
    }

    private static boolean isAbsent(String key, String principal) {
        return decide("\"Null\":{\"" + key + "\":\"true\"}", principal) == Decision.ALLOW;
    }

    @ParameterizedTest
    @CsvSource({
        "aws:PrincipalArn, " + ALICE + ", " + ALICE,
        "aws:PrincipalArn, " + APP + ", " + APP_SESSION,
        "aws:PrincipalArn, " + APP + ", " + APP,
        "aws:PrincipalArn, " + JO + ", " + JO,
        "aws:PrincipalAccount, 111122223333, " + ALICE,
        "aws:PrincipalAccount, 111122223333, " + APP_SESSION,
        "aws:PrincipalAccount, anonymous, anonymous",
        "aws:PrincipalType, User, " + ALICE,
        "aws:PrincipalType, AssumedRole, " + APP_SESSION,
        "aws:PrincipalType, AssumedRole, " + APP,
        "aws:PrincipalType, FederatedUser, " + JO,
        "aws:PrincipalType, Anonymous, anonymous",
        "aws:userid, " + ALICE_ID + ", " + ALICE,
        "aws:userid, " + APP_ID + ":s1, " + APP_SESSION,
        "aws:userid, 111122223333:jo, " + JO,
        "aws:userid, anonymous, anonymous",
        "aws:username, alice, " + ALICE,
        "aws:username, bob, " + BOB,
        "aws:PrincipalTag/TEAM, red, " + ALICE,
        "aws:PrincipalTag/tier, web, " + APP_SESSION,
        "aws:PrincipalOrgID, o-example, " + ALICE,
        "aws:PrincipalOrgID, o-example, " + JO,
        "aws:PrincipalIsAWSService, true, sns.amazonaws.com",
        "aws:PrincipalIsAWSService, false, " + ALICE,
        "aws:PrincipalServiceName, sns.amazonaws.com, sns.amazonaws.com",
        "aws:ResourceAccount, 111122223333, anonymous",
        "aws:ResourceOrgID, o-example, sns.amazonaws.com",
        "aws:CurrentTime, 2026-03-04T05:06:07Z, " + ALICE,
        "aws:EpochTime, 1772600767, anonymous",
        "aws:ViaAWSService, false, " + ALICE
    })
    void decide_keyNotGiven_isSupplied(String key, String value, String principal) {
        assertThat(has(key, value, principal)).isTrue();
        assertThat(isAbsent(key, principal)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "aws:PrincipalArn, anonymous",
        "aws:PrincipalArn, sns.amazonaws.com",
        "aws:PrincipalArn, arn:aws:sts::111122223333:assumed-role/unknown/s",
        "aws:PrincipalAccount, sns.amazonaws.com",
        "aws:PrincipalType, accounts.google.com",
        "aws:userid, " + BOB,
        "aws:userid, " + APP,
        "aws:username, " + APP_SESSION,
        "aws:PrincipalTag/team, " + BOB,
        "aws:PrincipalTag/unheard-of, " + ALICE,
        "aws:PrincipalOrgID, anonymous",
        "aws:PrincipalOrgPaths, sns.amazonaws.com",
        "aws:PrincipalIsAWSService, anonymous",
        "aws:PrincipalServiceName, " + ALICE,
        "aws:PrincipalServiceNamesList, " + ALICE,
        "aws:ResourceTag/kind, " + ALICE,
        "aws:CalledViaFirst, " + ALICE,
        "aws:CalledViaLast, " + ALICE,
        "aws:SourceIp, " + ALICE,
        "aws:SecureTransport, " + ALICE
    })
    void decide_keyThatCannotBeKnown_isAbsent(String key, String principal) {
        assertThat(isAbsent(key, principal)).isTrue();
    }

    /** L86: these are multivalued, and equal nothing without a set operator. */
    @ParameterizedTest
    @CsvSource({
        "aws:PrincipalOrgPaths, o-example/r-ab12/, " + ALICE,
        "aws:ResourceOrgPaths, o-example/r-ab12/, anonymous",
        "aws:PrincipalServiceNamesList, sns.amazonaws.com, sns.amazonaws.com"
    })
    void decide_multivaluedKey_needsASetOperator(String key, String value, String principal) {
        String test = "{\"" + key + "\":\"" + value + "\"}";
        assertThat(decide("\"ForAnyValue:StringEquals\":" + test, principal)).isEqualTo(Decision.ALLOW);
        assertThat(decide("\"ForAllValues:StringNotEquals\":" + test, principal))
                .isEqualTo(Decision.IMPLICIT_DENY);
        assertThat(decide("\"StringEquals\":" + test, principal)).isEqualTo(Decision.IMPLICIT_DENY);
    }

    @Test
    void decide_resource_hasItsOwnTagsOnly() {
        Engine engine = EngineStore.engine("\"StringEquals\":{\"aws:ResourceTag/kind\":\"bucket\"}");
        Request request = engine.newRequest();
        assertThat(engine.decide(request.principal(ALICE).action("t:Do").resource("arn:aws:s3:::bucket")))
                .isEqualTo(Decision.ALLOW);
        assertThat(engine.decide(request.clear().principal(ALICE).action("t:Do").resource(KEY)))
                .isEqualTo(Decision.IMPLICIT_DENY);
        Engine team = EngineStore.engine("\"StringEquals\":{\"aws:ResourceTag/team\":\"red\"}");
        assertThat(team.decide(team.newRequest().principal(BOB).action("t:Do").resource(ALICE)))
                .isEqualTo(Decision.ALLOW);
    }

    @Test
    void decide_rootUser_isTheAccount() {
        // The root user needs no policy of its own, so a Deny tells (rule E6).
        String deny =
                EngineStore.document("{\"Effect\":\"Deny\",\"Principal\":\"*\",\"Action\":\"t:Do\",\"Resource\":\"*\","
                        + "\"Condition\":{\"StringEquals\":{\"aws:PrincipalArn\":\"" + ROOT
                        + "\",\"aws:PrincipalType\":\"Account\",\"aws:userid\":\"111122223333\"}}}");
        Engine engine = EngineStore.engine("");
        Request request = engine.newRequest();
        String queue = "arn:aws:sqs:eu-west-1:111122223333:q";
        assertThat(engine.decide(request.principal(ROOT)
                        .action("t:Do")
                        .resource(queue)
                        .resourcePolicy(engine.compileResourcePolicy(deny))))
                .isEqualTo(Decision.EXPLICIT_DENY);
    }

    @Test
    void decide_keyGiven_staysAsGiven() {
        Engine engine = EngineStore.engine("\"StringEquals\":{\"aws:PrincipalTag/team\":\"red\"}");
        Request request = engine.newRequest().principal(ALICE).action("t:Do").resource("*");
        assertThat(engine.decide(request.context("AWS:principaltag/TEAM", "blue")))
                .isEqualTo(Decision.IMPLICIT_DENY);
    }

    @Test
    void decide_contextAsGiven_suppliesNothing() {
        Engine engine =
                EngineStore.engine("\"Null\":{\"aws:CurrentTime\":\"true\",\"aws:PrincipalTag/team\":\"true\"}");
        Request request = engine.newRequest().principal(ALICE).action("t:Do").resource("*");
        assertThat(engine.decide(request)).isEqualTo(Decision.IMPLICIT_DENY);
        assertThat(engine.decide(request.contextAsGiven())).isEqualTo(Decision.ALLOW);
    }

    @ParameterizedTest
    @CsvSource({
        "aws:CurrentTime, 2020-01-01T01:00:00+01:00, aws:EpochTime, 1577836800",
        "aws:CurrentTime, 2020-01-01, aws:EpochTime, 1577836800",
        "aws:CurrentTime, 1577836800, aws:EpochTime, 1577836800",
        "aws:CurrentTime, 1969-12-31T23:59:58.5Z, aws:EpochTime, -2",
        "aws:CurrentTime, nonsense, aws:EpochTime, 1772600767",
        "aws:EpochTime, 951782399, aws:CurrentTime, 2000-02-28T23:59:59Z",
        "aws:EpochTime, 951782400, aws:CurrentTime, 2000-02-29T00:00:00Z",
        "aws:EpochTime, 0, aws:CurrentTime, 1970-01-01T00:00:00Z",
        "aws:EpochTime, 253402300799, aws:CurrentTime, 9999-12-31T23:59:59Z",
        "aws:EpochTime, 253402300800, aws:CurrentTime, +10000-01-01T00:00:00Z",
        "aws:EpochTime, 31556889864403199, aws:CurrentTime, +1000000000-12-31T23:59:59Z",
        "aws:EpochTime, 31556889864403200, aws:CurrentTime, 2026-03-04T05:06:07Z",
        "aws:CurrentTime, 0000-01-01, aws:EpochTime, -62167219200"
    })
    void decide_oneTimeGiven_theOtherSaysTheSame(String given, String time, String key, String value) {
        Engine engine = EngineStore.engine("\"StringEquals\":{\"" + key + "\":\"" + value + "\"}");
        Request request = engine.newRequest().principal(ALICE).action("t:Do").resource("*");
        assertThat(engine.decide(request.context(given, time))).isEqualTo(Decision.ALLOW);
    }

    @Test
    void decide_everyDayOfACentury_isWrittenAsTheJdkWritesIt() {
        AtomicLong seconds = new AtomicLong();
        InstantSource clock = () -> Instant.ofEpochSecond(seconds.get());
        Engine engine = Engine.compile(EngineStore.store("\"StringEquals\":{\"aws:CurrentTime\":\"${t:Time}\"}"))
                .withClock(clock);
        Request request = engine.newRequest();
        for (long day = -730_000; day < 730_000; day += 1 + Math.abs(day) / 900) {
            seconds.set(day * 86_400 + 4321);
            Decision decision = engine.decide(request.clear()
                    .principal(ALICE)
                    .action("t:Do")
                    .resource("*")
                    .context("t:Time", Instant.ofEpochSecond(seconds.get()).toString()));
            assertThat(decision).as("day %d", day).isEqualTo(Decision.ALLOW);
        }
    }

    @Test
    void decide_calledVia_tellsFirstAndLast() {
        Engine engine = EngineStore.engine("\"StringEquals\":{\"aws:CalledViaFirst\":\"a.amazonaws.com\","
                + "\"aws:CalledViaLast\":\"b.amazonaws.com\",\"aws:ViaAWSService\":\"true\"}");
        Request request = engine.newRequest().principal(ALICE).action("t:Do").resource("*");
        assertThat(engine.decide(request.contextValues("aws:CalledVia", "a.amazonaws.com", "b.amazonaws.com")))
                .isEqualTo(Decision.ALLOW);
        assertThat(engine.decide(request.clear()
                        .principal(ALICE)
                        .action("t:Do")
                        .resource("*")
                        .contextValues("aws:CalledVia", "b.amazonaws.com")))
                .isEqualTo(Decision.IMPLICIT_DENY);
    }

    @Test
    void decide_againWithoutClearing_takesTheTimeAndTheContextAnew() {
        AtomicLong seconds = new AtomicLong(1_772_600_767);
        Engine engine = Engine.compile(EngineStore.store("\"StringEquals\":{\"aws:EpochTime\":\"1772600768\","
                        + "\"aws:ViaAWSService\":\"true\"},\"StringEqualsIgnoreCase\":{\"t:X\":\"y\"}"))
                .withClock(() -> Instant.ofEpochSecond(seconds.get()));
        Request request = engine.newRequest()
                .principal(ALICE)
                .action("t:Do")
                .resource("*")
                .context("t:X", "Y");
        assertThat(engine.decide(request)).isEqualTo(Decision.IMPLICIT_DENY);
        seconds.incrementAndGet();
        assertThat(engine.decide(request)).isEqualTo(Decision.IMPLICIT_DENY);
        assertThat(engine.decide(request.contextValues("aws:CalledVia", "x.amazonaws.com")))
                .isEqualTo(Decision.ALLOW);
        assertThat(engine.decide(request)).isEqualTo(Decision.ALLOW);
    }
}
