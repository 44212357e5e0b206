package dev.portcullis.cli;

import dev.portcullis.corpus.AccessRequest;
import dev.portcullis.corpus.Question;
import java.util.Map;

/** The policies that requests are decided against. */
interface Background {

    /**
     * The request with everything that bears on it.
     *
     * @throws IllegalArgumentException if the request has no meaning here; the message is for its author
     */
    Question question(AccessRequest request);

    /** Whether it should know that user or role, and doesn't. */
    boolean lacks(String principal);

    /** The values of placeholders. */
    Map<String, String> parameters();

    /** Where the statements of these policies can be read. */
    PolicyTexts texts();
}
