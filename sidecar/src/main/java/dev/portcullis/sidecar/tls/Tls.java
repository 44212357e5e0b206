package dev.portcullis.sidecar.tls;

import dev.portcullis.sidecar.live.Live;
import dev.portcullis.sidecar.live.LoadException;
import dev.portcullis.sidecar.log.EventLog;
import dev.portcullis.sidecar.options.TlsOptions;
import io.grpc.netty.GrpcSslContexts;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import javax.net.ssl.SSLException;

/** TLS 1.3 and 1.2 with the JDK, by the certificates in force. Thread-safe. */
public final class Tls {

    private final TlsOptions options;
    private final Live<KeyMaterial> live;

    /** Reads the certificates. */
    public Tls(TlsOptions options, EventLog events) throws LoadException {
        this.options = options;
        this.live = new Live<>("certificates", new KeyMaterialSource(options), events);
        live.start();
    }

    /** The certificates, to be watched. */
    public Live<?> live() {
        return live;
    }

    /** For HTTP: h2 and http/1.1. */
    public SslContext http() throws SSLException {
        return builder()
                .applicationProtocolConfig(new ApplicationProtocolConfig(
                        ApplicationProtocolConfig.Protocol.ALPN,
                        ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
                        ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
                        ApplicationProtocolNames.HTTP_2,
                        ApplicationProtocolNames.HTTP_1_1))
                .build();
    }

    /** For gRPC: h2. */
    public SslContext grpc() throws SSLException {
        return GrpcSslContexts.configure(builder(), SslProvider.JDK).build();
    }

    private SslContextBuilder builder() {
        SslContextBuilder builder = SslContextBuilder.forServer(new LiveKeyManager(live))
                .sslProvider(SslProvider.JDK)
                .protocols("TLSv1.3", "TLSv1.2");
        if (options.clientAuthorities().isPresent()) {
            builder.trustManager(new LiveTrustManager(live))
                    .clientAuth(options.clientRequired() ? ClientAuth.REQUIRE : ClientAuth.OPTIONAL);
        }
        return builder;
    }
}
