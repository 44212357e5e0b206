package dev.portcullis.cli;

import dev.portcullis.policy.Diagnostic;
import dev.portcullis.sidecar.json.JsonWriter;
import java.util.List;

/** Findings as JSON: {@code {"documents": [{"file", "findings": […]}]}}. */
final class JsonFindings {

    private JsonFindings() {}

    static String of(List<CheckedDocument> documents) {
        JsonWriter json = PrintedJson.indented().beginObject().name("documents").beginArray();
        for (CheckedDocument document : documents) {
            json.beginObject()
                    .member("file", document.file().toString())
                    .name("findings")
                    .beginArray();
            document.findings().forEach(finding -> add(json, finding, document.text()));
            json.endArray().endObject();
        }
        return json.endArray().endObject().take();
    }

    private static void add(JsonWriter json, Diagnostic finding, String text) {
        json.beginObject()
                .member("code", finding.code())
                .member("severity", finding.severity().name())
                .member("message", finding.message());
        finding.help().ifPresent(help -> json.member("help", help));
        if (finding.span().line() > 0) {
            Region region = Region.of(finding.span(), text);
            json.member("line", region.startLine())
                    .member("column", region.startColumn())
                    .member("endLine", region.endLine())
                    .member("endColumn", region.endColumn());
        }
        json.endObject();
    }
}
