/** The reference evaluator, the cases and their runner. */
module dev.portcullis.corpus {
    requires transitive dev.portcullis.engine;

    exports dev.portcullis.corpus;
    exports dev.portcullis.corpus.reference;
    exports dev.portcullis.corpus.synthetic;
}
