package dev.portcullis.cli;

import dev.portcullis.corpus.Implementation;
import dev.portcullis.corpus.ReferenceImplementation;

/** Which implementation decides. */
enum EngineName {
    /** The evaluator that follows the rules word by word. */
    REFERENCE;

    Implementation implementation() {
        return switch (this) {
            case REFERENCE -> new ReferenceImplementation();
        };
    }
}
