package dev.portcullis.sidecar.tls;

import dev.portcullis.sidecar.live.Live;
import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;

/** Shows the certificate in force. An alias names its version, so that certificate and key always fit. */
final class LiveKeyManager extends X509ExtendedKeyManager {

    private final Live<KeyMaterial> live;
    /** The version before, for handshakes that began with it. */
    private volatile Live.Version<KeyMaterial> previous;

    private volatile Live.Version<KeyMaterial> latest;

    LiveKeyManager(Live<KeyMaterial> live) {
        this.live = live;
        this.latest = live.current();
        this.previous = latest;
    }

    private synchronized Live.Version<KeyMaterial> current() {
        Live.Version<KeyMaterial> now = live.current();
        if (now.number() != latest.number()) {
            previous = latest;
            latest = now;
        }
        return now;
    }

    private Live.Version<KeyMaterial> version(String alias) {
        for (Live.Version<KeyMaterial> version : List.of(latest, previous)) {
            if (Long.toString(version.number()).equals(alias)) {
                return version;
            }
        }
        return null;
    }

    private String alias(String keyType) {
        Live.Version<KeyMaterial> version = current();
        String own = version.value().key().getAlgorithm();
        boolean same = keyType.equals(own) || (own.equals("RSA") && keyType.equals("RSASSA-PSS"));
        return same ? Long.toString(version.number()) : null;
    }

    @Override
    public String chooseEngineServerAlias(String keyType, Principal[] issuers, SSLEngine engine) {
        return alias(keyType);
    }

    @Override
    public String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
        return alias(keyType);
    }

    @Override
    public String[] getServerAliases(String keyType, Principal[] issuers) {
        String alias = alias(keyType);
        return alias == null ? null : new String[] {alias};
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
        Live.Version<KeyMaterial> version = version(alias);
        return version == null ? null : version.value().chain().toArray(new X509Certificate[0]);
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
        Live.Version<KeyMaterial> version = version(alias);
        return version == null ? null : version.value().key();
    }

    @Override
    public String[] getClientAliases(String keyType, Principal[] issuers) {
        return null;
    }

    @Override
    public String chooseClientAlias(String[] keyType, Principal[] issuers, Socket socket) {
        return null;
    }
}
