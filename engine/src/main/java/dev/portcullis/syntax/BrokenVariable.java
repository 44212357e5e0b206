package dev.portcullis.syntax;

import dev.portcullis.grammar.PolicyTextParser.PartContext;
import java.util.Optional;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.RecognitionException;

/**
 * What is wrong with a variable (rule L147), in words for policy authors.
 *
 * @param code of the check
 * @param start offset of its dollar sign
 * @param end offset of the text that can be read on its own again
 * @param message what is wrong
 * @param help how it is written
 */
record BrokenVariable(String code, int start, int end, String message, Optional<String> help) {

    private static final String FORMS = "a variable is written `${key}` or `${key, 'default'}`";

    /** The parser stopped with this error; outside a variable it takes everything. */
    static BrokenVariable of(String text, RecognitionException error) {
        ParserRuleContext context = (ParserRuleContext) error.getCtx();
        while (!(context instanceof PartContext)) {
            context = context.getParent();
        }
        int start = context.getStart().getStartIndex();
        int close = text.indexOf('}', start);
        int nested = text.indexOf("${", start + 2);
        if (close < 0 || (nested >= 0 && nested < close)) {
            int end = nested >= 0 ? nested : text.length();
            return broken("MISSING_BRACE_IN_VARIABLE", text, start, end, "has no `}`");
        }
        int end = close + 1;
        String inside = text.substring(start + 2, close);
        int comma = inside.indexOf(',');
        String name = comma < 0 ? inside : inside.substring(0, comma);
        if (name.isEmpty()) {
            return broken("EMPTY_VARIABLE", text, start, end, "names no context key");
        }
        if (hasBlank(name)) {
            return broken("UNSUPPORTED_SPACE_IN_VARIABLE", text, start, end, "has a blank in its name");
        }
        if (comma >= 0) {
            String fallback = inside.substring(comma + 1);
            String quoted = fallback.strip();
            if (quoted.length() < 2 || !quoted.startsWith("'") || !quoted.endsWith("'")) {
                return broken("MISSING_QUOTE_IN_VARIABLE", text, start, end, "has a default without quotes around it");
            }
            if (fallback.startsWith("'")) {
                return broken("INVALID_VARIABLE", text, start, end, "has no blank between comma and default");
            }
            if (!fallback.equals(" " + quoted)) {
                return broken("UNSUPPORTED_SPACE_IN_VARIABLE", text, start, end, "has too many blanks");
            }
        }
        String found = Shown.quoted(error.getOffendingToken().getText());
        return broken("INVALID_VARIABLE", text, start, end, "can't hold " + found);
    }

    private static BrokenVariable broken(String code, String text, int start, int end, String what) {
        String message = "the variable " + Shown.quoted(text.substring(start, end)) + " " + what;
        return new BrokenVariable(code, start, end, message, Optional.of(FORMS));
    }

    private static boolean hasBlank(String name) {
        return name.chars().anyMatch(c -> c <= ' ');
    }
}
