package io.depthcast.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.vertx.core.json.JsonObject;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** A WebSocket client of bare bytes on a blocking socket: it sends what it is told, right or wrong. One thread. */
final class RawWebSocket implements AutoCloseable {
    static final String JSON = "depthcast.v1.json";
    static final String SBE = "depthcast.v1.sbe";
    static final String DEFLATE = "permessage-deflate; client_no_context_takeover";
    /** What {@link #closeCode()} gives where the connection ends without a close frame. */
    static final int NO_CLOSE = 1006;

    private static final int READ_MILLIS = 100_000;
    private static final byte[] TAIL = {0, 0, (byte) 0xFF, (byte) 0xFF};

    /** A message of the gateway, inflated. */
    record Message(int opcode, boolean wasDeflated, ByteBuf payload) {
        String text() {
            return payload.toString(UTF_8);
        }

        int closeCode() {
            return payload.getUnsignedShort(0);
        }
    }

    /** Whether pings are answered as they are read, which is how the gateway knows what has arrived. */
    boolean answersPings = true;

    private long readBytes;
    private final Inflater inflater = new Inflater(true);
    private final Socket socket;
    private final DataInputStream in;

    private RawWebSocket(Socket connected) throws IOException {
        socket = connected;
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(READ_MILLIS);
        in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
    }

    private static RawWebSocket connect(int port, int receiveBufferBytes) throws IOException {
        Socket socket = new Socket();
        if (receiveBufferBytes > 0) {
            socket.setReceiveBufferSize(receiveBufferBytes);
        }
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        return new RawWebSocket(socket);
    }

    /** On a connection of whatever kind. */
    static RawWebSocket over(Socket connected) throws IOException {
        return new RawWebSocket(connected);
    }

    /** A TCP connection and nothing more. */
    static RawWebSocket connect(int port) throws IOException {
        return connect(port, 0);
    }

    /** A TCP connection that the kernel takes little in advance for. */
    static RawWebSocket connectNarrow(int port) throws IOException {
        return connect(port, 4_096);
    }

    /** After the opening handshake. */
    static RawWebSocket open(int port, String... headers) throws IOException {
        return connect(port).shakeHands(headers);
    }

    RawWebSocket shakeHands(String... headers) throws IOException {
        write(handshake(headers).getBytes(UTF_8));
        assertThat(readHead()).startsWith("HTTP/1.1 101 ");
        return this;
    }

    /** One whose first request was not too slow, which on a busy machine it may be as well. */
    static RawWebSocket answered(int port) throws IOException {
        while (true) {
            ReaderOfBooks.heedTimeout();
            RawWebSocket client = connect(port);
            try {
                client.write("GET /v1/nothing HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(UTF_8));
                assertThat(client.readHead()).startsWith("HTTP/1.1 404 ");
                return client;
            } catch (EOFException | SocketException cut) {
                client.close();
            }
        }
    }

    static String handshake(String... headers) {
        return "GET /v1/stream HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                + String.join(
                        "",
                        Arrays.stream(headers).map(header -> header + "\r\n").toList())
                + "\r\n";
    }

    static String protocol(String name) {
        return "Sec-WebSocket-Protocol: " + name;
    }

    static String extensions(String offer) {
        return "Sec-WebSocket-Extensions: " + offer;
    }

    /** Reads that wait for longer fail with a {@link java.net.SocketTimeoutException}. */
    void readWaitsAtMost(int millis) throws IOException {
        socket.setSoTimeout(millis);
    }

    void write(byte... bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    void send(String text) throws IOException {
        write(ClientFrames.text(text));
    }

    /** The head of an HTTP answer without its blank line. */
    String readHead() throws IOException {
        return readTo("\r\n\r\n").strip();
    }

    /** Text up to an end and with it. */
    String readTo(String end) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(UTF_8).endsWith(end)) {
            head.write(in.readUnsignedByte());
        }
        return head.toString(UTF_8);
    }

    /** The next message; an {@link EOFException} at the end. */
    Message read() throws IOException {
        int first = in.readUnsignedByte();
        int second = in.readUnsignedByte();
        assertThat(first & 0xB0).as("FIN set, RSV2 and RSV3 not").isEqualTo(ClientFrames.FIN);
        long length = second == 127 ? in.readLong() : second == 126 ? in.readUnsignedShort() : second;
        byte[] payload = new byte[Math.toIntExact(length)];
        in.readFully(payload);
        readBytes += 2 + length;
        if (answersPings && (first & 0xF) == ClientFrames.PING) {
            write(ClientFrames.frame(ClientFrames.FIN | ClientFrames.PONG, payload));
        }
        boolean deflated = (first & ClientFrames.RSV1) != 0;
        return new Message(first & 0xF, deflated, Unpooled.wrappedBuffer(deflated ? inflate(payload) : payload));
    }

    /** Bytes of all messages so far as they came, but for longer lengths. */
    long readBytes() {
        return readBytes;
    }

    /** With the window that what came before has left. */
    private byte[] inflate(byte[] payload) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] block = new byte[8_192];
        try {
            inflater.setInput(ClientFrames.join(payload, TAIL));
            for (int n = inflater.inflate(block); n > 0; n = inflater.inflate(block)) {
                out.write(block, 0, n);
            }
            return out.toByteArray();
        } catch (DataFormatException e) {
            throw new IOException("the gateway sent a bad deflate stream", e);
        }
    }

    /** The next message of an opcode; others are passed over. */
    Message read(int opcode) throws IOException {
        Message message = read();
        while (message.opcode() != opcode) {
            message = read();
        }
        return message;
    }

    /** The next control message but the welcome. */
    JsonObject readReply() throws IOException {
        JsonObject reply = new JsonObject(read(ClientFrames.TEXT).text());
        return "welcome".equals(reply.getString("op")) || reply.containsKey("type") ? readReply() : reply;
    }

    /** Reads up to the close frame; {@link #NO_CLOSE} if the connection ends without one. */
    int closeCode() throws IOException {
        try {
            return read(ClientFrames.CLOSE).closeCode();
        } catch (EOFException e) {
            return NO_CLOSE;
        }
    }

    /** Whether the gateway ended the connection within the time that a read waits. */
    boolean isEnded() throws IOException {
        return in.read() == -1;
    }

    /** Ends the connection with a TCP reset. */
    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        inflater.end();
        socket.close();
    }
}
