package io.depthcast.behaviour;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.net.URI;
import java.util.concurrent.TimeUnit;

/** Event loops for the clients of a test class. */
// Waited for, not asked.
@SuppressWarnings("FutureReturnValueIgnored")
final class ClientLoops {
    private ClientLoops() {}

    static EventLoopGroup start() {
        return new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());
    }

    static void stop(EventLoopGroup loops) {
        loops.shutdownGracefully(0, 10, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    static URI stream(int port) {
        return URI.create("ws://127.0.0.1:" + port + "/v1/stream");
    }
}
