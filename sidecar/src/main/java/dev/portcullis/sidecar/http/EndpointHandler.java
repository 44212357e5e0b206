package dev.portcullis.sidecar.http;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.util.ReferenceCountUtil;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Puts requests together, asks their endpoints one after the other, and writes the answers. One per connection or stream. */
@SuppressWarnings("FutureReturnValueIgnored") // what fails closes its channel, which is all there is to do
final class EndpointHandler extends ChannelInboundHandlerAdapter {

    private static final byte[] NO_BODY = {};

    private final HttpServer server;
    private final ConnectionGuard guard;
    private final Deque<Object> later = new ArrayDeque<>(4);

    private HttpRequest head;
    private HttpEndpoint endpoint;
    private ByteArrayOutputStream body;
    private boolean answered;
    private boolean waiting;
    private boolean asking;
    private boolean handling;
    private boolean unflushed;
    private Future<?> deadline;
    private Peer peer;

    /** @param guard of the connection, which a whole request is told; null on a stream of HTTP/2 */
    EndpointHandler(HttpServer server, ConnectionGuard guard) {
        this.server = server;
        this.guard = guard;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        later.add(message);
        if (waiting) {
            context.channel().config().setAutoRead(false);
        }
        handle(context);
    }

    private void handle(ChannelHandlerContext context) {
        if (handling) {
            return;
        }
        handling = true;
        while (!waiting && !later.isEmpty()) {
            Object message = later.poll();
            try {
                if (message instanceof HttpRequest request) {
                    begin(context, request);
                }
                if (message instanceof HttpContent content) {
                    add(context, content);
                }
            } finally {
                ReferenceCountUtil.release(message);
            }
        }
        handling = false;
    }

