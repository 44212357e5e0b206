package dev.portcullis.cli;

import dev.portcullis.corpus.CaseResult;
import dev.portcullis.corpus.CaseRunner.Tally;
import dev.portcullis.corpus.Coverage;
import java.nio.file.Path;

/** Tells what came of cases. */
interface TestReport {

    /** A case that didn't pass. */
    void add(Path file, CaseResult result);

    /** The whole run; called once, last. */
    void end(Tally tally, Coverage coverage);
}
