package dev.portcullis;

import static dev.portcullis.EngineStore.ACCOUNT;
import static dev.portcullis.EngineStore.APP;
import static dev.portcullis.EngineStore.APP_SESSION;
import static dev.portcullis.EngineStore.KEY;
import static dev.portcullis.EngineStore.document;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.policy.GuardedResource;
import dev.portcullis.policy.Organization;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** No mix of layers allocates: each alone, all together, and everything between. */
class LayerAllocationTest {

    private static final int WARM_UP = 1_500;
    private static final int ROUND = 30;

    private enum Layer {
        IDENTITY,
        BOUNDARY,
        SESSION,
        RESOURCE,
        SERVICE_CONTROL,
        RESOURCE_CONTROL,
        ENDPOINT
    }

    /** An Allow with a condition, and a Deny that one request in three meets. */
    private static String policy(String principal) {
        return document(
                "{\"Effect\":\"Allow\"," + principal
                        + "\"Action\":[\"s3:*\",\"t:*\"],\"Resource\":\"*\",\"Condition\":{"
                        + "\"StringLike\":{\"t:Name\":\"n*${aws:PrincipalAccount}\"}}}",
                "{\"Effect\":\"Deny\"," + principal
                        + "\"NotAction\":\"s3:*\",\"Resource\":\"arn:aws:s3:*:*:bucket/k*\","
                        + "\"Condition\":{\"NumericGreaterThan\":{\"t:Size\":\"10\"}}}");
    }

    private static Engine engine(Set<Layer> layers) {
        Store.Builder store = Store.builder()
                .policy("identity", policy(""))
                .policy("guarding", policy("\"Principal\":\"*\","))
                .policy(
                        "control",
                        document("{\"Effect\":\"Deny\",\"Principal\":\"*\",\"Action\":\"s3:*\",\"Resource\":\"*\","
                                + "\"Condition\":{\"NumericGreaterThan\":{\"t:Size\":\"20\"}}}"));
        store.role(APP, role -> {
            if (layers.contains(Layer.IDENTITY)) {
                role.attach("identity");
            }
            if (layers.contains(Layer.BOUNDARY)) {
                role.boundary("identity");
            }
        });
        store.resource(new GuardedResource(
                "arn:aws:s3:::bucket",
                ACCOUNT,
                layers.contains(Layer.RESOURCE) ? Optional.of("guarding") : Optional.empty(),
                List.of("arn:aws:s3:::bucket/*"),
                Map.of(),
                Optional.empty()));
        if (layers.contains(Layer.ENDPOINT)) {
            store.vpcEndpoint("vpce-1", "guarding");
        }
        boolean serviceControl = layers.contains(Layer.SERVICE_CONTROL);
        boolean resourceControl = layers.contains(Layer.RESOURCE_CONTROL);
        if (serviceControl || resourceControl) {
            List<String> scps = List.of(serviceControl ? "identity" : "FullAWSAccess");
            List<String> rcps = resourceControl ? List.of("control") : List.of();
            store.organization(new Organization(
                    "o-example",
                    "999999999999",
                    new Organization.Unit(
                            "r-ab12",
                            "Root",
                            scps,
                            rcps,
                            List.of(new Organization.Account(ACCOUNT, scps, rcps)),
                            List.of())));
        }
        return Engine.compile(store.build());
    }

    @Test
    void decide_everyMixOfLayers_allocatesNothing() {
        Map<Decision, Integer> decisions = new EnumMap<>(Decision.class);
        for (int mix = 0; mix < 1 << Layer.values().length; mix++) {
            Set<Layer> layers = EnumSet.noneOf(Layer.class);
            int bits = mix;
            for (Layer layer : Layer.values()) {
                if ((bits & 1) != 0) {
                    layers.add(layer);
                }
                bits >>= 1;
            }
            Engine engine = engine(layers);
            Request request = engine.newRequest();
            String[] session = {policy("")};
            boolean asSession = layers.contains(Layer.SESSION);
            for (int i = 0; i < WARM_UP / (1 + mix / 8); i++) {
                decisions.merge(decide(engine, request, asSession ? session : null, i), 1, Integer::sum);
            }
            long bytes = AllocatedBytes.of(() -> {
                for (int i = 0; i < ROUND; i++) {
                    decide(engine, request, asSession ? session : null, i);
                }
            });
            assertThat(bytes).as("%s", layers).isZero();
        }
        assertThat(decisions.keySet()).containsExactly(Decision.values());
    }

    private static Decision decide(Engine engine, Request request, String[] session, int i) {
        request.clear()
                .principal(APP_SESSION)
                .action(i % 5 == 0 ? "t:Unheard" : "s3:GetObject")
                .resource(KEY)
                .context("t:Name", "name of 111122223333")
                .context("t:Size", i % 3 == 0 ? "15" : i % 3 == 1 ? "5" : "25")
                .context("aws:SourceVpce", "vpce-1");
        if (session != null) {
            request.sessionPolicies(session);
        }
        return engine.decide(request);
    }
}
