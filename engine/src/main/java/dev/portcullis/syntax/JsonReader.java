package dev.portcullis.syntax;

import dev.portcullis.grammar.PolicyJsonParser;
import dev.portcullis.policy.Diagnostic;
import dev.portcullis.policy.Limits;
import dev.portcullis.policy.Severity;
import dev.portcullis.policy.Span;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.UnbufferedTokenStream;
import org.antlr.v4.runtime.misc.ParseCancellationException;

/**
 * Text to {@link SyntaxTree}: strict UTF-8, strict RFC 8259, bounded size and nesting. Nothing that the text holds makes
 * it throw. Duplicate names and what the members mean are for others to judge. Stateless, safe for all threads.
 */
public final class JsonReader {

    /**
     * What is read.
     *
     * @param tree empty iff there is an error
     * @param text what the spans count in
     * @param diagnostics errors only
     */
    public record Reading(Optional<SyntaxTree> tree, String text, List<Diagnostic> diagnostics) {}

    /**
     * How much is read.
     *
     * @param bytes of the text in UTF-8
     * @param entries of one array
     * @param members of one object
     */
    public record Bounds(int bytes, int entries, int members) {

        /** One policy document. */
        public static final Bounds DOCUMENT =
                new Bounds(Limits.DOCUMENT_BYTES, Limits.LIST_ENTRIES, Limits.OBJECT_MEMBERS);

        /** A {@code store.json} or an account's authorization details; only its bytes bound its lists. */
        public static final Bounds STORE = new Bounds(Limits.STORE_BYTES, Limits.STORE_BYTES, Limits.STORE_BYTES);
    }

    private JsonReader() {}

    /** Reads a text as it stands in a file. {@code documentName} goes into the diagnostics. */
    public static Reading read(String documentName, byte[] utf8, Bounds bounds) {
        if (utf8.length > bounds.bytes()) {
            return tooLarge(documentName, utf8.length, bounds);
        }
        Utf8.Decoded decoded = Utf8.decode(utf8);
        if (decoded.problem().isPresent()) {
            String text = decoded.text();
            int offset = decoded.offset();
            Span span = new Lines(text).span(offset, Math.min(offset + 1, text.length()));
            return refused(
                    text,
                    new Diagnostic(
                            "INVALID_ENCODING",
                            Severity.ERROR,
                            documentName,
                            span,
                            decoded.problem().get(),
                            Optional.of("save the document as UTF-8 without byte order mark")));
        }
        return parse(documentName, decoded.text(), bounds);
    }

    /** Reads a text. {@code documentName} goes into the diagnostics. */
    public static Reading read(String documentName, String text, Bounds bounds) {
        long length = Utf8.length(text);
        if (length > bounds.bytes()) {
            return tooLarge(documentName, length, bounds);
        }
        return parse(documentName, text, bounds);
    }

    private static Reading parse(String documentName, String text, Bounds bounds) {
        Lines lines = new Lines(text);
        JsonTokens lexer = new JsonTokens(new FoldedCharacters(text));
        PolicyJsonParser parser = new PolicyJsonParser(new UnbufferedTokenStream<>(lexer));
        parser.removeErrorListeners();
        parser.setBuildParseTree(false);
        parser.setErrorHandler(new FirstErrorStrategy());
        TreeBuilder builder = new TreeBuilder(documentName, text, lines, bounds);
        parser.addParseListener(builder);
        try {
            parser.document();
        } catch (ParseCancellationException e) {
            RecognitionException error = (RecognitionException) e.getCause();
            Token previous = parser.getInputStream().LT(-1);
            return refused(text, new SyntaxErrors(documentName, text, lines).diagnostic(error, previous));
        } catch (TreeBuilder.BoundExceeded e) {
            return refused(text, e.diagnostic());
        }
        List<Diagnostic> problems = builder.problems();
        return problems.isEmpty()
                ? new Reading(Optional.of(builder.tree()), text, List.of())
                : new Reading(Optional.empty(), text, problems);
    }

    private static Reading tooLarge(String documentName, long length, Bounds bounds) {
        String message = "the text has " + length + " bytes, more than " + bounds.bytes();
        return refused("", new Diagnostic("DOCUMENT_TOO_LARGE", Severity.ERROR, documentName, Span.NONE, message));
    }

    private static Reading refused(String text, Diagnostic diagnostic) {
        return new Reading(Optional.empty(), text, List.of(diagnostic));
    }
}
