package dev.portcullis.syntax;

import dev.portcullis.grammar.PolicyJsonParser;
import dev.portcullis.grammar.PolicyJsonParser.ArrayValueContext;
import dev.portcullis.grammar.PolicyJsonParser.ObjectValueContext;
import dev.portcullis.policy.Diagnostic;
import dev.portcullis.policy.Severity;
import dev.portcullis.policy.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.RuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.misc.IntervalSet;

/** What ANTLR says of a document that is no JSON, in words for policy authors. */
final class SyntaxErrors {

    private static final String CODE = "JSON_SYNTAX_ERROR";

    private final String documentName;
    private final String text;
    private final Lines lines;

    SyntaxErrors(String documentName, String text, Lines lines) {
        this.documentName = documentName;
        this.text = text;
        this.lines = lines;
    }

    /** The parser stopped with this error, right after {@code previous} (null at the start of the text). */
    Diagnostic diagnostic(RecognitionException error, Token previous) {
        Token found = error.getOffendingToken();
        int start = found.getStartIndex();
        if (found.getType() == PolicyJsonParser.UNRECOGNIZED && text.charAt(start) == '"') {
            return brokenString(start);
        }
        if (previous != null
                && previous.getType() == PolicyJsonParser.NUMBER
                && previous.getStopIndex() + 1 == start
                && start < text.length()
                && continuesWord(text.charAt(start))) {
            return brokenNumber(previous.getStartIndex());
        }
        IntervalSet expected = error.getExpectedTokens();
        String wanted = words(expected);
        if (found.getType() == Token.EOF) {
            return at(
                    text.length(),
                    text.length(),
                    "expected " + wanted + ", found the end of the text",
                    unclosed(error));
        }
        int end = found.getType() == PolicyJsonParser.UNRECOGNIZED ? wordEnd(start) : found.getStopIndex() + 1;
        String message = "expected " + wanted + ", found " + shown(start, end);
        return at(start, end, message, help(found, previous, expected, text.substring(start, end)));
    }

    /** The lexer took the quote alone, so between it and the next one something can't stand in a string. */
    private Diagnostic brokenString(int start) {
        int at = start + 1;
        while (at < text.length() && text.charAt(at) != '"') {
            char c = text.charAt(at);
            if (c == '\n' || c == '\r') {
                return at(start, at, "a string isn't closed on its line", Optional.of("a line break is written `\\n`"));
            }
            if (c < ' ') {
                String help = c == '\t' ? "write `\\t`" : "write `" + Shown.escape(c) + "`";
                String message = "the control character " + Shown.number(c) + " can't stand in a string";
                return at(at, at + 1, message, Optional.of(help));
            }
            if (c == '\\') {
                int end = escapeEnd(at);
                if (end < 0) {
                    break; // the text ends here
                }
                if (end == at) {
                    int shownEnd = Math.min(text.length(), at + (text.charAt(at + 1) == 'u' ? 6 : 2));
                    String message = Shown.quoted(text.substring(at, shownEnd)) + " is no escape";
                    return at(at, shownEnd, message, Optional.of("a backslash is written `\\\\`"));
                }
                at = end;
            } else {
                at++;
            }
        }
        return at(start, text.length(), "a string isn't closed", Optional.empty());
    }

    /** End of the escape at a backslash; the same place if it is none, -1 if the text ends within it. */
    private int escapeEnd(int backslash) {
        if (backslash + 1 >= text.length()) {
            return -1;
        }
        char c = text.charAt(backslash + 1);
        if (c != 'u') {
            return "\"\\/bfnrt".indexOf(c) < 0 ? backslash : backslash + 2;
        }
        for (int i = backslash + 2; i < backslash + 6; i++) {
            if (i >= text.length()) {
                return -1;
            }
            if (text.charAt(i) > 'f' || Character.digit(text.charAt(i), 16) < 0) {
                return backslash;
            }
        }
        return backslash + 6;
    }

