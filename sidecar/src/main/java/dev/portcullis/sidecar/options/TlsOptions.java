package dev.portcullis.sidecar.options;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How connections are protected. The files are watched; a pair that doesn't fit, or has expired, isn't taken.
 *
 * @param certificates PEM, the sidecar's own first
 * @param key its private key, PEM, PKCS #8, not encrypted
 * @param clientAuthorities PEM: who signs clients' certificates; empty: clients have none
 * @param clientRequired whether a client without a certificate is turned away
 */
public record TlsOptions(Path certificates, Path key, Optional<Path> clientAuthorities, boolean clientRequired) {}
