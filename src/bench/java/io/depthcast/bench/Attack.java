package io.depthcast.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * One way to harm a gateway by plain HTTP, done a little at a time, so that it is the gateway that is measured and not the
 * core that attacks. One thread.
 */
final class Attack {
    private static final int NARROW_BYTES = 4_096;
    private static final int READ_MILLIS = 5_000;
    private static final int PIPELINED = 50;
    private static final byte[] ANSWER = new byte[16_384];

    /** What a socket does once it is connected. */
    private interface Deed {
        void to(Socket socket, int number) throws IOException;
    }

    final String name;
    private final int port;
    /** Sockets that stay open; beyond that the oldest goes. */
    private final int held;

    private final Deed deed;
    private final Deque<Socket> sockets = new ArrayDeque<>();
    private int done;

    private Attack(String name, int port, int held, Deed deed) {
        this.name = name;
        this.port = port;
        this.held = held;
        this.deed = deed;
    }

    /**
     * All there are.
     *
     * @param bearer a good token
     */
    static Attack[] all(int port, String bearer) {
        return new Attack[] {
            new Attack("a document, never read", port, 1_250, (socket, i) -> send(socket, "GET /docs/", "")),
            new Attack("an answer, then silence", port, 1_000, (socket, i) -> ask(socket, "GET /nope", "")),
            new Attack(
                    "heads that do not end", port, 500, (socket, i) -> write(socket, "GET / HTTP/1.1\r\nHost: a\r\n")),
            new Attack(
                    "books, never read",
                    port,
                    40,
                    (socket, i) -> pipeline(socket, "GET /v1/book/BTC-USD?depth=500", bearer)),
            new Attack("fifty paths that there are not", port, 40, (socket, i) -> pipeline(socket, "GET /nope", "")),
            new Attack("invented methods and paths", port, 0, (socket, i) -> ask(socket, "BREW" + i + " /" + i, "")),
            new Attack("hosts and ranges that are none", port, 0, Attack::odd),
            new Attack("handshakes, reset at once", port, 0, (socket, i) -> reset(socket, bearer)),
            new Attack(
                    "tokens that somebody else signed",
                    port,
                    0,
                    (socket, i) ->
                            ask(socket, "GET /v1/instruments", bearer.substring(0, bearer.length() - 5) + "AAAAA")),
            new Attack(
                    "addresses that a client invents",
                    port,
                    0,
                    (socket, i) -> ask(
                            socket,
                            "GET /v1/instruments",
                            "X-Forwarded-For: 10." + i % 250 + ".1.1, 1.2.3.4\r\n" + bearer)),
        };
    }

    /** What costs as many connections, and is nothing bad. */
    static Attack harmless(int port) {
        return new Attack("a page, read", port, 0, (socket, i) -> ask(socket, "GET /", ""));
    }

    /** Once more. */
    void strike() throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(NARROW_BYTES);
        socket.setSoTimeout(READ_MILLIS);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        sockets.add(socket);
        try {
            deed.to(socket, done++);
        } catch (IOException turnedAway) {
            // As it should be.
        }
        while (sockets.size() > held) {
            sockets.remove().close();
        }
    }

    int done() {
        return done;
    }

    private static void send(Socket socket, String line, String headers) throws IOException {
        write(socket, line + " HTTP/1.1\r\nHost: localhost\r\n" + (headers.isEmpty() ? "" : headers + "\r\n") + "\r\n");
    }

    private static void ask(Socket socket, String line, String headers) throws IOException {
        send(socket, line, headers);
        read(socket);
    }

    private static void read(Socket socket) throws IOException {
        int unused = socket.getInputStream().read(ANSWER);
    }

    private static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(US_ASCII));
    }

    private static void pipeline(Socket socket, String line, String headers) throws IOException {
        for (int i = 0; i < PIPELINED; i++) {
            send(socket, line, headers);
        }
    }

    private static void odd(Socket socket, int number) throws IOException {
        boolean isHost = number % 2 == 0;
        write(
                socket,
                isHost
                        ? "GET /docs/ HTTP/1.1\r\nHost: a b/c@d\r\n\r\n"
                        : "GET /docs/ HTTP/1.1\r\nHost: a\r\nRange: bytes=9-5\r\n\r\n");
        read(socket);
    }

    private static void reset(Socket socket, String bearer) throws IOException {
        send(
                socket,
                "GET /v1/stream",
                "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n" + bearer);
        socket.setSoLinger(true, 0);
        socket.close();
    }

    /** Ends what it holds. */
    void close() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
        sockets.clear();
    }
}
