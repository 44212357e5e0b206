package dev.portcullis.cli;

import dev.portcullis.Explanation.StatementRef;
import dev.portcullis.Store;
import java.util.Optional;

/** Where the text of a statement can be read. */
@FunctionalInterface
interface PolicyTexts {

    /** The text that the statement's span counts in; empty when it isn't at hand. */
    Optional<String> of(StatementRef statement);

    /** The documents of a store. */
    static PolicyTexts of(Store store) {
        return statement -> Optional.ofNullable(store.texts().get(statement.policy()));
    }
}
