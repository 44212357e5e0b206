package dev.portcullis.sidecar.json;

import dev.portcullis.Explanation;
import dev.portcullis.Explanation.Layer;
import dev.portcullis.Explanation.NearMiss;
import dev.portcullis.Explanation.Part;
import dev.portcullis.Explanation.Problem;
import dev.portcullis.Explanation.StatementRef;
import java.util.List;
import java.util.Locale;

/** Writes explanations, for the command line as well. */
public final class ExplanationJson {

    private ExplanationJson() {}

    /** Adds {@code decision} and {@code reason} to the open object. */
    public static void addDecision(JsonWriter json, Explanation explanation) {
        json.member("decision", explanation.decision().name()).member("reason", explanation.reason());
    }

    /** Adds everything else that an explanation says to the open object. */
    public static void addDetails(JsonWriter json, Explanation explanation) {
        json.name("deciding");
        addStatements(json, explanation.deciding());
        json.name("layers").beginArray();
        for (Layer layer : explanation.layers()) {
            json.beginObject()
                    .member("type", layer.type().shortName())
                    .member("place", layer.place())
                    .member("verdict", layer.verdict().name())
                    .member("note", layer.note())
                    .name("matched");
            addStatements(json, layer.matched());
            json.endObject();
        }
        json.endArray().name("nearMisses").beginArray();
        for (NearMiss miss : explanation.nearMisses()) {
            addNearMiss(json, miss);
        }
        json.endArray().member("missingKeys", explanation.missingKeys());
        json.name("problems").beginArray();
        for (Problem problem : explanation.problems()) {
            json.beginObject().name("statement");
            addStatement(json, problem.statement());
            json.member("message", problem.message()).endObject();
        }
        json.endArray();
    }

    private static void addNearMiss(JsonWriter json, NearMiss miss) {
        json.beginObject().name("statement");
        addStatement(json, miss.statement());
        json.member("failed", miss.failed().name().toLowerCase(Locale.ROOT));
        if (miss.failed() == Part.CONDITION) {
            json.member("operator", miss.operator()).member("key", miss.key());
        }
        json.member("wanted", miss.wanted());
        if (miss.seen().isPresent()) {
            json.member("seen", miss.seen().get());
        } else {
            json.name("seen").nullValue();
        }
        json.endObject();
    }

    private static void addStatements(JsonWriter json, List<StatementRef> statements) {
        json.beginArray();
        statements.forEach(statement -> addStatement(json, statement));
        json.endArray();
    }

    /** {@code sid} only where it has one, {@code number} counts from 1. */
    private static void addStatement(JsonWriter json, StatementRef statement) {
        json.beginObject()
                .member("type", statement.type().shortName())
                .member("policy", statement.policy())
                .member("number", statement.index() + 1L);
        statement.sid().ifPresent(sid -> json.member("sid", sid));
        json.member("effect", statement.effect().text())
                .member("line", statement.span().line())
                .member("column", statement.span().column())
                .endObject();
    }
}
