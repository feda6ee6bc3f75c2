package io.depthcast.loadtest.generator;

import io.netty.buffer.ByteBuf;
import io.netty.channel.nio.NioIoOps;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.util.concurrent.TimeUnit;

/** The socket of a client that reads one buffer full and then nothing for a while, so that the kernel's queues fill. */
final class SlowChannel extends NioSocketChannel {
    /** What is read at once; the recipient's buffers must be as large. */
    static final int READ_BYTES = 4_096;

    private final long periodMillis;

    SlowChannel(int bytesPerSecond) {
        periodMillis = 1_000L * READ_BYTES / bytesPerSecond;
    }

    @Override
    protected int doReadBytes(ByteBuf into) throws Exception {
        int count = super.doReadBytes(into);
        removeAndSubmit(NioIoOps.READ);
        eventLoop().schedule(this::readOn, periodMillis, TimeUnit.MILLISECONDS);
        return count;
    }

    private void readOn() {
        if (isActive()) {
            addAndSubmit(NioIoOps.READ);
        }
    }
}
