package dev.portcullis.corpus.reference;

/** A document that is not a policy; the message names the policy, the place and what is wrong, a line for each problem. */
public final class MalformedPolicy extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    MalformedPolicy(String message) {
        super(message);
    }
}
