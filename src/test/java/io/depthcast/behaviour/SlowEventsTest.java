package io.depthcast.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.NeedsSockets;
import io.depthcast.client.ClientContext;
import io.depthcast.client.ClientSettings;
import io.depthcast.http.EventReader;
import io.depthcast.http.RunningGateway;
import io.netty.channel.EventLoopGroup;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients of server-sent events on a network that carries little, each beside 50 good ones. */
@NeedsSockets
@Timeout(300)
class SlowEventsTest {
    private static final int EVENTS_PER_SECOND = 2_000;
    private static final int GOOD = 50;
    private static final String BOOKS = "channel=book&symbol=*&depth=100&intervalMillis=200";
    private static final String PLAIN = "Accept: text/event-stream";

    private RunningGateway gateway;
    private EventLoopGroup loops;
    private TcpProxy proxy;
    private Crowd good;

    @BeforeEach
    void start() throws Exception {
        gateway = RunningGateway.start(EVENTS_PER_SECOND, RunningGateway.LIMITS);
        loops = ClientLoops.start();
        proxy = new TcpProxy(loops, gateway.port());
        ClientContext context = ClientContext.of(loops).withInstruments(gateway.instruments());
        ClientSettings settings =
                ClientSettings.of(ClientLoops.stream(gateway.port())).withSilence(60_000);
        good = new Crowd(GOOD, settings, context);
    }

    @AfterEach
    void stop() {
        good.close();
        proxy.close();
        ClientLoops.stop(loops);
        gateway.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {PLAIN, EventReader.GZIP})
    void shouldMergeForAReaderThatIsBehindAndTellItWhenItHasCaughtUp(String header) throws Exception {
        proxy.throttle(10_000);
        try (EventReader slow = EventReader.through(proxy.port(), gateway, BOOKS, header)) {
            while (mergedForTheReader() < 1) {
                awaitUpdates();
            }
            proxy.throttle(0);
            slow.readUntil(() -> codes(slow).contains("live"));

            assertThat(codes(slow).get(0)).isEqualTo("conflating");
            assertThat(slow.provedBooks()).isEqualTo(gateway.instruments().size());
        }
        good.assertUnharmed();
    }

    /** Of the good ones too some is merged, when the machine is busy. */
    private int mergedForTheReader() throws IOException {
        return gateway.connections("").getJsonArray("connections").stream()
                .map(JsonObject.class::cast)
                .filter(client -> client.getString("transport").equals("sse"))
                .mapToInt(client -> client.getInteger("mergedEvents"))
                .sum();
    }

    /** One of the good ones gets on by some updates. */
    private void awaitUpdates() throws Exception {
        TestClient client = good.clients().get(0);
        int before = client.updates();
        client.await(() -> client.books.size() >= before + 5);
    }

    /** The codes of the notices, and that of the close. */
    private static List<String> codes(EventReader reader) {
        return reader.named.stream()
                .map(event -> new JsonObject(event.substring(event.indexOf('{'))))
                .map(event -> event.getValue("code").toString())
                .toList();
    }
}
