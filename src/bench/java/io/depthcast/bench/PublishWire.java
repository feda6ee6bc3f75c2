package io.depthcast.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** Connections of a publisher and of a client, without any of the gateway's own code. */
final class PublishWire {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private PublishWire() {}

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    static WebSocket publisher(int port) {
        return publisher(port, sentNanos -> {});
    }

    /** @param answered the time of each ping that is answered, on a thread of the publisher's */
    static WebSocket publisher(int port, LongConsumer answered) {
        return open(URI.create("ws://127.0.0.1:" + port + "/v1/publish?source=bench"), text -> {}, answered);
    }

    /** @param heard each message, on a thread of the client's */
    static WebSocket client(int port, Consumer<String> heard) {
        return open(URI.create("ws://127.0.0.1:" + port + "/v1/stream"), heard, sentNanos -> {});
    }

    private static WebSocket open(URI uri, Consumer<String> heard, LongConsumer answered) {
        return HTTP.newWebSocketBuilder()
                .buildAsync(uri, new Ears(heard, answered))
                .join();
    }

    static void say(WebSocket to, String text) {
        to.sendText(text, true).join();
    }

    static void ping(WebSocket to, long nowNanos) {
        to.sendPing(ByteBuffer.allocate(Long.BYTES).putLong(nowNanos).flip()).join();
    }

    static void define(WebSocket publisher) {
        say(publisher, "{\"op\":\"define\",\"symbol\":\"ACME\",\"tickSize\":\"0.01\",\"lotSize\":\"1\"}");
        say(publisher, "{\"op\":\"snapshot\",\"symbol\":\"ACME\",\"bids\":[],\"asks\":[]}");
    }

    private static final class Ears implements WebSocket.Listener {
        private final Consumer<String> heard;
        private final LongConsumer answered;
        private final StringBuilder text = new StringBuilder();

        Ears(Consumer<String> heard, LongConsumer answered) {
            this.heard = heard;
            this.answered = answered;
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
            text.append(part);
            if (last) {
                heard.accept(text.toString());
                text.setLength(0);
            }
            from.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onPong(WebSocket from, ByteBuffer payload) {
            answered.accept(payload.getLong());
            from.request(1);
            return null;
        }
    }
}
