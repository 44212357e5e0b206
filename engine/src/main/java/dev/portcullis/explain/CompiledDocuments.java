package dev.portcullis.explain;

import dev.portcullis.automaton.Code;
import dev.portcullis.automaton.SourceMap;

/**
 * The store's documents, or those that come with a request.
 *
 * @param sources what they say
 * @param code what their statements compiled to
 */
record CompiledDocuments(SourceMap sources, Code code) {}