    private void begin(ChannelHandlerContext context, HttpRequest request) {
        head = request;
        answered = false;
        body = null;
        if (request.decoderResult().isFailure()) {
            Throwable cause = request.decoderResult().cause();
            int status = cause instanceof TooLongHttpLineException
                    ? 414
                    : cause instanceof TooLongHttpHeaderException ? 431 : 400;
            endpoint = null;
            giveUp(context, ServerResponse.text(status, "bad request"));
            return;
        }
        if (request.protocolVersion().majorVersion() != 1) {
            endpoint = null;
            giveUp(context, ServerResponse.text(505, "no such version of HTTP"));
            return;
        }
        endpoint = server.routes().find(request.method().name(), request.uri());
        if (HttpUtil.is100ContinueExpected(request)) {
            if (HttpUtil.getContentLength(request, 0L) > endpoint.bodyLimit()) {
                giveUp(context, endpoint.refuse(Refusal.BODY_TOO_LARGE));
                return;
            }
            context.writeAndFlush(new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE))
                    .addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
        }
    }

    private void add(ChannelHandlerContext context, HttpContent content) {
        if (answered) {
            return;
        }
        if (content.decoderResult().isFailure()) {
            giveUp(context, ServerResponse.text(400, "bad request"));
            return;
        }
        int limit = endpoint.bodyLimit();
        int more = content.content().readableBytes();
        if (limit > 0 && more > 0) {
            if (body == null) {
                body = new ByteArrayOutputStream(more);
            }
            if (body.size() + more > limit) {
                giveUp(context, endpoint.refuse(Refusal.BODY_TOO_LARGE));
                return;
            }
            try {
                content.content().readBytes(body, more);
            } catch (IOException e) {
                throw new IllegalStateException("writing to memory doesn't fail", e);
            }
        }
        if (content instanceof LastHttpContent) {
            whole();
            ask(context);
        }
    }

    private void whole() {
        if (guard != null) {
            guard.requestIsWhole();
        }
        if (deadline != null) {
            deadline.cancel(false);
            deadline = null;
        }
    }

    private void ask(ChannelHandlerContext context) {
        if (peer == null) {
            peer = Peers.of(context.channel());
        }
        ClientRequest request = new ClientRequest(
                head.method().name(), head.uri(), head.headers(), body == null ? NO_BODY : body.toByteArray(), peer);
        waiting = true;
        Answer answer = new Answer(context, request, endpoint);
        asking = true;
        try {
            endpoint.answer(request, answer);
        } catch (Throwable failure) {
            answer.fail(failure);
        } finally {
            asking = false;
        }
        if (waiting && guard != null) {
            guard.hold();
        }
    }

    /** Answers, and takes no further request from this connection. */
    private void giveUp(ChannelHandlerContext context, ServerResponse response) {
        answered = true;
        whole();
        write(context, response, false);
    }

    private void write(ChannelHandlerContext context, ServerResponse response, boolean keep) {
        FullHttpResponse out = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1,
                HttpResponseStatus.valueOf(response.status()),
                HttpMethod.HEAD.equals(head.method())
                        ? Unpooled.EMPTY_BUFFER
                        : Unpooled.wrappedBuffer(response.body()));
        if (!response.contentType().isEmpty()) {
            out.headers().set(HttpHeaderNames.CONTENT_TYPE, response.contentType());
        }
        out.headers().setInt(HttpHeaderNames.CONTENT_LENGTH, response.body().length);
        List<String> more = response.headers();
        for (int i = 0; i < more.size(); i += 2) {
            out.headers().set(more.get(i), more.get(i + 1));
        }
        boolean stays = keep && HttpUtil.isKeepAlive(head) && !server.isDraining();
        if (guard != null) {
            if (!stays) {
                out.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
            } else if (!head.protocolVersion().isKeepAliveDefault()) {
                out.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.KEEP_ALIVE);
            }
        }
        unflushed = true;
        if (guard == null) {
            // The stream ends with its answer; one that wasn't read to its end is reset.
            context.write(out).addListener(keep ? f -> {} : ChannelFutureListener.CLOSE);
        } else {
            context.write(out)
                    .addListener(stays ? ChannelFutureListener.CLOSE_ON_FAILURE : ChannelFutureListener.CLOSE);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        flush(context);
        boolean reading = mayRead() && context.channel().isWritable();
        if (context.channel().config().isAutoRead() != reading) {
            context.channel().config().setAutoRead(reading);
        }
        if (guard == null && endpoint != null && !waiting && !answered && deadline == null && head != null) {
            deadline = context.executor()
                    .schedule(() -> context.channel().close(), server.requestNanos(), TimeUnit.NANOSECONDS);
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (context.channel().isWritable() && mayRead()) {
            context.channel().config().setAutoRead(true);
        }
        context.fireChannelWritabilityChanged();
    }

    /** While an answer is being made, only as long as there is nothing to read: that tells when the client leaves. */
    private boolean mayRead() {
        return !waiting || later.isEmpty();
    }

    private void flush(ChannelHandlerContext context) {
        if (unflushed) {
            unflushed = false;
            context.flush();
        }
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        whole();
        later.forEach(ReferenceCountUtil::release);
        later.clear();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        // Connections break, and clients send what is no HTTP: nothing to tell but that it is over.
        if (!(cause instanceof IOException) && !(cause instanceof ClosedChannelException)) {
            server.broken(cause);
        }
        context.close();
    }

    boolean isIdle() {
        return !waiting && head == null;
    }

    /** The answer to the request at hand. */
    private final class Answer implements Reply {

        private final ChannelHandlerContext context;
        private final ClientRequest request;
        private final HttpEndpoint asked;
        private boolean sent;

        private Answer(ChannelHandlerContext context, ClientRequest request, HttpEndpoint asked) {
            this.context = context;
            this.request = request;
            this.asked = asked;
        }

        @Override
        public void send(ServerResponse response) {
            if (context.executor().inEventLoop()) {
                sendHere(response);
            } else {
                context.executor().execute(() -> sendHere(response));
            }
        }

        @Override
        public void fail(Throwable failure) {
            server.failed(request, failure);
            send(asked.refuse(Refusal.INTERNAL_ERROR));
        }

        @Override
        public boolean isWanted() {
            return context.channel().isActive();
        }

        private void sendHere(ServerResponse response) {
            if (sent) {
                return;
            }
            sent = true;
            waiting = false;
            answered = true;
            write(context, response, true);
            head = null;
            body = null;
            if (!asking) {
                if (guard != null) {
                    guard.goOn(context);
                }
                handle(context);
                flush(context);
                context.channel().config().setAutoRead(true);
            }
        }
    }
}
