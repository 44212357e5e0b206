package dev.portcullis.automaton;

/** What the tables of a later version hold. */
public interface Patch {}
