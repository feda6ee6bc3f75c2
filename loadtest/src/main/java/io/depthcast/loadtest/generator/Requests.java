package io.depthcast.loadtest.generator;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.List;

/** What a client sends. */
public final class Requests {
    private static final int MAX_SHORT_LENGTH = 125;
    private static final int LENGTH_16 = 126;
    private static final int MASKED = 0x80;
    private static final int FIN = 0x80;
    private static final int PONG = 0xA;

    private Requests() {}

    /** The opening handshake. */
    static ByteBuf handshake(LoadSettings load, String token) {
        Target target = load.target();
        String path = load.dialect() == Dialect.DEPTHCAST
                ? target.uri().getRawPath()
                : load.dialect().path();
        StringBuilder request = new StringBuilder("GET " + path + " HTTP/1.1\r\n")
                .append("Host: " + target.uri().getAuthority() + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n")
                .append("Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n");
        if (load.subscription().deflate()) {
            request.append("Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n");
        }
        if (load.dialect() == Dialect.DEPTHCAST) {
            request.append("Sec-WebSocket-Protocol: depthcast.v1.")
                    .append(load.subscription().encoding())
                    .append("\r\n");
        }
        if (token != null) {
            request.append("Authorization: Bearer ").append(token).append("\r\n");
        }
        return ascii(request.append("\r\n").toString());
    }

    /** The text of the command that subscribes to books. {@code resume} is a JSON object. */
    public static String subscribe(List<String> symbols, int depth, int intervalMillis, String resume) {
        return "{\"op\":\"subscribe\",\"id\":1,\"channel\":\"book\",\"symbols\":[\"" + String.join("\",\"", symbols)
                + "\"],\"depth\":" + depth + ",\"intervalMillis\":" + intervalMillis
                + (resume.equals("{}") ? "" : ",\"resume\":" + resume) + "}";
    }

    static ByteBuf text(String text) {
        return frame(FrameReader.TEXT, ascii(text));
    }

    static ByteBuf pong(ByteBuf payload) {
        return frame(PONG, payload);
    }

    /** A frame with a masking key of zero (RFC 6455, 5.3), so that the payload stays as it is. */
    private static ByteBuf frame(int opcode, ByteBuf payload) {
        int length = payload.readableBytes();
        ByteBuf frame = Unpooled.buffer(length + 8).writeByte(FIN | opcode);
        if (length <= MAX_SHORT_LENGTH) {
            frame.writeByte(MASKED | length);
        } else {
            frame.writeByte(MASKED | LENGTH_16).writeShort(length);
        }
        return frame.writeInt(0).writeBytes(payload, payload.readerIndex(), length);
    }

    private static ByteBuf ascii(String text) {
        return Unpooled.wrappedBuffer(text.getBytes(US_ASCII));
    }

    /** NATS' greeting and subscription. */
    static ByteBuf nats() {
        return text("CONNECT {\"verbose\":false,\"pedantic\":false}\r\nSUB m 1\r\n");
    }

    static String text(ByteBuf payload) {
        return new String(ByteBufUtil.getBytes(payload), US_ASCII);
    }
}
