package dev.portcullis.sidecar.http;

import dev.portcullis.sidecar.options.SidecarLimits;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.handler.timeout.IdleStateHandler;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Closes a connection that idles, or that takes too long over the bytes of one request. One per connection. */
@SuppressWarnings("FutureReturnValueIgnored") // what fails closes its channel, which is all there is to do
final class ConnectionGuard extends IdleStateHandler {

    private final long requestNanos;
    private boolean partial;
    private boolean watching = true;
    private boolean held;
    private Future<?> deadline;

    ConnectionGuard(SidecarLimits limits) {
        super(0, 0, limits.idleTime().toMillis(), TimeUnit.MILLISECONDS);
        this.requestNanos = limits.requestTime().toNanos();
    }

    /** A request has arrived whole. */
    void requestIsWhole() {
        partial = false;
        if (deadline != null) {
            deadline.cancel(false);
            deadline = null;
        }
    }

    /** An answer is being made: what is sent meanwhile may take its time. */
    void hold() {
        held = true;
    }

    /** The answer has been sent. */
    void goOn(ChannelHandlerContext context) {
        held = false;
        limit(context);
    }

    /** From here on somebody else watches over requests. */
    void leaveRequests() {
        watching = false;
        requestIsWhole();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
        partial = watching;
        super.channelRead(context, message);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) throws Exception {
        super.channelReadComplete(context);
        limit(context);
    }

    private void limit(ChannelHandlerContext context) {
        if (partial && !held && deadline == null) {
            deadline = context.executor().schedule(() -> context.channel().close(), requestNanos, TimeUnit.NANOSECONDS);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) throws Exception {
        requestIsWhole();
        super.channelInactive(context);
    }

    @Override
    protected void channelIdle(ChannelHandlerContext context, IdleStateEvent event) {
        context.channel().close();
    }
}
