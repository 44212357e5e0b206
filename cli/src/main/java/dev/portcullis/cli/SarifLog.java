package dev.portcullis.cli;

import dev.portcullis.policy.Diagnostic;
import dev.portcullis.policy.Severity;
import dev.portcullis.sidecar.json.JsonWriter;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/** Findings as a SARIF 2.1.0 log, as code hosts show them beside the source. */
final class SarifLog {

    private static final String SCHEMA =
            "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

    private SarifLog() {}

    static String of(List<CheckedDocument> documents) {
        List<String> codes = new ArrayList<>(new TreeSet<>(documents.stream()
                .flatMap(document -> document.findings().stream())
                .map(Diagnostic::code)
                .toList()));
        JsonWriter json = PrintedJson.indented()
                .beginObject()
                .member("$schema", SCHEMA)
                .member("version", "2.1.0")
                .name("runs")
                .beginArray()
                .beginObject();
        json.name("tool")
                .beginObject()
                .name("driver")
                .beginObject()
                .member("name", "Portcullis")
                .member("version", Portcullis.Version.text())
                .name("rules")
                .beginArray();
        codes.forEach(code -> json.beginObject()
                .member("id", code)
                .name("shortDescription")
                .beginObject()
                .member("text", words(code))
                .endObject()
                .endObject());
        json.endArray().endObject().endObject();
        json.member("columnKind", "utf16CodeUnits").name("results").beginArray();
        for (CheckedDocument document : documents) {
            document.findings().forEach(finding -> add(json, finding, document, codes.indexOf(finding.code())));
        }
        return json.endArray().endObject().endArray().endObject().take();
    }

    private static void add(JsonWriter json, Diagnostic finding, CheckedDocument document, int rule) {
        String message =
                finding.message() + finding.help().map(help -> "; " + help).orElse("");
        json.beginObject()
                .member("ruleId", finding.code())
                .member("ruleIndex", rule)
                .member("level", level(finding.severity()))
                .name("message")
                .beginObject()
                .member("text", messageText(message))
                .endObject()
                .name("locations")
                .beginArray()
                .beginObject()
                .name("physicalLocation")
                .beginObject()
                .name("artifactLocation")
                .beginObject()
                .member("uri", uri(document.file()))
                .endObject();
        if (finding.span().line() > 0) {
            Region region = Region.of(finding.span(), document.text());
            json.name("region")
                    .beginObject()
                    .member("startLine", region.startLine())
                    .member("startColumn", region.startColumn())
                    .member("endLine", region.endLine())
                    .member("endColumn", region.endColumn())
                    .endObject();
        }
        json.endObject().endObject().endArray().endObject();
    }

    /** Braces mean placeholders and {@code [a](b)} a link (SARIF 3.11.5, 3.11.6); what an author wrote means neither. */
    private static String messageText(String text) {
        String plain = text.replace("{", "{{").replace("}", "}}");
        return plain.contains("](")
                ? plain.replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]")
                : plain;
    }

    private static String level(Severity severity) {
        return switch (severity) {
            case ERROR -> "error";
            case SECURITY_WARNING, WARNING -> "warning";
            case SUGGESTION -> "note";
        };
    }

    private static String words(String code) {
        String words = code.toLowerCase(Locale.ROOT).replace('_', ' ');
        return Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }

    /** Relative paths stay relative, so that a code host finds the file in its checkout. */
    private static String uri(Path file) {
        if (file.isAbsolute()) {
            return file.toUri().toASCIIString();
        }
        try {
            String path = file.normalize().toString().replace('\\', '/');
            if (path.indexOf(':') >= 0) {
                // Else the part before the colon would be read as a scheme.
                path = "./" + path;
            }
            return new URI(null, null, path, null).toASCIIString();
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("no URI for " + file, e);
        }
    }
}
