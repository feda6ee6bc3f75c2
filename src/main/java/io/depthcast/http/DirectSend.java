package io.depthcast.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.unix.Socket;
import io.netty.handler.ssl.SslHandler;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The system call itself, for a message that nothing waits before: past the pipeline and the channel's buffer, which cost a
 * sixth of what the kernel does. By epoll and without TLS only. The channel's loop only.
 */
final class DirectSend {
    private DirectSend() {}

    /** Of a channel whose handlers change nothing that is written; null where it cannot be. */
    static @Nullable Socket socketOf(Channel channel) {
        boolean plain = channel.pipeline().get(SslHandler.class) == null;
        return plain && channel instanceof EpollSocketChannel epoll ? (Socket) epoll.fd() : null;
    }

    /**
     * Sends what the kernel takes at once, and skips it in the buffer. To be called only while none of the channel's bytes
     * wait. An error shows as nothing taken: the channel meets it again when the rest is written to it, and ends.
     *
     * @return whether the kernel took all; not if the channel is closed, for then its descriptor may be another's
     */
    static boolean send(Socket socket, ByteBuf bytes) {
        if (!socket.isOpen() || !bytes.hasMemoryAddress()) {
            return false;
        }
        try {
            int taken = socket.sendAddress(bytes.memoryAddress(), bytes.readerIndex(), bytes.writerIndex());
            bytes.skipBytes(Math.max(0, taken));
        } catch (IOException e) {
            return false;
        }
        return !bytes.isReadable();
    }
}
