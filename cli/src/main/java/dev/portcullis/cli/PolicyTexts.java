package dev.portcullis.cli;

import dev.portcullis.Explanation.StatementRef;
import java.util.Optional;

/** Where the text of a statement can be read. */
@FunctionalInterface
interface PolicyTexts {

    /** The text that the statement's span counts in; empty when it isn't at hand. */
    Optional<String> of(StatementRef statement);
}
