package io.depthcast.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/** Many WebSocket clients on loopback that offer permessage-deflate and only count what they get, see {@link FrameCounter}. One thread. */
final class Clients implements AutoCloseable {
    private static final int STEP = 100;
    private static final int BUFFER_BYTES = 256 * 1024;
    private static final long SELECT_MILLIS = 10;
    private static final int MAX_SHORT_LENGTH = 125;
    private static final int LENGTH_16 = 126;
    private static final int MAX_HEADER_BYTES = 8;
    /** Of a pong with the eight bytes of the gateway's ping and a masking key of zero. */
    private static final byte[] PONG_HEADER = {(byte) 0x8A, (byte) 0x88, 0, 0, 0, 0};

    /** What has arrived at all clients so far. */
    record Count(long frames, long deflatedFrames, long bytes) {
        Count minus(Count before) {
            return new Count(frames - before.frames, deflatedFrames - before.deflatedFrames, bytes - before.bytes);
        }
    }

    private record Client(SocketChannel channel, FrameCounter counter) {}

    private final InetSocketAddress server;
    private final String request;
    private final List<byte[]> commands;
    private final Selector selector = Selector.open();
    private final ByteBuffer in = ByteBuffer.allocateDirect(BUFFER_BYTES);
    private final List<Client> clients = new ArrayList<>();
    private int upgraded;

    private Clients(int port, String protocolHeader, List<String> commands) throws IOException {
        this.server = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        this.request = "GET /v1/stream HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                + "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n" + protocolHeader + "\r\n";
        this.commands = commands.stream().map(Clients::masked).toList();
    }

    /** Clients of the gateway in SBE, which send these commands. */
    static Clients ofGateway(Child child, String... commands) throws IOException {
        return new Clients(child.port(), "Sec-WebSocket-Protocol: depthcast.v1.sbe\r\n", List.of(commands));
    }

    static Clients ofPlainServer(Child child) throws IOException {
        return new Clients(child.port(), "", List.of());
    }

    /** Connects until there are so many, a few at a time, and reads meanwhile. */
    void connect(int count) throws IOException {
        while (clients.size() < count) {
            for (int i = Math.min(STEP, count - clients.size()); i > 0; i--) {
                connectOne();
            }
            while (upgraded < clients.size()) {
                read();
            }
        }
    }

    private void connectOne() throws IOException {
        SocketChannel channel = SocketChannel.open(server);
        Client client = new Client(channel, new FrameCounter());
        write(channel, request.getBytes(US_ASCII));
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_READ, client);
        clients.add(client);
    }

    /** Reads for so long; what arrived in that time, and in which time. */
    Count readFor(long millis) throws IOException {
        Count before = count();
        long endNanos = System.nanoTime() + millis * 1_000_000;
        while (System.nanoTime() < endNanos) {
            read();
        }
        return count().minus(before);
    }

    private void read() throws IOException {
        selector.select(this::read, SELECT_MILLIS);
    }

    private void read(SelectionKey key) {
        Client client = (Client) key.attachment();
        FrameCounter counter = client.counter();
        boolean before = counter.isUpgraded();
        try {
            if (client.channel().read(in.clear()) < 0) {
                throw new IOException("the server ended a connection");
            }
            counter.read(in.flip());
            if (counter.isUpgraded() && !before) {
                upgraded++;
                for (byte[] command : commands) {
                    write(client.channel(), command);
                }
            }
            if (counter.takePing()) {
                write(client.channel(), pong(counter.pingPayload()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] pong(long payload) {
        return ByteBuffer.allocate(PONG_HEADER.length + Long.BYTES)
                .put(PONG_HEADER)
                .putLong(payload)
                .array();
    }

    private Count count() {
        long frames = 0;
        long deflated = 0;
        long bytes = 0;
        for (Client client : clients) {
            frames += client.counter().frames();
            deflated += client.counter().deflatedFrames();
            bytes += client.counter().bytes();
        }
        return new Count(frames, deflated, bytes);
    }

    /** So little at a time that an empty send buffer takes it whole. */
    private static void write(SocketChannel channel, byte[] bytes) throws IOException {
        if (channel.write(ByteBuffer.wrap(bytes)) != bytes.length) {
            throw new IOException("the socket takes no " + bytes.length + " bytes");
        }
    }

    /** A text frame with a masking key of zero (RFC 6455, 5.3), its length in the shortest form. */
    private static byte[] masked(String command) {
        byte[] text = command.getBytes(US_ASCII);
        ByteBuffer frame = ByteBuffer.allocate(MAX_HEADER_BYTES + text.length).put((byte) 0x81);
        if (text.length <= MAX_SHORT_LENGTH) {
            frame.put((byte) (0x80 | text.length));
        } else {
            frame.put((byte) (0x80 | LENGTH_16)).putShort((short) text.length);
        }
        frame.putInt(0).put(text).flip();
        byte[] bytes = new byte[frame.remaining()];
        frame.get(bytes);
        return bytes;
    }

    @Override
    public void close() throws IOException {
        for (Client client : clients) {
            client.channel().close();
        }
        selector.close();
    }
}
