package dev.portcullis.corpus.synthetic;

import dev.portcullis.corpus.AccessRequest;

/**
 * A request to a synthetic store. Immutable.
 *
 * @param number its number in the stream
 * @param kind what it was made for
 * @param caller who asks
 * @param request the request
 */
public record SyntheticRequest(long number, RequestKind kind, CallerKind caller, AccessRequest request) {}
