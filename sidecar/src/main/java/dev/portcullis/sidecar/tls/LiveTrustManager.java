package dev.portcullis.sidecar.tls;

import dev.portcullis.sidecar.live.Live;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/** Judges clients' certificates by the authorities in force. */
final class LiveTrustManager extends X509ExtendedTrustManager {

    private final Live<KeyMaterial> live;

    LiveTrustManager(Live<KeyMaterial> live) {
        this.live = live;
    }

    private X509ExtendedTrustManager current() throws CertificateException {
        return live.current()
                .value()
                .clients()
                .orElseThrow(() -> new CertificateException("no client's certificate is believed"));
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        current().checkClientTrusted(chain, type, engine);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        current().checkClientTrusted(chain, type, socket);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
        current().checkClientTrusted(chain, type);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        throw new CertificateException("the sidecar is no client");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        throw new CertificateException("the sidecar is no client");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
        throw new CertificateException("the sidecar is no client");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return live.current()
                .value()
                .clients()
                .map(X509ExtendedTrustManager::getAcceptedIssuers)
                .orElseGet(() -> new X509Certificate[0]);
    }
}
