/** Why the automaton decided as it did: its own tests, asked one by one. May allocate. */
package dev.portcullis.explain;
