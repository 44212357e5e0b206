package dev.portcullis.syntax;

import org.antlr.v4.runtime.BailErrorStrategy;
import org.antlr.v4.runtime.InputMismatchException;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.atn.ATNState;
import org.antlr.v4.runtime.misc.IntervalSet;

/** Stops at the first error: tokens are neither inserted nor deleted, so what follows is never guesswork. */
final class FirstErrorStrategy extends BailErrorStrategy {

    /**
     * Called where a loop or an optional part begins. Unlike its parent it looks, because only here are all the tokens
     * known that could come next: once ANTLR has decided to skip the optional part, an error message would expect
     * {@code ]} alone where a value may stand, too.
     */
    @Override
    public void sync(Parser parser) {
        ATNState state = parser.getInterpreter().atn.states.get(parser.getState());
        switch (state.getStateType()) {
            case ATNState.BLOCK_START, ATNState.STAR_LOOP_ENTRY, ATNState.STAR_LOOP_BACK -> {
                IntervalSet expected = parser.getATN().nextTokens(state);
                if (!expected.contains(Token.EPSILON)
                        && !expected.contains(parser.getInputStream().LA(1))) {
                    throw new InputMismatchException(parser);
                }
            }
            default -> {}
        }
    }
}
