/** The generated lexers and parsers. */
module dev.portcullis.grammar {
    requires transitive org.antlr.antlr4.runtime;

    exports dev.portcullis.grammar;
}
