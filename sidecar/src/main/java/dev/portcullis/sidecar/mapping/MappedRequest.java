package dev.portcullis.sidecar.mapping;

import dev.portcullis.sidecar.decision.Question;
import java.util.List;

/**
 * A request in the policies' words. It is allowed when each of its targets is.
 *
 * @param principal who asks
 * @param targets at least one
 * @param keys names of the context keys
 * @param values their values: strings, or lists of strings
 */
public record MappedRequest(String principal, List<Target> targets, List<String> keys, List<Object> values) {

    /** Puts one of the targets into a question. */
    @SuppressWarnings("unchecked") // what is no String is a list of strings
    public void fill(Question question, Target target) {
        question.principal(principal).action(target.action()).resource(target.resource());
        List<String> own = target.context();
        for (int i = 0; i < own.size(); i += 2) {
            question.context(own.get(i), own.get(i + 1));
        }
        for (int i = 0; i < keys.size(); i++) {
            if (question.hasContext(keys.get(i))) {
                throw new IllegalArgumentException("context: `" + keys.get(i) + "` is said twice");
            }
            if (values.get(i) instanceof String text) {
                question.context(keys.get(i), text);
            } else {
                question.contextValues(keys.get(i), (List<String>) values.get(i));
            }
        }
    }
}
