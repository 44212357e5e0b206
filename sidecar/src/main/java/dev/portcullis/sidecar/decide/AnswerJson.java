package dev.portcullis.sidecar.decide;

import dev.portcullis.Decision;
import dev.portcullis.sidecar.decision.Answer;
import dev.portcullis.sidecar.decision.Desk;
import dev.portcullis.sidecar.decision.Verdict;
import dev.portcullis.sidecar.json.ExplanationJson;
import dev.portcullis.sidecar.json.JsonWriter;

/** Writes answers in Portcullis's own words. */
final class AnswerJson {

    private AnswerJson() {}

    /** @param desk where the question has just been answered */
    static void write(Answer answer, Desk desk, boolean explain, JsonWriter json) {
        json.beginObject().member("decision", decision(answer.verdict()).name()).member("id", answer.id());
        if (!answer.verdict().isDecision()) {
            addError(answer.verdict().label(), answer.message(), json);
        } else if (explain) {
            desk.explain().ifPresent(explanation -> {
                json.member("reason", explanation.reason());
                ExplanationJson.addDetails(json, explanation);
            });
        }
        json.endObject();
    }

    static void addError(String kind, String message, JsonWriter json) {
        json.name("error")
                .beginObject()
                .member("kind", kind)
                .member("message", message)
                .endObject();
    }

    private static Decision decision(Verdict verdict) {
        return switch (verdict) {
            case ALLOW -> Decision.ALLOW;
            case EXPLICIT_DENY -> Decision.EXPLICIT_DENY;
            case IMPLICIT_DENY, UNIDENTIFIED, INVALID, NOT_READY, OVERLOADED, ERROR -> Decision.IMPLICIT_DENY;
        };
    }
}
