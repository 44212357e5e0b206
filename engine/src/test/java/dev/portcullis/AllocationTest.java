package dev.portcullis;

import static dev.portcullis.EngineStore.ACCOUNT;
import static dev.portcullis.EngineStore.ALICE;
import static dev.portcullis.EngineStore.APP;
import static dev.portcullis.EngineStore.BOB;
import static dev.portcullis.EngineStore.OTHER_ACCOUNT;
import static dev.portcullis.EngineStore.document;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.portcullis.policy.AccessControlList;
import dev.portcullis.policy.AccessControlList.Grant;
import dev.portcullis.policy.AccessControlList.Permission;
import dev.portcullis.policy.GuardedResource;
import dev.portcullis.policy.Organization;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** Filling and deciding a request allocates nothing, whatever is asked. */
class AllocationTest {

    private static final int WARM_UP = 30_000;
    private static final int ROUND = 100_000;
    private static final int MOST_ROUNDS = 10;

    /** One of each operator family, variables, multivalued keys, keys that AWS supplies. */
    private static final List<String> CONDITIONS = List.of(
            "\"StringEquals\":{\"aws:PrincipalTag/team\":\"red\"}",
            "\"StringNotEquals\":{\"t:Name\":[\"x\",\"y\",\"ünïcode\"]}",
            "\"StringEqualsIgnoreCase\":{\"t:Name\":\"NAME-É\"}",
            "\"StringLike\":{\"t:Name\":[\"n*m?-*\",\"*\"]}",
            "\"StringNotLike\":{\"aws:PrincipalArn\":\"*nobody*\"}",
            "\"NumericLessThan\":{\"t:Size\":\"10.5\"}",
            "\"NumericNotEquals\":{\"t:Size\":[\"1e3\",\"0.25\"]}",
            "\"DateGreaterThan\":{\"aws:CurrentTime\":\"2020-01-01T00:00:00Z\"}",
            "\"DateLessThan\":{\"aws:EpochTime\":\"2100-01-01\"}",
            "\"NumericGreaterThan\":{\"aws:EpochTime\":\"0\"}",
            "\"Bool\":{\"aws:ViaAWSService\":\"true\"}",
            "\"BoolIfExists\":{\"aws:SecureTransport\":\"true\"}",
            "\"BinaryEquals\":{\"t:Binary\":\"QUJD\"}",
            "\"IpAddress\":{\"aws:SourceIp\":[\"203.0.113.0/24\",\"2001:db8::/32\"]}",
            "\"NotIpAddress\":{\"aws:SourceIp\":\"10.0.0.0/8\"}",
            "\"ArnLike\":{\"aws:PrincipalArn\":\"arn:aws:*::111122223333:*/*\"}",
            "\"ArnNotEquals\":{\"t:Arn\":\"arn:aws:s3:::x\"}",
            "\"Null\":{\"aws:TokenIssueTime\":\"true\",\"aws:userid\":\"false\"}",
            "\"ForAnyValue:StringLike\":{\"aws:TagKeys\":[\"te*\",\"x\"],\"aws:PrincipalOrgPaths\":\"o-example/*\"}",
            "\"ForAllValues:StringEquals\":{\"aws:TagKeys\":[\"team\",\"stage\"]}",
            "\"ForAllValues:StringNotLike\":{\"aws:CalledVia\":\"x*\"}",
            "\"StringEquals\":{\"aws:ResourceAccount\":\"${aws:PrincipalAccount}\"}",
            "\"StringLike\":{\"aws:userid\":\"*${aws:username, ':s1'}\"}",
            "\"StringEqualsIgnoreCase\":{\"aws:PrincipalTag/team\":\"${aws:ResourceTag/team, 'RED'}\"}",
            "\"StringEquals\":{\"aws:PrincipalType\":[\"User\",\"AssumedRole\",\"FederatedUser\",\"Account\",\"Anonymous\"],"
                    + "\"aws:PrincipalIsAWSService\":\"false\",\"aws:PrincipalOrgID\":\"o-example\","
                    + "\"aws:ResourceOrgID\":\"o-example\",\"aws:CalledViaFirst\":\"a.amazonaws.com\","
                    + "\"aws:CalledViaLast\":\"b.amazonaws.com\"}",
            "\"ForAnyValue:StringEquals\":{\"aws:PrincipalServiceNamesList\":\"sns.amazonaws.com\"}",
            "\"StringEquals\":{\"aws:PrincipalServiceName\":\"sns.amazonaws.com\"}",
            "\"ForAnyValue:StringLike\":{\"aws:ResourceOrgPaths\":\"*/ou-*\"}");

