package io.depthcast.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.NeedsSockets;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a running gateway does with each part of the settings that may change. */
@NeedsSockets
@Timeout(300)
class LiveSettingsTest {
    private final HttpClient http = HttpClient.newHttpClient();
    private final Told told = new Told();
    private Gateway gateway;

    /** What one client is told first and last. */
    private static final class Told implements WebSocket.Listener {
        private final CompletableFuture<JsonObject> welcome = new CompletableFuture<>();
        private final CompletableFuture<Integer> close = new CompletableFuture<>();

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
            welcome.complete(new JsonObject(text.toString()));
            socket.request(1);
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            close.complete(code);
            return CompletableFuture.completedFuture(null);
        }
    }

    @BeforeEach
    void start() throws Exception {
        gateway = await(Gateway.start(settings("drain.seconds=3600")));
    }

    @AfterEach
    void stop() throws Exception {
        await(gateway.stop());
    }

    @Test
    void shouldHoldClientsThatComeLaterToChangedSettings() throws Exception {
        take("limits.bytesPerSecond=5000", "limits.subscriptions=1", "limits.connectionsPerAddress=2");

        http.newWebSocketBuilder()
                .buildAsync(URI.create("ws://127.0.0.1:" + gateway.httpPort() + "/v1/stream"), told)
                .get(60, TimeUnit.SECONDS);
        JsonObject limits = told.welcome.get(60, TimeUnit.SECONDS).getJsonObject("limits");
        assertThat(limits.getInteger("bytesPerSecond")).isEqualTo(5_000);
        assertThat(limits.getInteger("subscriptions")).isEqualTo(1);
        assertThat(events("symbol=BTC-USD&symbol=ETH-USD").statusCode()).isEqualTo(400);
        assertThat(events("symbol=BTC-USD").statusCode()).isEqualTo(200);
        assertThat(events("symbol=BTC-USD").statusCode()).isEqualTo(429);
    }

    @Test
    void shouldDrainAsTheChangedSettingsSay() throws Exception {
        http.newWebSocketBuilder()
                .buildAsync(URI.create("ws://127.0.0.1:" + gateway.httpPort() + "/v1/stream"), told)
                .get(60, TimeUnit.SECONDS);
        told.welcome.get(60, TimeUnit.SECONDS);

        take("drain.seconds=0");
        await(gateway.drain());

        assertThat(told.close.get(60, TimeUnit.SECONDS)).isEqualTo(1001);
    }

    /** Comes back when every loop has taken them: the probe asks each loop after that. */
    private void take(String... changes) throws Exception {
        gateway.take(settings(changes));
        int status;
        do {
            status = get(gateway.managementPort(), "/livez").statusCode();
            // A loop on a busy machine may answer too late; whichever answers in time has taken them.
        } while (status == 503);
        assertThat(status).isEqualTo(200);
    }

    private static Settings settings(String... changes) {
        Stream<String> always = Stream.of(
                "http.host=127.0.0.1",
                "http.port=0",
                "management.host=127.0.0.1",
                "management.port=0",
                "ingest.port=0",
                "limits.loopbackExempt=false");
        return TestSettings.with(Stream.concat(always, Stream.of(changes)).toArray(String[]::new));
    }

    private HttpResponse<?> events(String query) throws Exception {
        return get(gateway.httpPort(), "/v1/sse?channel=bbo&" + query);
    }

    /** The answer's head; a body that does not end ends with the gateway. */
    private HttpResponse<?> get(int port, String target) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + port + target);
        return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofInputStream());
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }
}
