package io.depthcast.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
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
        return open(URI.create("ws://127.0.0.1:" + port + "/v1/publish?source=bench"), text -> {});
    }

    /** @param heard each message, on a thread of the client's */
    static WebSocket client(int port, Consumer<String> heard) {
        return open(URI.create("ws://127.0.0.1:" + port + "/v1/stream"), heard);
    }

    private static WebSocket open(URI uri, Consumer<String> heard) {
        return HTTP.newWebSocketBuilder().buildAsync(uri, new Ears(heard)).join();
    }

    static void say(WebSocket to, String text) {
        to.sendText(text, true).join();
    }

    static void define(WebSocket publisher) {
        say(publisher, "{\"op\":\"define\",\"symbol\":\"ACME\",\"tickSize\":\"0.01\",\"lotSize\":\"1\"}");
        say(publisher, "{\"op\":\"snapshot\",\"symbol\":\"ACME\",\"bids\":[],\"asks\":[]}");
    }

    private static final class Ears implements WebSocket.Listener {
        private final Consumer<String> heard;
        private final StringBuilder text = new StringBuilder();

        Ears(Consumer<String> heard) {
            this.heard = heard;
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
    }
}
