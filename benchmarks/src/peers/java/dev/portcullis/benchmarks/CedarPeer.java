package dev.portcullis.benchmarks;

import com.cedarpolicy.BasicAuthorizationEngine;
import com.cedarpolicy.model.AuthorizationRequest;
import com.cedarpolicy.model.AuthorizationResponse;
import com.cedarpolicy.model.AuthorizationSuccessResponse;
import com.cedarpolicy.model.entity.Entities;
import com.cedarpolicy.model.policy.Policy;
import com.cedarpolicy.model.policy.PolicySet;
import com.cedarpolicy.value.CedarList;
import com.cedarpolicy.value.EntityTypeName;
import com.cedarpolicy.value.EntityUID;
import com.cedarpolicy.value.IpAddress;
import com.cedarpolicy.value.PrimBool;
import com.cedarpolicy.value.PrimString;
import com.cedarpolicy.value.Value;
import dev.portcullis.Decision;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Cedar by its Java bindings: the policies parsed once and kept on the native side, the request and the answer as JSON. */
final class CedarPeer implements Peer<AuthorizationRequest> {

    private static final int MOST_POLICY_SETS = 1_000;
    private static final EntityTypeName USER = EntityTypeName.parse("User").orElseThrow();
    private static final EntityTypeName ACTION = EntityTypeName.parse("Action").orElseThrow();
    private static final EntityTypeName RESOURCE =
            EntityTypeName.parse("Resource").orElseThrow();

    @Override
    public String version() {
        return "4.10.0";
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
        return CedarText.expresses(rule);
    }

    @Override
    public Loaded<AuthorizationRequest> load(List<Owner> owners) throws Exception {
        BasicAuthorizationEngine engine = new BasicAuthorizationEngine();
        PolicySet.setCacheMaxPolicySets(MOST_POLICY_SETS);
        Set<Policy> policies = new HashSet<>();
        for (Owner owner : owners) {
            for (Rule rule : owner.rules()) {
                policies.add(new Policy(CedarText.policy(owner.principal(), rule), "p" + policies.size()));
            }
        }
        PolicySet set = new PolicySet(policies);
        set.cache();
        return new Cached(engine, set);
    }

    private record Cached(BasicAuthorizationEngine engine, PolicySet policies, Entities entities)
            implements Loaded<AuthorizationRequest> {

        Cached(BasicAuthorizationEngine engine, PolicySet policies) {
            this(engine, policies, new Entities());
        }

        @Override
        public AuthorizationRequest request(Ask ask) {
            String action = ask.action().toLowerCase(Locale.ROOT);
            Map<String, Value> context = new HashMap<>();
            context.put("action", new PrimString(action));
            context.put("resource", new PrimString(ask.resource()));
            for (int i = 0; i < ask.keys().length; i++) {
                context.put(ask.keys()[i], value(ask.keys()[i], ask.values()[i]));
            }
            if (!ask.tagKeys().isEmpty()) {
                context.put(
                        Ask.TAG_KEYS,
                        new CedarList(ask.tagKeys().stream()
                                .<Value>map(PrimString::new)
                                .toList()));
            }
            return new AuthorizationRequest(
                    new EntityUID(USER, ask.principal()),
                    new EntityUID(ACTION, action),
                    new EntityUID(RESOURCE, ask.resource()),
                    context);
        }

        private static Value value(String key, String value) {
            if (CedarText.isAddress(key)) {
                return new IpAddress(value);
            }
            return CedarText.isBool(key) ? new PrimBool(Boolean.parseBoolean(value)) : new PrimString(value);
        }

        @Override
        public Decision decide(AuthorizationRequest request) throws Exception {
            AuthorizationResponse response = engine.isAuthorized(request, policies, entities);
            AuthorizationSuccessResponse answer =
                    response.success.orElseThrow(() -> new IllegalStateException(response.toString()));
            if (!answer.getErrors().isEmpty()) {
                throw new IllegalStateException(answer.getErrors().toString());
            }
            if (answer.isAllowed()) {
                return Decision.ALLOW;
            }
            return answer.getReason().isEmpty() ? Decision.IMPLICIT_DENY : Decision.EXPLICIT_DENY;
        }
    }
}
