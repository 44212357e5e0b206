package dev.portcullis.syntax;

import dev.portcullis.grammar.PolicyTextParser.AnyTextContext;
import dev.portcullis.grammar.PolicyTextParser.AnyUnitContext;
import dev.portcullis.grammar.PolicyTextParser.ContextKeyContext;
import dev.portcullis.grammar.PolicyTextParser.LiteralSymbolContext;
import dev.portcullis.grammar.PolicyTextParser.VariablePartContext;
import dev.portcullis.policy.TextPattern;
import dev.portcullis.policy.TextPattern.AnyText;
import dev.portcullis.policy.TextPattern.AnyUnit;
import dev.portcullis.policy.TextPattern.Literal;
import dev.portcullis.policy.TextPattern.Segment;
import dev.portcullis.policy.TextPattern.Variable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.ParseTree;
import org.antlr.v4.runtime.tree.TerminalNode;

/** Turns the parse tree of a string, or of a part of one, into segments. */
final class Segments {

    private final boolean wildcards;
    private final List<Segment> finished = new ArrayList<>();
    private final StringBuilder literal = new StringBuilder();

    private Segments(boolean wildcards) {
        this.wildcards = wildcards;
    }

    /** The pattern that a tree stands for. Without {@code wildcards}, {@code *} and {@code ?} are text. */
    static TextPattern pattern(ParseTree tree, String source, boolean wildcards) {
        Segments segments = new Segments(wildcards);
        segments.add(tree);
        segments.finishLiteral();
        return new TextPattern(source, segments.finished);
    }

    private void add(ParseTree tree) {
        if (tree instanceof TerminalNode leaf) {
            if (leaf.getSymbol().getType() != Token.EOF) {
                literal.append(leaf.getText());
            }
        } else if (wildcards && tree instanceof AnyTextContext) {
            add(new AnyText());
        } else if (wildcards && tree instanceof AnyUnitContext) {
            add(new AnyUnit());
        } else if (tree instanceof LiteralSymbolContext symbol) {
            literal.append(symbol.getText());
        } else if (tree instanceof ContextKeyContext key) {
            add(variable(key));
        } else if (tree instanceof VariablePartContext part) {
            add(part.variable());
        } else {
            for (int i = 0; i < tree.getChildCount(); i++) {
                add(tree.getChild(i));
            }
        }
    }

    private static Variable variable(ContextKeyContext key) {
        Optional<String> fallback = Optional.ofNullable(key.QUOTED()).map(quoted -> {
            String text = quoted.getText();
            return text.substring(1, text.length() - 1);
        });
        return new Variable(key.NAME().getText(), fallback);
    }

    private void add(Segment segment) {
        finishLiteral();
        finished.add(segment);
    }

    private void finishLiteral() {
        if (!literal.isEmpty()) {
            finished.add(new Literal(literal.toString()));
            literal.setLength(0);
        }
    }
}
