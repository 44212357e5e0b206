package dev.portcullis.syntax;

import dev.portcullis.grammar.PolicyTextLexer;
import dev.portcullis.grammar.PolicyTextParser;
import dev.portcullis.policy.Diagnostic;
import dev.portcullis.policy.Limits;
import dev.portcullis.policy.Severity;
import dev.portcullis.policy.TextPattern;
import dev.portcullis.policy.TextPattern.Literal;
import dev.portcullis.policy.TextPattern.Variable;
import dev.portcullis.syntax.SyntaxTree.StringNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.BufferedTokenStream;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.misc.ParseCancellationException;

/**
 * The small language inside the strings of one document: a string whose placeholders are bound becomes a
 * {@link TextPattern}. Every broken variable of a string is reported. For one thread.
 *
 * <p>Variables are read as AWS writes them: <code>${key}</code>, <code>${key, 'default'}</code> with a comma, one blank
 * and single quotes (rule L139), and the symbols of rule L138. Four mistakes are named by rule L147. Other deviations,
 * such as a comma without blank, a wildcard in the name or a brace in the default, are errors, too, since no rule says
 * what they mean. A default may be empty; a wildcard in it is text (U25).
 */
final class TextReader {

    /**
     * A string that was read.
     *
     * @param pattern what it says; just its text if there are problems
     * @param fields of a string read as ARN: one to six, without the colons between them; else none
     * @param problems errors, in order
     */
    record Reading(TextPattern pattern, List<TextPattern> fields, List<Diagnostic> problems) {}

    private final String documentName;
    private final Places places;
    private PolicyTextLexer lexer;
    private PolicyTextParser parser;

    TextReader(String documentName, Places places) {
        this.documentName = documentName;
        this.places = places;
    }

    /**
     * Reads a string.
     *
     * @param wildcards whether {@code *} and {@code ?} are special (rules L31, L41, L93, L95)
     * @param variables whether <code>${…}</code> is special (rules L137, L145, L148)
     */
    Reading read(StringNode string, boolean wildcards, boolean variables) {
        return read(string, wildcards, variables, false);
    }

    /** Reads a string with wildcards and divides it into the fields of an ARN; what is none has fewer than six. */
    Reading readArn(StringNode string, boolean variables) {
        return read(string, true, variables, true);
    }

    private Reading read(StringNode string, boolean wildcards, boolean variables, boolean arn) {
        String text = string.value();
        if (text.length() > Limits.PATTERN_UNITS) {
            String message = "the text has " + text.length() + " characters, more than " + Limits.PATTERN_UNITS;
            return new Reading(
                    TextPattern.literal(text),
                    List.of(),
                    List.of(problem(string, "PATTERN_TOO_LONG", 0, text.length(), message, Optional.empty())));
        }
        // The parser has nothing to do, as for most strings: 60 ns instead of 600 for four of 10 to 33 units.
        if (!variables || !text.contains("${")) {
            TextPattern pattern = wildcards ? Segments.pattern(text) : TextPattern.literal(text);
            return new Reading(pattern, arn ? Segments.fields(text) : List.of(), exceededLimits(string, pattern));
        }
        try {
            BufferedTokenStream tokens = start(text, 0);
            if (arn) {
                parser.arn();
            } else {
                parser.pattern();
            }
            TextPattern pattern = Segments.pattern(text, tokens.getTokens(), wildcards);
            List<TextPattern> fields = arn ? Segments.fields(text, tokens.getTokens()) : List.of();
            return new Reading(pattern, fields, exceededLimits(string, pattern));
        } catch (ParseCancellationException e) {
            List<Diagnostic> problems = brokenVariables(string, (RecognitionException) e.getCause());
            return new Reading(TextPattern.literal(text), List.of(), problems);
        }
    }

    private BufferedTokenStream start(String text, int from) {
        FoldedCharacters characters = new FoldedCharacters(text);
        characters.seek(from);
        if (parser == null) {
            lexer = new PolicyTextLexer(characters);
            lexer.removeErrorListeners();
            parser = new PolicyTextParser(new BufferedTokenStream(lexer));
            parser.removeErrorListeners();
            parser.setBuildParseTree(false);
            parser.setErrorHandler(new FirstErrorStrategy());
        }
        lexer.setInputStream(characters);
        BufferedTokenStream tokens = new BufferedTokenStream(lexer);
        parser.setTokenStream(tokens);
        return tokens;
    }

    private List<Diagnostic> exceededLimits(StringNode string, TextPattern pattern) {
        int wildcards = 0;
        int variables = 0;
        for (TextPattern.Segment segment : pattern.segments()) {
            if (segment instanceof Variable) {
                variables++;
            } else if (!(segment instanceof Literal)) {
                wildcards++;
            }
        }
        if (wildcards <= Limits.PATTERN_WILDCARDS && variables <= Limits.PATTERN_VARIABLES) {
            return List.of();
        }
        int end = string.value().length();
        List<Diagnostic> problems = new ArrayList<>();
        if (wildcards > Limits.PATTERN_WILDCARDS) {
            String message = "the text has " + wildcards + " wildcards, more than " + Limits.PATTERN_WILDCARDS;
            problems.add(problem(string, "TOO_MANY_WILDCARDS", 0, end, message, Optional.empty()));
        }
        if (variables > Limits.PATTERN_VARIABLES) {
            String message = "the text has " + variables + " variables, more than " + Limits.PATTERN_VARIABLES;
            problems.add(problem(string, "TOO_MANY_VARIABLES", 0, end, message, Optional.empty()));
        }
        return problems;
    }

    /** The parser stopped at the first broken variable; goes on behind each to find the next. */
    private List<Diagnostic> brokenVariables(StringNode string, RecognitionException first) {
        String text = string.value();
        List<Diagnostic> problems = new ArrayList<>();
        RecognitionException error = first;
        while (error != null) {
            BrokenVariable broken = BrokenVariable.of(text, error);
            problems.add(problem(string, broken.code(), broken.start(), broken.end(), broken.message(), broken.help()));
            error = null;
            if (broken.end() < text.length()) {
                try {
                    start(text, broken.end());
                    parser.pattern();
                } catch (ParseCancellationException e) {
                    error = (RecognitionException) e.getCause();
                }
            }
        }
        return List.copyOf(problems);
    }

    private Diagnostic problem(
            StringNode string, String code, int start, int end, String message, Optional<String> help) {
        return new Diagnostic(code, Severity.ERROR, documentName, places.span(string, start, end), message, help);
    }
}
