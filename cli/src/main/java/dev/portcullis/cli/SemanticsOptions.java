package dev.portcullis.cli;

import dev.portcullis.Engine;
import dev.portcullis.corpus.CaseRunner;
import dev.portcullis.corpus.ReferenceImplementation;
import dev.portcullis.policy.Semantics;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options that say how a question is read and who answers it. */
final class SemanticsOptions {

    @Option(
            names = "--engine",
            paramLabel = "NAME",
            defaultValue = "compiled",
            description = "Who decides: compiled (default), the automaton that policies are compiled to, or reference,"
                    + " which follows the rules word by word.")
    private EngineName engine;

    @Mixin
    private ReadingOptions readings;

    /** Whether the automaton decides. */
    boolean isCompiled() {
        return engine == EngineName.COMPILED;
    }

    /** Runs cases that bring their own policies. */
    CaseRunner runner() {
        CaseRunner runner = new CaseRunner(new ReferenceImplementation()).withSemantics(semantics());
        return isCompiled() ? runner.compiled() : runner;
    }

    /** The reading asked for. */
    Semantics semantics() {
        return readings.semantics();
    }

    /** The reading that an image was compiled with, which must not contradict what is asked for. */
    Semantics semanticsOf(Engine image) {
        return readings.semanticsOf(image);
    }
}
