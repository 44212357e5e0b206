package dev.portcullis.sidecar.http;

import io.netty.channel.Channel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.AttributeKey;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.security.cert.Certificate;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/** Tells who is at the other end of a connection. */
public final class Peers {

    private static final int DNS_NAME = 2;
    private static final int URI = 6;

    private static final AttributeKey<Peer> PEER = AttributeKey.valueOf(Peers.class, "peer");

    private Peers() {}

    /** The peer of a connection, or of the connection that a stream belongs to. */
    static Peer of(Channel channel) {
        Channel connection = channel;
        while (connection.parent() != null
                && connection.pipeline().get(SslHandler.class) == null
                && !(connection.parent() instanceof io.netty.channel.ServerChannel)) {
            connection = connection.parent();
        }
        Peer known = connection.attr(PEER).get();
        if (known != null) {
            return known;
        }
        SslHandler tls = connection.pipeline().get(SslHandler.class);
        Optional<String> name =
                tls == null ? Optional.empty() : name(tls.engine().getSession());
        Peer peer = new Peer(address(connection.remoteAddress()), name);
        connection.attr(PEER).set(peer);
        return peer;
    }

    /** The IP address as text; empty for anything else. */
    public static String address(SocketAddress address) {
        if (address instanceof InetSocketAddress inet && !inet.isUnresolved()) {
            return text(inet.getAddress());
        }
        return "";
    }

    private static String text(InetAddress address) {
        String text = address.getHostAddress();
        int zone = text.indexOf('%');
        return zone < 0 ? text : text.substring(0, zone);
    }

    /** What the verified certificate of a session calls its owner. */
    public static Optional<String> name(SSLSession session) {
        try {
            Certificate[] chain = session.getPeerCertificates();
            return chain.length > 0 && chain[0] instanceof X509Certificate own
                    ? Optional.of(name(own))
                    : Optional.empty();
        } catch (SSLPeerUnverifiedException e) {
            return Optional.empty();
        }
    }

    private static String name(X509Certificate certificate) {
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            if (names != null) {
                for (int kind : new int[] {URI, DNS_NAME}) {
                    for (List<?> name : names) {
                        if (name.get(0).equals(kind)) {
                            return String.valueOf(name.get(1));
                        }
                    }
                }
            }
        } catch (CertificateParsingException e) {
            // Its subject is left.
        }
        return certificate.getSubjectX500Principal().getName();
    }
}
