/**
 * What runs: frozen arrays and the code that walks them. Nothing here allocates, locks or throws while a request is
 * decided; only {@code compile} builds these classes.
 */
package dev.portcullis.automaton;
