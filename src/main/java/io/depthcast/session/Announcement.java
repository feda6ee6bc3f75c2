package io.depthcast.session;

import io.netty.buffer.ByteBuf;

/**
 * What all clients of a gateway loop are told, made once for all of them.
 *
 * @param json one reference, the owner's
 * @param message the same as a WebSocket message; one reference, the owner's
 */
public record Announcement(ByteBuf json, ByteBuf message) {
    public void release() {
        json.release();
        message.release();
    }
}
