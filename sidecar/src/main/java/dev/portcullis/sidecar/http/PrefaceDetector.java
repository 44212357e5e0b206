package dev.portcullis.sidecar.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.http2.Http2CodecUtil;
import java.util.List;

/**
 * Tells HTTP/2 with prior knowledge from HTTP/1.1 by the first bytes. There is no upgrade: gateways that pass it on would
 * be led around their own rules.
 */
final class PrefaceDetector extends ByteToMessageDecoder {

    private static final ByteBuf PREFACE =
            Unpooled.unreleasableBuffer(Http2CodecUtil.connectionPrefaceBuf()).asReadOnly();

    private final HttpServer server;
    private final ConnectionGuard guard;

    PrefaceDetector(HttpServer server, ConnectionGuard guard) {
        this.server = server;
        this.guard = guard;
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
        int known = Math.min(in.readableBytes(), PREFACE.readableBytes());
        for (int i = 0; i < known; i++) {
            if (in.getByte(in.readerIndex() + i) != PREFACE.getByte(i)) {
                server.speakHttp1(context.pipeline(), guard);
                context.pipeline().remove(this);
                return;
            }
        }
        if (known == PREFACE.readableBytes()) {
            server.speakHttp2(context.pipeline(), guard);
            context.pipeline().remove(this);
        }
    }
}
