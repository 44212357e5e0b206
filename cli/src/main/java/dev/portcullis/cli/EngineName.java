package dev.portcullis.cli;

/** Who decides. */
enum EngineName {
    /** The automaton that policies are compiled to. */
    COMPILED,
    /** The evaluator that follows the rules word by word. */
    REFERENCE
}