    private Diagnostic brokenNumber(int start) {
        int end = wordEnd(start);
        String message = Shown.quoted(text.substring(start, end)) + " is not a JSON number";
        return at(
                start,
                end,
                message,
                Optional.of("write it in quotes, or as JSON does: no leading zero, digits on both sides of the point"));
    }

    private static String words(IntervalSet expected) {
        List<String> words = new ArrayList<>();
        if (expected.contains(PolicyJsonParser.NUMBER)) {
            words.add("a value");
        } else if (expected.contains(PolicyJsonParser.STRING)) {
            words.add("a name in double quotes");
        }
        if (expected.contains(PolicyJsonParser.COLON)) {
            words.add("`:`");
        }
        if (expected.contains(PolicyJsonParser.COMMA)) {
            words.add("`,`");
        }
        if (expected.contains(PolicyJsonParser.CLOSE_BRACE)) {
            words.add("`}`");
        }
        if (expected.contains(PolicyJsonParser.CLOSE_BRACKET)) {
            words.add("`]`");
        }
        if (expected.contains(Token.EOF)) {
            words.add("the end of the text");
        }
        return String.join(" or ", words);
    }

    private String shown(int start, int end) {
        int point = text.codePointAt(start);
        if (!Shown.isPlain(point) || Character.isSpaceChar(point)) {
            return "the character " + Shown.number(point);
        }
        return Shown.quoted(text.substring(start, end));
    }

    private static Optional<String> help(Token found, Token previous, IntervalSet expected, String word) {
        boolean afterComma = previous != null && previous.getType() == PolicyJsonParser.COMMA;
        boolean closes =
                found.getType() == PolicyJsonParser.CLOSE_BRACE || found.getType() == PolicyJsonParser.CLOSE_BRACKET;
        if (afterComma && closes) {
            return Optional.of("remove the comma before it");
        }
        if (expected.contains(Token.EOF)) {
            return Optional.of("a document is one JSON value and nothing after it");
        }
        if (found.getType() == PolicyJsonParser.STRING && expected.contains(PolicyJsonParser.COMMA)) {
            return Optional.of("a comma is missing before it");
        }
        if (found.getType() != PolicyJsonParser.UNRECOGNIZED) {
            return Optional.empty();
        }
        if (word.startsWith("/") || word.startsWith("#")) {
            return Optional.of("JSON has no comments");
        }
        if (word.startsWith("'")) {
            return Optional.of("strings stand in double quotes");
        }
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "true", "yes" -> Optional.of("did you mean `true`?");
            case "false", "no" -> Optional.of("did you mean `false`?");
            case "null", "none", "undefined" -> Optional.of("did you mean `null`?");
            default ->
                Character.isLetter(word.charAt(0)) ? Optional.of("strings stand in double quotes") : Optional.empty();
        };
    }

    /** The innermost bracket that the end of the text leaves open. */
    private Optional<String> unclosed(RecognitionException error) {
        for (RuleContext context = error.getCtx(); context != null; context = context.getParent()) {
            if (context instanceof ObjectValueContext || context instanceof ArrayValueContext) {
                int start = ((ParserRuleContext) context).getStart().getStartIndex();
                return Optional.of(
                        "`" + text.charAt(start) + "` of " + lines.span(start, start + 1) + " is not closed");
            }
        }
        return Optional.empty();
    }

    private int wordEnd(int start) {
        int end = start;
        while (end < text.length() && continuesWord(text.charAt(end))) {
            end++;
        }
        return end > start ? end : start + Character.charCount(text.codePointAt(start));
    }

    private static boolean continuesWord(char c) {
        return Character.isLetterOrDigit(c) || c == '.' || c == '+' || c == '-' || c == '_';
    }

    private Diagnostic at(int start, int end, String message, Optional<String> help) {
        Span span = lines.span(start, end);
        return new Diagnostic(CODE, Severity.ERROR, documentName, span, message, help);
    }
}
