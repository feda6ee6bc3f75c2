package io.depthcast.app;

import io.netty.channel.IoHandlerFactory;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringIoHandlerConfig;
import io.vertx.core.impl.transports.IoUringTransport;
import io.vertx.core.impl.transports.TransportInternal;
import io.vertx.core.transport.Transport;

/**
 * io_uring with room for what a flush to thousands of clients brings: all its sends complete at once. The stock queue holds
 * 4,096; beyond, the kernel keeps them elsewhere and Netty warns, twice in each flush.
 */
final class RoomyIoUring extends IoUringTransport {
    /** The most that the kernel allows; 16 bytes each, 1 MiB a loop. */
    private static final int COMPLETIONS = 65_536;

    private RoomyIoUring() {}

    /** @param stock which is available */
    static Transport like(Transport stock) {
        return new TransportInternal(stock.name(), true, null, new RoomyIoUring());
    }

    @Override
    public IoHandlerFactory ioHandlerFactory() {
        return IoUringIoHandler.newFactory(new IoUringIoHandlerConfig().setCqSize(COMPLETIONS));
    }
}
