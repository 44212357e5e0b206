package dev.portcullis.corpus.compiled;

import dev.portcullis.Decision;
import dev.portcullis.Engine;
import dev.portcullis.Request;
import dev.portcullis.Store;
import dev.portcullis.corpus.generate.PolicyDraft;
import dev.portcullis.corpus.generate.PolicyDraft.Entries;
import dev.portcullis.corpus.generate.PolicyDraft.Statement;
import dev.portcullis.corpus.reference.ReferenceEvaluator;
import dev.portcullis.corpus.reference.ReferencePolicy;
import dev.portcullis.corpus.reference.Situation;
import dev.portcullis.policy.Checks;
import dev.portcullis.policy.ContextValue;
import dev.portcullis.policy.Effect;
import dev.portcullis.policy.PolicyType;
import dev.portcullis.policy.Semantics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/**
 * Many statements in one engine, each with an action of its own, so that a request reaches just one of them; and the same
 * statements one by one for the reference. A Deny stands beside an Allow of everything. For one thread.
 */
final class ManyStatements {

    /** All actions of one service: the engine files the statements by resource. */
    static final IntFunction<String> ONE_SERVICE = number -> "t:a" + number;
    /** Each action of a service of its own: the engine walks the one statement. */
    static final IntFunction<String> OWN_SERVICES = number -> "t" + number + ":a";

    private static final String CALLER = "arn:aws:iam::111122223333:user/caller";
    private static final int STATEMENTS_A_DOCUMENT = 1000;
    private static final Statement EVERYTHING = Statement.of(Effect.ALLOW, Entries.of("*"), Entries.of("*"));

    private final IntFunction<String> actions;
    private final Semantics semantics;
    private final List<ReferencePolicy> references = new ArrayList<>();
    private final List<String> texts = new ArrayList<>();
    private final List<Boolean> denies = new ArrayList<>();
    private final ReferencePolicy everything = ReferencePolicy.read(
            "everything", PolicyType.IDENTITY, PolicyDraft.of(EVERYTHING).text(), Map.of());
    private final Engine engine;
    private final Request request;

    /** The statements' own actions don't count. */
    ManyStatements(List<Statement> statements, IntFunction<String> actions, Semantics semantics) {
        this.actions = actions;
        this.semantics = semantics;
        List<Statement> allows = new ArrayList<>();
        List<Statement> denials = new ArrayList<>(List.of(EVERYTHING));
        for (int i = 0; i < statements.size(); i++) {
            Statement statement = statements.get(i).withAction(Entries.of(actions.apply(i)));
            boolean deny = statement.effect() == Effect.DENY;
            (deny ? denials : allows).add(statement);
            denies.add(deny);
            String text = PolicyDraft.of(statement).text();
            texts.add(text);
            references.add(ReferencePolicy.read("p" + i, PolicyType.IDENTITY, text, Map.of()));
        }
        Store.Builder store = Store.builder().checks(Checks.STORED);
        user(store, CALLER, "allows", allows);
        user(store, CALLER + "-denied", "denials", denials);
        this.engine = Engine.compile(store.build(), semantics);
        this.request = engine.newRequest();
    }

    private static void user(Store.Builder store, String arn, String name, List<Statement> statements) {
        List<String> names = new ArrayList<>();
        for (int from = 0; from < statements.size(); from += STATEMENTS_A_DOCUMENT) {
            int to = Math.min(statements.size(), from + STATEMENTS_A_DOCUMENT);
            names.add(name + from);
            store.policy(name + from, new PolicyDraft(PolicyDraft.CURRENT, statements.subList(from, to)).text());
        }
        store.user(arn, user -> user.attach(names.toArray(String[]::new)));
    }

    /** What the engine decides when a statement is asked. */
    Decision byEngine(int statement, String resource, Map<String, ContextValue> context) {
        request.clear()
                .contextAsGiven()
                .principal(caller(statement))
                .action(actions.apply(statement))
                .resource(resource)
                .resourceAccount("111122223333");
        context.forEach((key, value) -> {
            if (value instanceof ContextValue.Single single) {
                request.context(key, single.value());
            } else {
                request.contextValues(key, value.values());
            }
        });
        return engine.decide(request);
    }

    /** What the reference decides when a statement is asked. */
    Decision byReference(int statement, String resource, Map<String, ContextValue> context) {
        ReferencePolicy asked = references.get(statement);
        return ReferenceEvaluator.decide(Situation.builder()
                .principal(caller(statement))
                .action(actions.apply(statement))
                .resource(resource, "111122223333")
                .context(context)
                .identityPolicies(denies.get(statement) ? List.of(everything, asked) : List.of(asked))
                .semantics(semantics)
                .build());
    }

    private String caller(int statement) {
        return denies.get(statement) ? CALLER + "-denied" : CALLER;
    }

    /** A statement as it is written. */
    String text(int statement) {
        return texts.get(statement);
    }

    int size() {
        return references.size();
    }
}
