package dev.portcullis.cli;

import dev.portcullis.Decision;
import dev.portcullis.Explanation;
import dev.portcullis.Explanation.Layer;
import dev.portcullis.Explanation.NearMiss;
import dev.portcullis.Explanation.Part;
import dev.portcullis.Explanation.Problem;
import dev.portcullis.Explanation.StatementRef;
import dev.portcullis.Explanation.Verdict;
import dev.portcullis.policy.Effect;
import dev.portcullis.policy.PolicyType;
import dev.portcullis.policy.Span;
import java.util.List;
import java.util.Optional;

/** Explanations to print. */
final class Explanations {

    /** What the spans below count in. */
    static final String TEXT = "{\"Statement\": [\n  {\n    \"Effect\": \"Deny\"\n  }\n]}";

    private static final Span SPAN = new Span(18, 44, 2, 3);

    private static final StatementRef DENY =
            new StatementRef(PolicyType.BOUNDARY, "limits", 0, Optional.of("NoPass"), Effect.DENY, SPAN);
    private static final StatementRef ALLOW =
            new StatementRef(PolicyType.IDENTITY, "dev", 1, Optional.empty(), Effect.ALLOW, SPAN);

    private Explanations() {}

    /** An explicit deny by a boundary. */
    static Explanation denied() {
        return new Explanation(
                Decision.EXPLICIT_DENY,
                "with an explicit deny in a permissions boundary",
                List.of(DENY),
                List.of(
                        new Layer(PolicyType.SERVICE_CONTROL, "Root", Verdict.ALLOWS, "", List.of(ALLOW)),
                        new Layer(PolicyType.RESOURCE, "", Verdict.NOT_APPLICABLE, "the resource has none", List.of()),
                        new Layer(PolicyType.BOUNDARY, "", Verdict.DENIES, "", List.of(DENY))),
                List.of(),
                List.of(),
                List.of(new Problem(ALLOW, "`x` is not an ARN")));
    }

    /** An implicit deny with near misses of every kind. */
    static Explanation missed() {
        return new Explanation(
                Decision.IMPLICIT_DENY,
                "because no identity-based policy allows the iam:PassRole action",
                List.of(),
                List.of(new Layer(PolicyType.IDENTITY, "", Verdict.SILENT, "", List.of())),
                List.of(
                        new NearMiss(
                                ALLOW,
                                Part.CONDITION,
                                "iam:PassedToService",
                                "StringEquals",
                                List.of("q.amazonaws.com", "a\u001B[2J"),
                                Optional.empty()),
                        new NearMiss(ALLOW, Part.CONDITION, "aws:TagKeys", "Null", List.of(), Optional.of(List.of())),
                        new NearMiss(
                                ALLOW,
                                Part.RESOURCE,
                                "",
                                "",
                                List.of("arn:aws:s3:::a"),
                                Optional.of(List.of("arn:aws:s3:::b")))),
                List.of("iam:PassedToService"),
                List.of());
    }
}
