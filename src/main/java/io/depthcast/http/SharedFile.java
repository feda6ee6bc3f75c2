package io.depthcast.http;

import io.depthcast.bus.VertxInternals;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What is served from the class path, once in memory for all that ask: as many answers as there are clients share these
 * bytes, and cost nothing but their heads. Immutable; any thread.
 *
 * @param etag strong (RFC 9110, 8.8.3), with its quotes
 * @param bytes outside the heap, because a socket would copy from the heap, once for each answer that waits; not to be
 *     written to, which tells them from those that are an answer's own
 */
record SharedFile(String contentType, String etag, ByteBuf bytes) {
    private static final int ETAG_BYTES = 8;

    static SharedFile of(String contentType, byte[] content) {
        ByteBuffer direct =
                ByteBuffer.allocateDirect(content.length).put(content).flip();
        ByteBuf bytes = Unpooled.unreleasableBuffer(Unpooled.wrappedBuffer(direct.asReadOnlyBuffer()));
        return new SharedFile(contentType, etag(content), bytes);
    }

    private static String etag(byte[] content) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(content);
            return '"' + HexFormat.of().formatHex(hash, 0, ETAG_BYTES) + '"';
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** For one answer. */
    Buffer body() {
        return VertxInternals.buffer(bytes.duplicate());
    }
}
