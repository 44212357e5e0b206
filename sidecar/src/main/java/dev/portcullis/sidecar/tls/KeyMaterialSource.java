package dev.portcullis.sidecar.tls;

import dev.portcullis.sidecar.live.Fingerprint;
import dev.portcullis.sidecar.live.LoadException;
import dev.portcullis.sidecar.live.Source;
import dev.portcullis.sidecar.options.TlsOptions;
import io.grpc.util.CertificateUtils;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/** Reads certificates and their key from PEM files. */
record KeyMaterialSource(TlsOptions options) implements Source<KeyMaterial> {

    private static final byte[] PROBE = "does the key fit the certificate?".getBytes(StandardCharsets.US_ASCII);

    @Override
    public String fingerprint() throws IOException {
        List<Path> files = new ArrayList<>(List.of(options.certificates(), options.key()));
        options.clientAuthorities().ifPresent(files::add);
        return Fingerprint.of(files);
    }

    @Override
    public KeyMaterial load() throws LoadException {
        List<X509Certificate> chain = certificates(options.certificates());
        PrivateKey key;
        try (InputStream in = Files.newInputStream(options.key())) {
            key = CertificateUtils.getPrivateKey(in);
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            throw new LoadException(options.key() + " holds no private key in PEM (PKCS #8): " + e.getMessage(), e);
        }
        try {
            chain.get(0).checkValidity();
            if (!fits(key, chain.get(0))) {
                throw new LoadException(options.key() + " is not the key of " + options.certificates());
            }
            Optional<X509ExtendedTrustManager> clients = options.clientAuthorities()
                            .isPresent()
                    ? Optional.of(trust(certificates(options.clientAuthorities().get())))
                    : Optional.empty();
            return new KeyMaterial(chain, key, clients);
        } catch (GeneralSecurityException | IOException e) {
            throw new LoadException(options.certificates() + " can't be used: " + e.getMessage(), e);
        }
    }

    private static List<X509Certificate> certificates(Path file) throws LoadException {
        try (InputStream in = Files.newInputStream(file)) {
            List<X509Certificate> certificates = List.of(CertificateUtils.getX509Certificates(in));
            if (certificates.isEmpty()) {
                throw new LoadException(file + " holds no certificate");
            }
            return certificates;
        } catch (IOException | GeneralSecurityException e) {
            throw new LoadException(file + " holds no certificates in PEM: " + e.getMessage(), e);
        }
    }

    private static boolean fits(PrivateKey key, X509Certificate certificate) throws GeneralSecurityException {
        String algorithm = switch (key.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> key.getAlgorithm();
        };
        if (!certificate.getPublicKey().getAlgorithm().equals(key.getAlgorithm())) {
            return false;
        }
        Signature signature = Signature.getInstance(algorithm);
        signature.initSign(key);
        signature.update(PROBE);
        byte[] signed = signature.sign();
        signature.initVerify(certificate.getPublicKey());
        signature.update(PROBE);
        return signature.verify(signed);
    }

    private static X509ExtendedTrustManager trust(List<X509Certificate> authorities)
            throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        for (int i = 0; i < authorities.size(); i++) {
            store.setCertificateEntry("authority-" + i, authorities.get(i));
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        for (TrustManager manager : factory.getTrustManagers()) {
            if (manager instanceof X509ExtendedTrustManager extended) {
                return extended;
            }
        }
        throw new GeneralSecurityException("this Java machine has no usable trust manager");
    }
}
