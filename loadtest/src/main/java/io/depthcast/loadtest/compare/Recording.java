package io.depthcast.loadtest.compare;

import io.depthcast.loadtest.generator.Requests;
import io.depthcast.wire.SbeSchema;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** The deltas of one book as the gateway sends them, in SBE, for the peers to send. */
final class Recording implements WebSocket.Listener {
    private static final int MESSAGES = 500;
    private static final int SECONDS = 120;
    private static final int TEMPLATE_AT = SbeSchema.FRAMING_BYTES + Short.BYTES;

    private final ByteArrayOutputStream messages = new ByteArrayOutputStream();
    private final ByteArrayOutputStream message = new ByteArrayOutputStream();
    private final CompletableFuture<byte[]> done = new CompletableFuture<>();
    private int count;

    /** Writes the file: each message behind its length as a little-endian uint32. */
    static void write(int port, Path file) throws IOException {
        Recording recording = new Recording();
        WebSocket socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .subprotocols("depthcast.v1.sbe")
                .buildAsync(URI.create("ws://127.0.0.1:" + port + "/v1/stream"), recording)
                .join();
        socket.sendText(Requests.subscribe(List.of("BTC-USD"), 25, 0, "{}"), true)
                .join();
        byte[] bytes = recording.done.orTimeout(SECONDS, TimeUnit.SECONDS).join();
        socket.abort();
        Files.write(file, bytes);
    }

    @Override
    public CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
        byte[] bytes = new byte[data.remaining()];
        data.get(bytes);
        message.writeBytes(bytes);
        if (last) {
            take(ByteBuffer.wrap(message.toByteArray()));
            message.reset();
        }
        socket.request(1);
        return null;
    }

    private void take(ByteBuffer taken) {
        boolean alone = taken.getInt(0) == taken.limit();
        int template = taken.order(ByteOrder.LITTLE_ENDIAN).getShort(TEMPLATE_AT);
        if (alone && template == SbeSchema.BOOK_DELTA && count < MESSAGES) {
            ByteBuffer length = ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            messages.writeBytes(length.putInt(taken.limit()).array());
            messages.writeBytes(taken.array());
            if (++count == MESSAGES) {
                done.complete(messages.toByteArray());
            }
        }
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
        done.completeExceptionally(error);
    }
}
