package dev.portcullis.syntax;

import dev.portcullis.grammar.PolicyJsonParser;
import dev.portcullis.grammar.PolicyJsonParser.ArrayValueContext;
import dev.portcullis.grammar.PolicyJsonParser.FalseValueContext;
import dev.portcullis.grammar.PolicyJsonParser.NamedMemberContext;
import dev.portcullis.grammar.PolicyJsonParser.NullValueContext;
import dev.portcullis.grammar.PolicyJsonParser.NumberValueContext;
import dev.portcullis.grammar.PolicyJsonParser.ObjectValueContext;
import dev.portcullis.grammar.PolicyJsonParser.StringValueContext;
import dev.portcullis.grammar.PolicyJsonParser.TrueValueContext;
import dev.portcullis.policy.Diagnostic;
import dev.portcullis.policy.Limits;
import dev.portcullis.policy.Severity;
import dev.portcullis.policy.Span;
import dev.portcullis.syntax.SyntaxTree.ArrayNode;
import dev.portcullis.syntax.SyntaxTree.BooleanNode;
import dev.portcullis.syntax.SyntaxTree.Member;
import dev.portcullis.syntax.SyntaxTree.NullNode;
import dev.portcullis.syntax.SyntaxTree.NumberNode;
import dev.portcullis.syntax.SyntaxTree.ObjectNode;
import dev.portcullis.syntax.SyntaxTree.StringNode;
import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.ErrorNode;
import org.antlr.v4.runtime.tree.ParseTreeListener;
import org.antlr.v4.runtime.tree.TerminalNode;

/**
 * Builds the {@link SyntaxTree} while the parser runs: no parse tree is ever kept, and a bound stops the parser where it
 * is exceeded, before the recursion or the lists grow.
 */
final class TreeBuilder implements ParseTreeListener {

    /** Stops the parser. */
    static final class BoundExceeded extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final transient Diagnostic diagnostic;

        private BoundExceeded(Diagnostic diagnostic) {
            super(diagnostic.summary(), null, false, false);
            this.diagnostic = diagnostic;
        }

