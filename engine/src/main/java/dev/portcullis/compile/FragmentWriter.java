package dev.portcullis.compile;

import dev.portcullis.automaton.Automaton;
import dev.portcullis.automaton.Callers;
import dev.portcullis.automaton.Code;
import dev.portcullis.automaton.Fragment;
import dev.portcullis.automaton.Piece;
import dev.portcullis.automaton.Vocabulary;
import dev.portcullis.compile.StatementWriter.Compiled;
import dev.portcullis.policy.PolicyDocument;
import dev.portcullis.policy.Semantics;
import dev.portcullis.policy.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Documents to a {@link Fragment}: compiled for an automaton that is there, and with its names. Used once. */
final class FragmentWriter {

    private final Vocabulary vocabulary;
    private final Callers callers;
    private final long seed;

    private final CodeBuffer code = new CodeBuffer();
    private final Symbols symbols;
    private final StatementWriter writer;
    private final SourceWriter sources;
    private final List<Compiled> compiled = new ArrayList<>();

    /** @param seed key of the hashes */
    FragmentWriter(Automaton automaton, Semantics semantics, long seed) {
        this.vocabulary = automaton.vocabulary();
        this.callers = automaton.callers();
        this.seed = seed;
        this.symbols = new Symbols(vocabulary, callers);
        this.writer = new StatementWriter(code, symbols, semantics);
        this.sources = new SourceWriter(symbols);
    }

    /** The documents, as one layer. */
    Fragment fragment(List<PolicyDocument> policies) {
        for (PolicyDocument policy : policies) {
            List<Compiled> statements = new ArrayList<>();
            for (Statement statement : policy.statements()) {
                statements.add(writer.write(statement, policy.type()));
            }
            sources.document(policy, statements);
            compiled.addAll(statements);
        }
        return freeze(code.freeze());
    }

    /** A document with a dispatch of its own. */
    Piece piece(PolicyDocument policy, ActionNames names) {
        Fragment fragment = fragment(List.of(policy));
        SetWriter sets = new SetWriter(code, names, seed);
        sets.set(compiled);
        return new Piece(fragment, sets.freeze(fragment.code()));
    }

    private Fragment freeze(Code frozen) {
        compiled.sort(Comparator.comparing(statement -> !statement.deny()));
        int[] offsets = compiled.stream().mapToInt(Compiled::offset).distinct().toArray();
        String[] keys = symbols.extraKeys();
        byte[] kinds = new byte[keys.length];
        int[] tags = new int[keys.length];
        for (int i = 0; i < keys.length; i++) {
            kinds[i] = AutomaticSlots.kindOfTag(keys[i]);
            tags[i] = AutomaticSlots.tag(keys[i], kinds[i], vocabulary.automatic()::tagKey);
        }
        return new Fragment(
                frozen,
                offsets,
                keys,
                kinds,
                tags,
                symbols.principals.freeze(seed),
                callers.textCount(),
                symbols.principalNames.freeze(seed),
                callers.nameCount(),
                sources.freeze());
    }
}
