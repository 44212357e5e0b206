package dev.portcullis.corpus;

import dev.portcullis.Decision;
import dev.portcullis.corpus.reference.Situation;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.function.Function;

/** Turns a stream of questions into a stream of decisions, a line for a line, in the same order. */
final class DecisionLines {

    private final Implementation implementation;

    DecisionLines(Implementation implementation) {
        this.implementation = implementation;
    }

    <T> CaseRunner.Decided write(
            InputStream in,
            Appendable out,
            Function<JsonLines.RawLine, Line<T>> reader,
            Function<T, Situation> situation)
            throws IOException {
        JsonLines lines = new JsonLines(in);
        long decisions = 0;
        long errors = 0;
        Optional<JsonLines.RawLine> raw = lines.next();
        while (raw.isPresent()) {
            if (writeAnswer(out, reader.apply(raw.get()), situation)) {
                decisions++;
            } else {
                errors++;
            }
            raw = lines.next();
        }
        return new CaseRunner.Decided(decisions, errors);
    }

    /** Whether there was a decision. */
    private <T> boolean writeAnswer(Appendable out, Line<T> line, Function<T, Situation> situation) throws IOException {
        Decision decision = null;
        String error = "";
        if (line instanceof Line.Read<T> read) {
            try {
                decision = implementation.decide(situation.apply(read.value()));
            } catch (RuntimeException | StackOverflowError e) {
                error = CaseRunner.message(e);
            }
        } else {
            error = ((Line.Faulty<T>) line).message();
        }
        out.append("{\"id\":");
        JsonText.write(out, line.id());
        if (decision != null) {
            out.append(",\"decision\":\"").append(decision.name()).append("\"}\n");
        } else {
            out.append(",\"error\":");
            JsonText.write(out, error);
            out.append("}\n");
        }
        return decision != null;
    }
}
