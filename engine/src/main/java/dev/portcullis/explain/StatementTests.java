package dev.portcullis.explain;

import dev.portcullis.automaton.Inspection;
import dev.portcullis.automaton.Predicates;
import dev.portcullis.automaton.SourceMap;
import dev.portcullis.automaton.StatementProbe;
import dev.portcullis.explain.TestedStatement.Outcomes;
import dev.portcullis.explain.TestedStatement.Place;
import dev.portcullis.policy.Span;
import java.util.ArrayList;
import java.util.List;

/** Tests the statements of documents part by part, all of them, in their order. */
final class StatementTests {

    private final StatementProbe probe;
    private final SourceMap sources;

    StatementTests(StatementProbe probe) {
        this.probe = probe;
        this.sources = probe.sources();
    }

    /** Adds those of one document. */
    void add(int document, List<TestedStatement> tested) {
        test(document, tested);
    }

    /** Those of all documents. */
    List<TestedStatement> ofAll() {
        List<TestedStatement> tested = new ArrayList<>();
        for (int document = 0; document < sources.documents(); document++) {
            test(document, tested);
        }
        return tested;
    }

    private void test(int document, List<TestedStatement> tested) {
        SourceMap.Cursor body = sources.read(sources.body(document));
        int count = body.count();
        int start = 0;
        int end = 0;
        int line = 1;
        int column = 1;
        for (int index = 0; index < count; index++) {
            int source = body.next();
            int before = start;
            start = end + body.next();
            end = start + body.next();
            line += body.next();
            int written = body.next();
            column = written == 0 ? column + start - before : written;
            Span span = new Span(start, end, line, column);
            int statement = sources.read(source).next();
            tested.add(test(new Place(document, index, span), source, statement));
        }
    }

    private TestedStatement test(Place place, int record, int statement) {
        boolean deny = probe.denies(statement);
        int coverage = probe.coverage(statement);
        int matched = TestedStatement.CONDITIONS;
        Outcomes outcomes = Outcomes.NONE;
        if (coverage == Inspection.NONE) {
            matched = TestedStatement.NO_PART;
        } else if (!probe.namesAction(statement)) {
            matched = TestedStatement.PRINCIPAL;
        } else if (!probe.namesResource(statement)) {
            matched = TestedStatement.ACTION;
        } else {
            outcomes = conditions(statement);
            if (outcomes.count(Predicates.TRUE) < outcomes.count() || probe.holdsNothing(statement)) {
                matched = TestedStatement.RESOURCE;
            }
        }
        return new TestedStatement(probe, place, record, statement, deny, coverage, matched, outcomes);
    }

    private Outcomes conditions(int statement) {
        int count = probe.conditions(statement);
        if (count == 0) {
            return Outcomes.NONE;
        }
        byte[] outcomes = new byte[count];
        for (int i = 0; i < count; i++) {
            outcomes[i] = (byte) probe.condition(statement, i);
        }
        return new Outcomes(outcomes);
    }
}
