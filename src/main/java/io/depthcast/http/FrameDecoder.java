package io.depthcast.http;

import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;

/** Netty's, of which can be seen how much it holds of a frame that is not whole yet. One connection. */
final class FrameDecoder extends WebSocket13FrameDecoder {
    FrameDecoder(WebSocketDecoderConfig config) {
        super(config);
    }

    int heldBytes() {
        return actualReadableBytes();
    }
}