    private static String statement(String effect, String principal, int number, String resource, String condition) {
        return "{\"Effect\":\"" + effect + "\"," + principal + "\"Action\":[\"t:Do" + number + "\",\"u" + number
                + ":*\"],\"Resource\":" + resource + ",\"Condition\":{" + condition + "}}";
    }

    private static String policy(String principal) {
        List<String> statements = new ArrayList<>();
        for (int i = 0; i < CONDITIONS.size(); i++) {
            String resource = i % 3 == 0
                    ? "\"*\""
                    : "[\"arn:aws:s3:::bucket/*\",\"arn:aws:s3:::${aws:PrincipalTag/team, 'none'}*/?ey\",\"arn:*:sqs:*:*:q*\"]";
            statements.add(statement("Allow", principal, i, resource, CONDITIONS.get(i)));
            statements.add("{\"Effect\":\"Deny\"," + principal
                    + "\"NotAction\":[\"t:*\",\"u*:?et\",\"v:*\"],\"NotResource\":"
                    + "\"arn:aws:s3:::bucket/${aws:username, 'k'}*\",\"Condition\":{" + CONDITIONS.get(i) + "}}");
        }
        statements.add("{\"Effect\":\"Allow\"," + principal + "\"Action\":\"t:*\",\"Resource\":\"*\"}");
        return document(statements.toArray(new String[0]));
    }

    private static Store store() {
        String everything = document(
                "{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"}",
                "{\"Effect\":\"Deny\",\"Action\":\"x:*\",\"Resource\":\"*\",\"Condition\":{" + CONDITIONS.get(13)
                        + "}}");
        Organization.Account member = new Organization.Account(ACCOUNT, List.of("guard"), List.of("rcp"));
        Organization.Account other = new Organization.Account(OTHER_ACCOUNT, List.of("guard"), List.of());
        return Store.builder()
                .policy("own", policy(""))
                .policy("bucket", policy("\"Principal\":\"*\","))
                .policy("guard", everything)
                .policy(
                        "rcp",
                        document(
                                "{\"Effect\":\"Deny\",\"Principal\":\"*\",\"Action\":\"s3:*\",\"Resource\":\"*\","
                                        + "\"Condition\":{\"StringNotEqualsIfExists\":{\"aws:PrincipalOrgID\":\"o-example\"}}}"))
                .policy(
                        "endpoint",
                        document("{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":[\"" + ACCOUNT + "\",\"" + APP
                                + "\"]},\"Action\":\"*\",\"Resource\":\"*\"}"))
                .user(
                        ALICE,
                        user -> user.attach("own")
                                .boundary("guard")
                                .tag("team", "red")
                                .uniqueId("AIDA1234567890ALICE00"))
                .user(BOB, user -> user.attach("own"))
                .role(
                        APP,
                        role -> role.attach("own")
                                .boundary("guard")
                                .tag("team", "blue")
                                .uniqueId("AROA123456789000APP00"))
                .resource(new GuardedResource(
                        "arn:aws:s3:::bucket",
                        ACCOUNT,
                        Optional.of("bucket"),
                        List.of("arn:aws:s3:::bucket/*"),
                        Map.of("team", "Red"),
                        Optional.of(new AccessControlList(
                                List.of(
                                        new Grant("AllUsers", Permission.READ),
                                        new Grant(OTHER_ACCOUNT, Permission.READ)),
                                true,
                                false))))
                .vpcEndpoint("vpce-0abc", "endpoint")
                .organization(new Organization(
                        "o-example",
                        "999999999999",
                        new Organization.Unit(
                                "r-ab12",
                                "Root",
                                List.of("guard"),
                                List.of(),
                                List.of(),
                                List.of(new Organization.Unit(
                                        "ou-ab12-11111111",
                                        "Unit",
                                        List.of("guard"),
                                        List.of(),
                                        List.of(member, other),
                                        List.of())))))
                .build();
    }

