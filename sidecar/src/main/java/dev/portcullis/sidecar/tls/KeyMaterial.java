package dev.portcullis.sidecar.tls;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Who the sidecar is, and whom it believes. Immutable.
 *
 * @param chain its own certificate first
 * @param key that certificate's
 * @param clients judges clients' certificates; empty when they have none
 */
record KeyMaterial(List<X509Certificate> chain, PrivateKey key, Optional<X509ExtendedTrustManager> clients) {}
