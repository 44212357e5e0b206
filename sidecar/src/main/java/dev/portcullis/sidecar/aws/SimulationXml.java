package dev.portcullis.sidecar.aws;

import dev.portcullis.sidecar.aws.Simulator.ActionResult;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Writes a simulation's answer (section 4). */
final class SimulationXml {

    /** UTF-16 units of an answer; far above that to any question meant in earnest. */
    private static final int LONGEST = 1 << 25;

    private SimulationXml() {}

    static void write(XmlWriter xml, List<ActionResult> results, Optional<String> nextMarker) throws AwsError {
        xml.begin("EvaluationResults");
        for (ActionResult result : results) {
            checkLength(xml);
            xml.begin("member").element("EvalActionName", result.action());
            result.name().ifPresent(name -> xml.element("EvalResourceName", name));
            xml.element("EvalDecision", SimulatedDecision.text(result.whole().decision()));
            writeReasons(xml, result.whole());
            if (!result.each().isEmpty()) {
                xml.begin("ResourceSpecificResults");
                for (SimulatedDecision one : result.each()) {
                    checkLength(xml);
                    xml.begin("member").element("EvalResourceName", one.resource());
                    xml.element("EvalResourceDecision", SimulatedDecision.text(one.decision()));
                    writeReasons(xml, one);
                    xml.end();
                }
                xml.end();
            }
            result.whole()
                    .allowedByOrganizations()
                    .ifPresent(allowed -> xml.begin("OrganizationsDecisionDetail")
                            .element("AllowedByOrganizations", String.valueOf(allowed))
                            .end());
            xml.end();
        }
        xml.end().element("IsTruncated", String.valueOf(nextMarker.isPresent()));
        nextMarker.ifPresent(marker -> xml.element("Marker", marker));
    }

    private static void checkLength(XmlWriter xml) throws AwsError {
        if (xml.length() > LONGEST) {
            throw AwsError.policyEvaluation("The answer is longer than " + LONGEST
                    + " characters; ask for fewer actions and resources, or a smaller MaxItems.");
        }
    }

    private static void writeReasons(XmlWriter xml, SimulatedDecision decision) {
        xml.begin("MatchedStatements");
        for (SimulatedDecision.Matched matched : decision.matched()) {
            xml.begin("member").element("SourcePolicyId", matched.id()).element("SourcePolicyType", matched.type());
            SourcePlace place = matched.place();
            writePosition(xml, "StartPosition", place.startLine(), place.startColumn());
            writePosition(xml, "EndPosition", place.endLine(), place.endColumn());
            xml.end();
        }
        xml.end();
        writeList(xml, "MissingContextValues", decision.missing());
        decision.allowedByBoundary()
                .ifPresent(allowed -> xml.begin("PermissionsBoundaryDecisionDetail")
                        .element("AllowedByPermissionsBoundary", String.valueOf(allowed))
                        .end());
        decision.details().ifPresent(details -> {
            xml.begin("EvalDecisionDetails");
            details.forEach((type, verdict) -> xml.begin("entry")
                    .element("key", type)
                    .element("value", SimulatedDecision.text(verdict))
                    .end());
            xml.end();
        });
    }

    private static void writePosition(XmlWriter xml, String name, int line, int column) {
        xml.begin(name)
                .element("Line", String.valueOf(line))
                .element("Column", String.valueOf(column))
                .end();
    }

    static void writeList(XmlWriter xml, String name, Collection<String> values) {
        xml.begin(name);
        values.forEach(value -> xml.element("member", value));
        xml.end();
    }
}