    private static final List<String> RESOURCES = List.of(
            "*",
            "arn:aws:s3:::bucket",
            "arn:aws:s3:::bucket/key",
            "arn:aws:s3:::bucket/key:with:colons/ünïcode",
            "arn:aws:s3:::red-bucket/key",
            "arn:aws:sqs:eu-west-1:444455556666:q1",
            APP);
    private static final List<String> ADDRESSES = List.of("203.0.113.7", "2001:db8::1", "10.1.2.3", "none");
    private static final String[] TAG_KEYS = {"team", "stage"};
    private static final String[] CALLED_VIA = {"a.amazonaws.com", "b.amazonaws.com"};

    private final Engine engine = Engine.compile(store());
    private final String[] session = {policy("")};
    private final ResourcePolicy heldPolicy = engine.compileResourcePolicy(
            document("{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":[\"arn:aws:iam::777788889999:root\",\"" + BOB
                    + "\",\"arn:aws:iam::111122223333:role/x/nobody\"]},\"Action\":\"t:*\",\"Resource\":\"*\","
                    + "\"Condition\":{\"StringNotEquals\":{\"aws:PrincipalTag/unheard\":\"of\"}}}"));
    private final String[] actions = actions();
    private final UnsafeBuffer buffer = new UnsafeBuffer(
            "aws:SourceIpünïcode t:Do3arn:aws:s3:::bucket/key203.0.113.7arn:aws:iam::111122223333:user/bob"
                    .getBytes(StandardCharsets.UTF_8));
    private final PrincipalHandle[] principalHandles =
            EngineStore.CALLERS.stream().map(engine::principal).toArray(PrincipalHandle[]::new);
    private final ResourceHandle[] resourceHandles =
            RESOURCES.stream().map(engine::resource).toArray(ResourceHandle[]::new);
    private final ContextKeyHandle nameKey = engine.contextKey("t:Name");
    private final ContextKeyHandle unknownKey = engine.contextKey("t:NobodyAsksForThis");
    private final ActionHandle[] actionHandles =
            java.util.Arrays.stream(actions).map(engine::action).toArray(ActionHandle[]::new);

    private static String[] actions() {
        List<String> actions = new ArrayList<>(List.of("s3:GetObject", "x:Unknown", "T:unknown", "u5:Get"));
        for (int i = 0; i < CONDITIONS.size(); i++) {
            actions.add("t:Do" + i);
        }
        return actions.toArray(new String[0]);
    }

    private Decision decide(Engine by, Request request, int i) {
        request.clear();
        int principal = i % EngineStore.CALLERS.size();
        int resource = i / 7 % RESOURCES.size();
        int action = i % actions.length;
        if (i % 5 == 0) {
            request.principal(principalHandles[principal])
                    .action(actionHandles[action])
                    .resource(resourceHandles[resource]);
        } else if (i % 17 == 0) {
            request.principal(buffer, 61, 34).action(buffer, 22, 5).resource(buffer, 27, 23);
        } else {
            request.principal(EngineStore.CALLERS.get(principal))
                    .action(actions[action])
                    .resource(RESOURCES.get(resource));
        }
        request.context(nameKey, "name-é")
                .context("t:size", i % 2 == 0 ? "9.75" : "+1e3")
                .context("t:Binary", "QUJD")
                .context("t:Arn", "arn:aws:s3:::y")
                .context("aws:SecureTransport", "true")
                .context(unknownKey, "v")
                .context("t:nobodyAsksForThisEither", "v");
        if (i % 3 == 0) {
            request.context(buffer, 0, 12, 50, 11).contextValues("aws:TagKeys", TAG_KEYS);
        } else {
            request.context("aws:SourceIp", ADDRESSES.get(i % ADDRESSES.size()))
                    .contextList("aws:TagKeys")
                    .listValue("team")
                    .listValue(buffer, 12, 9);
        }
        if (i % 4 == 0) {
            request.contextValues("aws:CalledVia", CALLED_VIA).context("aws:CurrentTime", "2026-01-01T00:00:00Z");
        }
        if (i % 6 == 0) {
            request.sessionPolicies(session);
        }
        if (i % 9 == 0) {
            request.context("aws:SourceVpce", "vpce-0abc");
        }
        if (i % 10 == 3 || i % 10 == 4) {
            request.federatingUser(BOB).uniqueId("AIDA00000000000000000").canonicalId("0a0a");
        }
        if (i % 11 == 0 && i % 17 != 0 && (resource == 0 || resource == 5)) {
            request.resourcePolicy(heldPolicy);
        }
        return by.decide(request);
    }

    /**
     * The JVM resolves a class's string constants on the thread that asks for a method to be compiled, so some round may
     * count what it allocates; whatever a decision allocates, every round counts.
     */
    @Test
    void decide_everyLayerAndOperator_allocatesNothing() {
        allocatesNothing(engine);
        assertThat(engine.sessionCacheMisses()).isEqualTo(1);
        assertThat(engine.sessionCacheHits()).isGreaterThan(ROUND / 10);
    }

    /** Every layer a patch, users and roles changed, gone and new; asked by requests and handles of the compiled engine. */
    @Test
    void decide_changedEngine_allocatesNothing() {
        String eve = "arn:aws:iam::444455556666:user/eve";
        String nobody = "arn:aws:iam::111122223333:role/path/nobody";
        Change change = Change.builder()
                .policy(
                        "own",
                        policy("").replace("\"t:*\"]", "\"t:*\",\"new:*\"]").replace("t:Name", "t:Unheard"))
                .policy("bucket", policy("\"Principal\":{\"AWS\":[\"" + nobody + "\",\"" + ACCOUNT + "\"]},"))
                .policy(
                        "guard",
                        document(
                                "{\"Effect\":\"Allow\",\"Action\":[\"*\"],\"Resource\":\"*\"}",
                                "{\"Effect\":\"Deny\",\"Action\":\"new:*\",\"Resource\":\"*\"}"))
                .policy("extra", document("{\"Effect\":\"Allow\",\"Action\":\"t:Do*\",\"Resource\":\"*\"}"))
                .attachResourceControl("RCPFullAWSAccess", "Root")
                .vpcEndpoint("vpce-0abc", "endpoint-2")
                .policy(
                        "endpoint-2",
                        document("{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"*\",\"Resource\":\"*\"}"))
                .attach(ALICE, "extra")
                .boundary(BOB, "guard")
                .user(eve, user -> user.attach("extra").tag("unheard", "of").uniqueId("AIDA1234567890EVE0000"))
                .role(nobody, role -> role.attach("own", "extra").tag("team", "red"))
                .remove(APP)
                .build();
        Engine changed = engine.with(change);

        allocatesNothing(changed);
        assertThat(changed.patches()).isGreaterThan(10);
    }

    private void allocatesNothing(Engine by) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().getId();
        Request request = engine.newRequest();
        Map<Decision, Integer> decisions = new EnumMap<>(Decision.class);
        for (int i = 0; i < WARM_UP; i++) {
            decisions.merge(decide(by, request, i), 1, Integer::sum);
        }
        long misses = engine.sessionCacheMisses();
        long least = Long.MAX_VALUE;
        int allowed = 0;
        for (int round = 0; round < MOST_ROUNDS && least > 0; round++) {
            allowed = 0;
            long before = threads.getThreadAllocatedBytes(thread);
            for (int i = 0; i < ROUND; i++) {
                allowed += decide(by, request, i) == Decision.ALLOW ? 1 : 0;
            }
            least = Math.min(least, threads.getThreadAllocatedBytes(thread) - before);
        }

        assertThat(least).isZero();
        assertThat(allowed).isBetween(ROUND / 20, ROUND);
        assertThat(decisions.keySet()).containsExactlyInAnyOrder(Decision.values());
        assertThat(engine.sessionCacheMisses()).isEqualTo(misses);
    }
}
