/** Why the automaton decided as it did: its own tests, asked one by one, put into words. May allocate. */
package dev.portcullis.explain;
