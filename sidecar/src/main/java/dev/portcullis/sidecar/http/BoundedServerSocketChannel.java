package dev.portcullis.sidecar.http;

import io.netty.channel.Channel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.util.List;

/** A listening TCP socket that never has more than so many connections. */
public final class BoundedServerSocketChannel extends NioServerSocketChannel {

    private final ConnectionLimit limit;

    /** @param limit shared by the sockets that it bounds together */
    public BoundedServerSocketChannel(ConnectionLimit limit) {
        this.limit = limit;
    }

    @Override
    protected int doReadMessages(List<Object> accepted) throws Exception {
        int before = accepted.size();
        int count = super.doReadMessages(accepted);
        for (int i = accepted.size() - 1; i >= before; i--) {
            if (accepted.get(i) instanceof Channel channel && !limit.admit(channel)) {
                accepted.remove(i);
            }
        }
        // Zero would end the accept loop as if nobody had waited; the closed ones have been handled.
        return count;
    }
}
