package dev.portcullis.sidecar;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A self-signed certificate and its key, made by the JDK's keytool. */
final class Certificates {

    private static final char[] PASSWORD = "changeit".toCharArray();
    private static final String ALIAS = "own";

    private final KeyStore store;

    private Certificates(KeyStore store) {
        this.store = store;
    }

    /** @param days may be negative: expired */
    static Certificates make(Path folder, String name, int days) throws Exception {
        Path file = folder.resolve(name + ".p12");
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                ALIAS,
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + name,
                "-startdate",
                days < 0 ? (days - 10) + "d" : "-1d",
                "-validity",
                Integer.toString(days < 0 ? 10 : days + 1),
                "-ext",
                "san=dns:localhost,ip:127.0.0.1,uri:spiffe://example.org/" + name,
                "-keystore",
                file.toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                new String(PASSWORD));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said;
        try (InputStream out = process.getInputStream()) {
            said = new String(out.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        }
        if (process.waitFor() != 0) {
            throw new IllegalStateException(said);
        }
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD);
        }
        return new Certificates(store);
    }

    private static String pem(String what, byte[] der) {
        return "-----BEGIN " + what + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
                + "\n-----END " + what + "-----\n";
    }

    void writeCertificate(Path file) throws IOException, GeneralSecurityException {
        replace(file, pem("CERTIFICATE", store.getCertificate(ALIAS).getEncoded()));
    }

    void writeKey(Path file) throws IOException, GeneralSecurityException {
        replace(file, pem("PRIVATE KEY", store.getKey(ALIAS, PASSWORD).getEncoded()));
    }

    static void replace(Path file, String text) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.writeString(fresh, text);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    java.security.cert.Certificate certificate() throws GeneralSecurityException {
        return store.getCertificate(ALIAS);
    }

    /** For a client that believes these certificates alone and shows this one. */
    SSLContext client(boolean shown, Certificates... believed) throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        for (int i = 0; i < believed.length; i++) {
            trusted.setCertificateEntry("trusted-" + i, believed[i].certificate());
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(shown ? store : null, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }
}
