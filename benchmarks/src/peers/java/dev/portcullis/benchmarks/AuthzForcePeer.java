package dev.portcullis.benchmarks;

import dev.portcullis.Decision;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.ow2.authzforce.core.pdp.api.AttributeFqns;
import org.ow2.authzforce.core.pdp.api.DecisionRequest;
import org.ow2.authzforce.core.pdp.api.DecisionRequestBuilder;
import org.ow2.authzforce.core.pdp.api.DecisionResult;
import org.ow2.authzforce.core.pdp.api.value.Bags;
import org.ow2.authzforce.core.pdp.api.value.StandardDatatypes;
import org.ow2.authzforce.core.pdp.api.value.StringValue;
import org.ow2.authzforce.core.pdp.impl.BasePdpEngine;
import org.ow2.authzforce.core.pdp.impl.PdpEngineConfiguration;
import org.ow2.authzforce.core.pdp.impl.PdpModelHandler;

/** AuthzForce, an engine for XACML 3.0, with requests in its own form. */
final class AuthzForcePeer implements Peer<DecisionRequest> {

    private static final String CONFIGURATION = """
            <pdp xmlns="http://authzforce.github.io/core/xmlns/pdp/8" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
                version="8.0">
              <policyProvider id="policies" xsi:type="StaticPolicyProvider">
                <policyLocation>{policies}</policyLocation>
              </policyProvider>
              <rootPolicyRef policySet="true">root</rootPolicyRef>
            </pdp>
            """;

    /** Reads its configurations. */
    private PdpModelHandler schemas;

    @Override
    public String version() {
        return "21.0.1";
    }

    @Override
    public boolean findsPrincipal() {
        return false;
    }

    @Override
    public boolean twoValued() {
        return false;
    }

    @Override
    public boolean expresses(Rule rule) {
        return XacmlText.expresses(rule);
    }

    private PdpModelHandler schemas() {
        if (schemas == null) {
            // They import others by http addresses, which its catalog finds in its jars.
            System.setProperty("javax.xml.accessExternalSchema", "all");
            schemas = new PdpModelHandler(null, null);
        }
        return schemas;
    }

    @Override
    public Loaded<DecisionRequest> load(List<Owner> owners) throws Exception {
        Path folder = Files.createTempDirectory("authzforce");
        Path policies = folder.resolve("policies.xml");
        Path configuration = folder.resolve("pdp.xml");
        // For when it isn't loaded in time; the folder goes last.
        for (Path path : List.of(folder, configuration, policies)) {
            path.toFile().deleteOnExit();
        }
        try {
            try (Writer out = Files.newBufferedWriter(policies)) {
                XacmlText.policySet(owners, out);
            }
            Files.writeString(
                    configuration,
                    CONFIGURATION.replace("{policies}", policies.toUri().toString()));
            return new Pdp(new BasePdpEngine(PdpEngineConfiguration.getInstance(configuration.toFile(), schemas())));
        } finally {
            Files.deleteIfExists(policies);
            Files.deleteIfExists(configuration);
            Files.deleteIfExists(folder);
        }
    }

    private record Pdp(BasePdpEngine engine) implements Loaded<DecisionRequest> {

        @Override
        public DecisionRequest request(Ask ask) {
            DecisionRequestBuilder<?> request = engine.newRequestBuilder(4, ask.keys().length + 4);
            put(request, XacmlText.SUBJECT, XacmlText.SUBJECT_ID, List.of(ask.principal()));
            put(
                    request,
                    XacmlText.ACTION,
                    XacmlText.ACTION_ID,
                    List.of(ask.action().toLowerCase(Locale.ROOT)));
            put(request, XacmlText.RESOURCE, XacmlText.RESOURCE_ID, List.of(ask.resource()));
            for (int i = 0; i < ask.keys().length; i++) {
                put(request, XacmlText.ENVIRONMENT, ask.keys()[i], List.of(ask.values()[i]));
            }
            if (!ask.tagKeys().isEmpty()) {
                put(request, XacmlText.ENVIRONMENT, Ask.TAG_KEYS, ask.tagKeys());
            }
            return request.build(false);
        }

        private static void put(DecisionRequestBuilder<?> request, String category, String id, List<String> values) {
            request.putNamedAttributeIfAbsent(
                    AttributeFqns.newInstance(category, Optional.empty(), id),
                    Bags.newAttributeBag(
                            StandardDatatypes.STRING,
                            values.stream().map(StringValue::new).toList()));
        }

        @Override
        public Decision decide(DecisionRequest request) {
            DecisionResult result = engine.evaluate(request);
            return switch (result.getDecision()) {
                case PERMIT -> Decision.ALLOW;
                case DENY -> Decision.EXPLICIT_DENY;
                case NOT_APPLICABLE -> Decision.IMPLICIT_DENY;
                case INDETERMINATE -> throw new IllegalStateException(result.toString());
            };
        }
    }
}