        Diagnostic diagnostic() {
            return diagnostic;
        }
    }

    private final String documentName;
    private final String text;
    private final Lines lines;
    private final JsonReader.Bounds bounds;
    private final List<Diagnostic> problems = new ArrayList<>();

    // What is finished, but not yet part of an array or object. Those of the value at nesting d start at index
    // firstValue[d] and firstMember[d].
    private final List<SyntaxTree> values = new ArrayList<>();
    private final List<Member> members = new ArrayList<>();
    private final int[] firstValue = new int[Limits.NESTING + 2];
    private final int[] firstMember = new int[Limits.NESTING + 2];
    private int nesting;
    private boolean stopped;

    TreeBuilder(String documentName, String text, Lines lines, JsonReader.Bounds bounds) {
        this.documentName = documentName;
        this.text = text;
        this.lines = lines;
        this.bounds = bounds;
    }

    /** The document's value, once the parser has come to the end. */
    SyntaxTree tree() {
        return values.get(0);
    }

    /** Strings and numbers that are JSON, but are refused; in document order. */
    List<Diagnostic> problems() {
        return List.copyOf(problems);
    }

    /** Comes before ANTLR knows which alternative it will be: a value is a value here. */
    @Override
    public void enterEveryRule(ParserRuleContext context) {
        switch (context.getRuleIndex()) {
            case PolicyJsonParser.RULE_value -> {
                Token start = context.getStart();
                if (context.getParent() instanceof ArrayValueContext) {
                    if (values.size() - firstValue[nesting] >= bounds.entries()) {
                        throw stop("TOO_MANY_ENTRIES", start, "a list has more than " + bounds.entries() + " entries");
                    }
                }
                nesting++;
                firstValue[nesting] = values.size();
                firstMember[nesting] = members.size();
                int type = start.getType();
                if (nesting > Limits.NESTING
                        && (type == PolicyJsonParser.OPEN_BRACE || type == PolicyJsonParser.OPEN_BRACKET)) {
                    throw stop("NESTING_TOO_DEEP", start, "more than " + Limits.NESTING + " arrays and objects nested");
                }
            }
            case PolicyJsonParser.RULE_member -> {
                if (members.size() - firstMember[nesting] >= bounds.members()) {
                    String message = "an object has more than " + bounds.members() + " members";
                    throw stop("TOO_MANY_MEMBERS", context.getStart(), message);
                }
            }
            default -> {}
        }
    }

    /** Comes for failed rules, too. */
    @Override
    public void exitEveryRule(ParserRuleContext context) {
        if (stopped || context.exception != null) {
            return;
        }
        if (context instanceof NamedMemberContext member) {
            members.add(new Member(string(member.name), values.remove(values.size() - 1)));
        } else if (context.getRuleIndex() == PolicyJsonParser.RULE_value) {
            SyntaxTree value = value(context);
            nesting--;
            values.add(value);
        }
    }

    private SyntaxTree value(ParserRuleContext context) {
        if (context instanceof StringValueContext) {
            return string(context.getStart());
        }
        Span span = span(context.getStart(), context.getStop());
        if (context instanceof ObjectValueContext) {
            return new ObjectNode(take(members, firstMember[nesting]), span);
        }
        if (context instanceof ArrayValueContext) {
            return new ArrayNode(take(values, firstValue[nesting]), span);
        }
        if (context instanceof NumberValueContext) {
            return number(span);
        }
        if (context instanceof TrueValueContext) {
            return new BooleanNode(true, span);
        }
        if (context instanceof FalseValueContext) {
            return new BooleanNode(false, span);
        }
        if (context instanceof NullValueContext) {
            return new NullNode(span);
        }
        throw new IllegalStateException("alternative without a node: " + context.getClass());
    }

    private StringNode string(Token token) {
        Span span = span(token, token);
        String value = StringLiteral.value(text, span.start(), span.end());
        if (StringLiteral.refused(value, 0) >= 0) {
            reportRefused(value, span);
        }
        return new StringNode(value, span);
    }

    private void reportRefused(String value, Span literal) {
        int place = literal.start() + 1;
        int done = 0;
        int refused = StringLiteral.refused(value, 0);
        while (refused >= 0 && problems.size() < Limits.DIAGNOSTICS) {
            for (; done < refused; done++) {
                place += StringLiteral.width(text, place);
            }
            int end = place + StringLiteral.width(text, place);
            String what = value.charAt(refused) == 0 ? "the character U+0000" : "half a surrogate pair";
            report("INVALID_CHARACTER", lines.span(place, end), what + " can't stand in a string");
            refused = StringLiteral.refused(value, refused + 1);
        }
    }

    private NumberNode number(Span span) {
        if (span.end() - span.start() > Limits.NUMBER_UNITS) {
            report("NUMBER_TOO_LONG", span, "a number has more than " + Limits.NUMBER_UNITS + " characters");
        }
        return new NumberNode(text.substring(span.start(), span.end()), span);
    }

    private static <T> List<T> take(List<T> finished, int first) {
        List<T> taken = finished.subList(first, finished.size());
        List<T> copy = List.copyOf(taken);
        taken.clear();
        return copy;
    }

    private Span span(Token first, Token last) {
        return lines.span(first.getStartIndex(), last.getStopIndex() + 1);
    }

    private BoundExceeded stop(String code, Token token, String message) {
        stopped = true;
        return new BoundExceeded(new Diagnostic(code, Severity.ERROR, documentName, span(token, token), message));
    }

    private void report(String code, Span span, String message) {
        if (problems.size() < Limits.DIAGNOSTICS) {
            problems.add(new Diagnostic(code, Severity.ERROR, documentName, span, message));
        }
    }

    @Override
    public void visitTerminal(TerminalNode node) {}

    @Override
    public void visitErrorNode(ErrorNode node) {}
}
