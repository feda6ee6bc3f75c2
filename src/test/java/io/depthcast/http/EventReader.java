package io.depthcast.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.book.Instrument;
import io.depthcast.client.DecodeResult;
import io.depthcast.client.JsonDecoder;
import io.netty.buffer.Unpooled;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** A client of server-sent events on a blocking socket, as slow as its test. The Java client speaks WebSocket only. */
public final class EventReader extends ReaderOfBooks implements AutoCloseable {
    public static final String GZIP = "Accept-Encoding: gzip";

    private static final int READ_MILLIS = 100_000;

    /** Events with a name, as {@code name data}. */
    public final List<String> named = new ArrayList<>();

    String head = "";
    /** The id of the newest event that bore one. */
    String lastId = "";

    long retryMillis;
    int messages;

    private final Socket socket;
    private final JsonDecoder decoder;
    private InputStream in = InputStream.nullInputStream();

    private EventReader(Socket connected, Map<String, Instrument> instruments, ReaderOfBooks former)
            throws IOException {
        super(former);
        socket = connected;
        socket.setSoTimeout(READ_MILLIS);
        decoder = new JsonDecoder(instruments::get, this);
    }

    static EventReader open(RunningGateway gateway, String query, String... headers) throws IOException {
        return through(gateway.port(), gateway, query, headers);
    }

    /** A client whose way to the gateway leads through another port. */
    public static EventReader through(int port, RunningGateway gateway, String query, String... headers)
            throws IOException {
        return over(connect(port, 0), gateway, query, headers);
    }

    /** On a connection of whatever kind. */
    static EventReader over(Socket connected, RunningGateway gateway, String query, String... headers)
            throws IOException {
        return new EventReader(connected, gateway.instruments(), new ReaderOfBooks()).ask(query, headers);
    }

    private static Socket connect(int port, int bufferBytes) throws IOException {
        Socket socket = new Socket();
        if (bufferBytes > 0) {
            socket.setReceiveBufferSize(bufferBytes);
        }
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        return socket;
    }

    /** A client that the kernel takes little in advance for. */
    static EventReader openNarrow(RunningGateway gateway, String query) throws IOException {
        return over(connect(gateway.port(), 4_096), gateway, query);
    }

    /** The same client once more, after its connection ended. */
    EventReader reopen(RunningGateway gateway, String query, String... headers) throws IOException {
        close();
        String[] more = new String[headers.length + 1];
        System.arraycopy(headers, 0, more, 1, headers.length);
        more[0] = "Last-Event-ID: " + lastId;
        return new EventReader(connect(gateway.port(), 0), gateway.instruments(), this).ask(query, more);
    }

    private EventReader ask(String query, String... headers) throws IOException {
        String more = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
        String request = "GET /v1/sse?" + query + " HTTP/1.1\r\nHost: localhost\r\n" + more + "\r\n";
        socket.getOutputStream().write(request.getBytes(UTF_8));
        in = new BufferedInputStream(socket.getInputStream());
        head = readHead();
        if (head.contains("Content-Encoding: gzip")) {
            in = new BufferedInputStream(new GZIPInputStream(in));
        }
        return this;
    }

    private String readHead() throws IOException {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        while (!read.toString(UTF_8).endsWith("\r\n\r\n")) {
            read.write(nextByte());
        }
        return read.toString(UTF_8).strip();
    }

    private int nextByte() throws IOException {
        int next = in.read();
        if (next < 0) {
            throw new EOFException();
        }
        return next;
    }

    /** The next line without its end, or null at the end of the stream. */
    private @Nullable String readLine() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                assertThat(line.size()).as("the stream ends with a whole line").isZero();
                return null;
            }
            line.write(next);
        }
        return line.toString(UTF_8);
    }

    /** Takes one block of lines; returns false at the end of the stream. */
    public boolean read() throws IOException {
        String name = "";
        String data = "";
        for (String line = readLine(); line == null || !line.isEmpty(); line = readLine()) {
            if (line == null) {
                return false;
            }
            String value = line.substring(line.indexOf(' ') + 1);
            switch (line.substring(0, line.indexOf(':'))) {
                case "data" -> data = value;
                case "event" -> name = value;
                case "id" -> lastId = value;
                case "retry" -> retryMillis = Long.parseLong(value);
                default -> throw new AssertionError("unknown field: " + line);
            }
        }
        if (!name.isEmpty()) {
            named.add(name + ' ' + data);
        } else if (!data.isEmpty()) {
            messages++;
            assertThat(decoder.decode(Unpooled.copiedBuffer(data, UTF_8))).isEqualTo(DecodeResult.DECODED);
        }
        return true;
    }

    /** To the very end: a gzip stream checks its trailer there. */
    public void readToTheEnd() throws IOException {
        while (read()) {
            assertThat(messages).isLessThan(10_000);
        }
    }

    public void readUntil(BooleanSupplier done) throws IOException {
        while (!done.getAsBoolean()) {
            heedTimeout();
            assertThat(read()).as("the stream goes on").isTrue();
        }
    }

    /** Ends the connection with a TCP reset. */
    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
