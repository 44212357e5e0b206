package dev.portcullis.corpus;

import dev.portcullis.corpus.reference.Letters;

/** Names of context keys. */
final class ContextKeys {

    private ContextKeys() {}

    /** The form in which two spellings of one key are equal (rules L80, L81, L140). */
    static String fold(String key) {
        return Letters.lower(key);
    }
}
