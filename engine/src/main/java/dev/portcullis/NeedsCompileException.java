package dev.portcullis;

import java.util.List;

/**
 * Thrown when a change can't be made to an engine and the store has to be compiled anew. The engine is as before; nothing
 * is ever approximated.
 */
public final class NeedsCompileException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NeedsCompileException(List<String> reasons) {
        super(String.join(System.lineSeparator(), reasons));
    }
}
