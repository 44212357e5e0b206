package dev.portcullis.cli;

import dev.portcullis.corpus.AccessRequest;
import dev.portcullis.policy.ContextValue;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;

/** Tells requests what time it is, as AWS does with every request. */
final class RequestTime {

    private RequestTime() {}

    /** The request with {@code aws:CurrentTime} and {@code aws:EpochTime} where it doesn't give them. */
    static AccessRequest at(Instant now, AccessRequest request) {
        Map<String, ContextValue> context = new LinkedHashMap<>(request.context());
        if (request.contextValue("aws:CurrentTime").isEmpty()) {
            String text = now.truncatedTo(ChronoUnit.SECONDS).toString();
            context.put("aws:CurrentTime", new ContextValue.Single(text));
        }
        if (request.contextValue("aws:EpochTime").isEmpty()) {
            context.put("aws:EpochTime", new ContextValue.Single(Long.toString(now.getEpochSecond())));
        }
        return new AccessRequest(
                request.principal(),
                request.action(),
                request.resource(),
                request.resourceAccount(),
                context,
                request.resourcePolicy(),
                request.sessionPolicies(),
                request.facts());
    }
}
