package dev.portcullis.compile;

import dev.portcullis.policy.Diagnostic;
import dev.portcullis.policy.Limits;
import dev.portcullis.policy.Severity;
import dev.portcullis.policy.Span;
import java.util.Optional;

/** Thrown where policies come to more than an automaton can hold ({@link Limits}). Nothing of it may be used then. */
public final class TooLarge extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String what;
    private final long most;

    TooLarge(String what, long most) {
        super("more than " + most + " " + what);
        this.what = what;
        this.most = most;
    }

    /** One more, if that isn't too many. */
    static int next(int count, int most, String what) {
        if (count >= most) {
            throw new TooLarge(what, most);
        }
        return count + 1;
    }

    /** A sum, if that isn't too large. */
    static int sum(int one, int other, int most, String what) {
        if (one > most - other) {
            throw new TooLarge(what, most);
        }
        return one + other;
    }

    /** The same for whoever wrote the policies; {@code name} is what they are called together. */
    public Diagnostic diagnostic(String name) {
        return new Diagnostic(
                "TOO_LARGE",
                Severity.ERROR,
                name,
                Span.NONE,
                "the policies have more than " + most + " " + what,
                Optional.of("divide them among several engines"));
    }
}
