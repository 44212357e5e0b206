package dev.portcullis.cli;

import dev.portcullis.Engine;
import dev.portcullis.corpus.AccessRequest;
import dev.portcullis.corpus.CaseRunner;
import dev.portcullis.corpus.EngineQuestions;
import dev.portcullis.corpus.Question;
import dev.portcullis.policy.Semantics;
import java.util.Map;

/** The policies of a store, compiled, or of an image. */
final class CompiledBackground implements StoreBackground {

    private final EngineQuestions questions;
    private final Semantics semantics;
    private final Engine engine;
    private final PolicyTexts texts;

    /** @param texts of the statements; an image doesn't hold them */
    CompiledBackground(EngineQuestions questions, Semantics semantics, PolicyTexts texts) {
        this.questions = questions;
        this.semantics = semantics;
        this.engine = questions.engine(semantics);
        this.texts = texts;
    }

    @Override
    public CaseRunner with(CaseRunner runner) {
        return runner.withEngines(questions).withSemantics(semantics);
    }

    @Override
    public Question question(AccessRequest request) {
        return questions.question(request, semantics);
    }

    @Override
    public boolean lacks(String principal) {
        String[] fields = principal.split(":", 6);
        String name = fields.length == 6 ? fields[5] : "";
        boolean listed = name.startsWith("user/") || name.startsWith("role/") || name.startsWith("assumed-role/");
        return listed && !engine.principal(principal).isKnown();
    }

    @Override
    public Map<String, String> parameters() {
        return engine.parameters();
    }

    @Override
    public PolicyTexts texts() {
        return texts;
    }
}
