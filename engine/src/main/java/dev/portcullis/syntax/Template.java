package dev.portcullis.syntax;

import dev.portcullis.grammar.PolicyTextLexer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.antlr.v4.runtime.Token;

/**
 * A string split at its {@code {{name}}} placeholders.
 *
 * @param text the string
 * @param pieces all of it, in order
 */
record Template(String text, List<Piece> pieces) {

    /**
     * A placeholder or a piece of text.
     *
     * @param start offset in the string
     * @param end offset after it
     * @param name of a placeholder, without blanks around it
     */
    record Piece(int start, int end, Optional<String> name) {}

    static Template of(String text) {
        if (!text.contains("{{")) {
            return new Template(text, List.of(new Piece(0, text.length(), Optional.empty())));
        }
        PolicyTextLexer lexer = new PolicyTextLexer(new FoldedCharacters(text));
        lexer.mode(PolicyTextLexer.TEMPLATE);
        List<Piece> pieces = new ArrayList<>();
        for (Token token = lexer.nextToken(); token.getType() != Token.EOF; token = lexer.nextToken()) {
            int start = token.getStartIndex();
            int end = token.getStopIndex() + 1;
            Optional<String> name = Optional.empty();
            if (token.getType() == PolicyTextLexer.PLACEHOLDER) {
                name = Optional.of(text.substring(start + 2, end - 2).strip());
            }
            pieces.add(new Piece(start, end, name));
        }
        return new Template(text, pieces);
    }

    boolean hasPlaceholders() {
        return pieces.stream().anyMatch(piece -> piece.name().isPresent());
    }

    /** Offset of the first two braces that open no placeholder, or -1. */
    int strayBraces() {
        for (int i = 1; i < pieces.size(); i++) {
            Piece brace = pieces.get(i - 1);
            Piece next = pieces.get(i);
            if (brace.name().isEmpty()
                    && next.name().isEmpty()
                    && text.charAt(brace.start()) == '{'
                    && text.charAt(next.start()) == '{') {
                return brace.start();
            }
        }
        return -1;
    }

    /** What a piece becomes; a placeholder without a value stays as it is. */
    String bound(Piece piece, Map<String, String> parameters) {
        String written = text.substring(piece.start(), piece.end());
        return piece.name().map(name -> parameters.getOrDefault(name, written)).orElse(written);
    }

    /**
     * Offset in this string of an offset in the bound one. Inside of what a placeholder became there is no such offset:
     * it is the placeholder's start, or for the end of a stretch the placeholder's end.
     */
    int offset(int boundOffset, boolean endOfStretch, Map<String, String> parameters) {
        int before = 0;
        for (Piece piece : pieces) {
            int length = bound(piece, parameters).length();
            int within = boundOffset - before;
            if (endOfStretch ? within <= length : within < length) {
                boolean replaced = piece.name().isPresent()
                        && parameters.containsKey(piece.name().get());
                if (!replaced || (endOfStretch && within == 0)) {
                    return piece.start() + within;
                }
                return endOfStretch ? piece.end() : piece.start();
            }
            before += length;
        }
        return text.length();
    }
}
