package dev.portcullis.corpus.compiled;

import dev.portcullis.Engine;
import dev.portcullis.Request;
import dev.portcullis.ResourcePolicy;
import dev.portcullis.SessionPolicies;
import dev.portcullis.corpus.AccessRequest;
import dev.portcullis.corpus.PolicySource;
import dev.portcullis.corpus.reference.Situation;
import dev.portcullis.policy.ContextValue;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.agrona.concurrent.UnsafeBuffer;

/** Fills an engine's requests in each of the ways there are. For one thread. */
final class Filling {

    /** How names and values are given. */
    enum Form {
        STRINGS,
        HANDLES,
        BYTES
    }

    private final Engine engine;
    private final Request request;
    private final Map<List<String>, SessionPolicies> sessions = new HashMap<>();
    private final Map<String, ResourcePolicy> resourcePolicies = new HashMap<>();

    Filling(Engine engine) {
        this(engine, engine.newRequest());
    }

    Filling(Engine engine, Request request) {
        this.engine = engine;
        this.request = request;
    }

    /** The request, filled; the same object each time. */
    Request fill(AccessRequest asked, Form form) {
        request.clear();
        names(asked, form);
        asked.resourceAccount().ifPresent(request::resourceAccount);
        facts(asked.facts());
        asked.context().forEach((key, value) -> {
            if (value instanceof ContextValue.Single single) {
                single(key, single.value(), form);
            } else {
                multiple(key, value.values(), form);
            }
        });
        asked.sessionPolicies().ifPresent(sources -> sessionPolicies(sources, form));
        asked.resourcePolicy().ifPresent(source -> resourcePolicy(asked.resource(), source.documentText()));
        return request;
    }

    private void names(AccessRequest asked, Form form) {
        switch (form) {
            case STRINGS ->
                request.principal(asked.principal()).action(asked.action()).resource(asked.resource());
            case HANDLES ->
                request.principal(engine.principal(asked.principal()))
                        .action(engine.action(asked.action()))
                        .resource(engine.resource(asked.resource()));
            case BYTES -> {
                UnsafeBuffer principal = bytes(asked.principal());
                UnsafeBuffer action = bytes(asked.action());
                request.principal(principal, 0, principal.capacity()).action(action, 0, action.capacity());
                if (isWhole(asked.resource())) {
                    UnsafeBuffer resource = bytes(asked.resource());
                    request.resource(resource, 0, resource.capacity());
                } else {
                    request.resource(asked.resource());
                }
            }
        }
    }

    private void single(String key, String value, Form form) {
        switch (form) {
            case STRINGS -> request.context(key, value);
            case HANDLES -> request.context(engine.contextKey(key), value);
            case BYTES -> {
                if (isWhole(value) && isWhole(key)) {
                    int split = bytes(key).capacity();
                    UnsafeBuffer both = bytes(key + value);
                    request.context(both, 0, split, split, both.capacity() - split);
                } else {
                    request.context(key, value);
                }
            }
        }
    }

    private void multiple(String key, List<String> values, Form form) {
        switch (form) {
            case STRINGS -> request.contextValues(key, values);
            case HANDLES -> request.contextValues(engine.contextKey(key), values.toArray(String[]::new));
            case BYTES -> {
                UnsafeBuffer name = bytes(key);
                request.contextList(name, 0, name.capacity());
                for (String value : values) {
                    if (isWhole(value)) {
                        UnsafeBuffer text = bytes(value);
                        request.listValue(text, 0, text.capacity());
                    } else {
                        request.listValue(value);
                    }
                }
            }
        }
    }

    private void facts(Situation.Facts facts) {
        facts.roleArn().ifPresent(request::roleArn);
        facts.federatingUserArn().ifPresent(request::federatingUser);
        facts.uniqueId().ifPresent(request::uniqueId);
        facts.canonicalId().ifPresent(request::canonicalId);
        if (facts.serviceLinkedRole()) {
            request.serviceLinkedRole();
        }
        if (facts.awsManagedKey()) {
            request.awsManagedKey();
        }
    }

    /** Compiled before, or as texts, which the engine remembers. */
    private void sessionPolicies(List<PolicySource> sources, Form form) {
        List<String> texts = sources.stream().map(PolicySource::documentText).toList();
        String[] all = texts.toArray(String[]::new);
        if (form == Form.STRINGS) {
            request.sessionPolicies(all);
        } else {
            request.sessionPolicies(sessions.computeIfAbsent(texts, missing -> engine.compileSession(all)));
        }
    }

    private void resourcePolicy(String resource, String text) {
        boolean trust = resource.matches("arn:[^:]*:iam:[^:]*:[^:]*:role/.*");
        request.resourcePolicy(resourcePolicies.computeIfAbsent(
                text, missing -> trust ? engine.compileTrustPolicy(text) : engine.compileResourcePolicy(text)));
    }

    /** Half a surrogate pair can't be written as UTF-8. */
    private static boolean isWhole(String text) {
        return StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }

    private static UnsafeBuffer bytes(String text) {
        return new UnsafeBuffer(text.getBytes(StandardCharsets.UTF_8));
    }
}
