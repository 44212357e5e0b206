/** The sidecar: answers gateways and other programs over HTTP and gRPC. */
module dev.portcullis.sidecar {
    requires com.fasterxml.jackson.core;
    requires com.google.protobuf;
    requires com.nimbusds.jose.jwt;
    requires transitive dev.portcullis.engine;
    requires java.net.http;
    requires io.grpc;
    requires io.grpc.netty;
    requires io.grpc.util;
    requires io.netty.buffer;
    requires io.netty.codec;
    requires io.netty.codec.http;
    requires io.netty.codec.http2;
    requires io.netty.common;
    requires io.netty.handler;
    requires io.netty.transport;

    exports dev.portcullis.sidecar;
    exports dev.portcullis.sidecar.json;
    exports dev.portcullis.sidecar.options;
}
