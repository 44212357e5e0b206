package dev.portcullis.sidecar.http;

import java.util.Optional;

/**
 * The other end of a connection.
 *
 * @param address its IP address; empty over a Unix domain socket
 * @param certificateName what its verified certificate calls it: the first URI, else DNS name, else the subject; empty
 *     without a certificate
 */
public record Peer(String address, Optional<String> certificateName) {}
