package dev.portcullis.corpus.compiled;

import dev.portcullis.corpus.AccessRequest;
import dev.portcullis.corpus.Case;
import dev.portcullis.corpus.PolicySource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Replaces the documents of a case. */
final class CaseDocuments {

    private final UnaryOperator<PolicySource> stored;
    private final UnaryOperator<PolicySource> ofSession;

    private CaseDocuments(UnaryOperator<PolicySource> stored, UnaryOperator<PolicySource> ofSession) {
        this.stored = stored;
        this.ofSession = ofSession;
    }

    /**
     * Gives each document a text and a name of its own, as a store has them, and the levels of an organization the names
     * {@code level 0}, {@code level 1} …: reference and engine then speak of the same things.
     */
    static Case separate(Case theCase) {
        List<String> names = new ArrayList<>();
        List<String> ofSession = new ArrayList<>();
        return new CaseDocuments(
                        source -> {
                            names.add(source.name());
                            return PolicySource.of("policy-" + names.size(), source.documentText());
                        },
                        source -> {
                            ofSession.add(source.name());
                            return PolicySource.of("session policy " + ofSession.size(), source.documentText());
                        })
                .replace(theCase);
    }

    /** The same case with other documents. */
    static Case replace(Case theCase, UnaryOperator<PolicySource> documents) {
        return new CaseDocuments(documents, documents).replace(theCase);
    }

    private Case replace(Case theCase) {
        AccessRequest asked = theCase.request();
        Case.Layers layers = theCase.layers();
        Case.Layers replaced = new Case.Layers(
                all(layers.identityPolicies()),
                layers.boundaries().map(this::all),
                levels(layers.serviceControlPolicies()),
                levels(layers.resourceControlPolicies()),
                layers.endpointPolicies().map(this::all),
                layers.acl());
        AccessRequest request = new AccessRequest(
                asked.principal(),
                asked.action(),
                asked.resource(),
                asked.resourceAccount(),
                asked.context(),
                asked.resourcePolicy().map(stored),
                asked.sessionPolicies()
                        .map(sources -> sources.stream().map(ofSession).toList()),
                asked.facts());
        return new Case(
                theCase.id(),
                theCase.line(),
                theCase.rule(),
                theCase.why(),
                theCase.kind(),
                request,
                theCase.store(),
                replaced,
                theCase.parameters(),
                theCase.semantics(),
                theCase.expectation(),
                theCase.reported());
    }

    private List<PolicySource> all(List<PolicySource> sources) {
        return sources.stream().map(stored).toList();
    }

    private Optional<List<Case.Level>> levels(Optional<List<Case.Level>> levels) {
        return levels.map(all -> {
            List<Case.Level> replaced = new ArrayList<>();
            for (Case.Level level : all) {
                replaced.add(new Case.Level(place(replaced.size()), all(level.policies())));
            }
            return replaced;
        });
    }

    /** What a level of an organization is called. */
    static String place(int level) {
        return "level " + level;
    }
}
