package dev.portcullis.corpus;

import dev.portcullis.Engine;
import dev.portcullis.Request;
import dev.portcullis.corpus.reference.Situation;
import dev.portcullis.policy.ContextValue;

/** Puts a request as its author states it to an engine. */
final class EngineRequests {

    private EngineRequests() {}

    static Request fill(Engine engine, Request request, AccessRequest asked) {
        request.clear().principal(asked.principal()).action(asked.action()).resource(asked.resource());
        asked.resourceAccount().ifPresent(account -> {
            if (account.isEmpty()) {
                request.resourceOfNobody();
            } else {
                request.resourceAccount(account);
            }
        });
        facts(asked.facts(), request);
        asked.context().forEach((key, value) -> {
            if (value instanceof ContextValue.Single single) {
                request.context(key, single.value());
            } else {
                request.contextValues(key, value.values());
            }
        });
        asked.resourcePolicy().ifPresent(policy -> {
            String text = policy.documentText();
            boolean trust = asked.resource().matches("arn:[^:]*:iam:[^:]*:[^:]*:role/.*");
            request.resourcePolicy(trust ? engine.compileTrustPolicy(text) : engine.compileResourcePolicy(text));
        });
        asked.sessionPolicies()
                .ifPresent(policies -> request.sessionPolicies(
                        policies.stream().map(PolicySource::documentText).toArray(String[]::new)));
        return request;
    }

    private static void facts(Situation.Facts facts, Request request) {
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
}
