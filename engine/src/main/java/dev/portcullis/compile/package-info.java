/** From checked policy documents to the frozen arrays of {@code automaton}. May allocate; always ends. */
package dev.portcullis.compile;
