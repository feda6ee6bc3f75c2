package io.depthcast.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.NeedsSockets;
import io.depthcast.client.BookMessage;
import io.depthcast.client.ClientContext;
import io.depthcast.client.ClientSettings;
import io.depthcast.http.RunningGateway;
import io.netty.channel.EventLoopGroup;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What happens to clients when the source starts anew, or somebody sets the clock. */
@NeedsSockets
@Timeout(300)
class FeedAndClockTest {
    private static final int EVENTS_PER_SECOND = 5_000;
    private static final int CLIENTS = 20;

    private final SteppingClock clock = new SteppingClock();
    private RestartableSource source;
    private RunningGateway gateway;
    private EventLoopGroup loops;
    private Crowd crowd;

    @BeforeEach
    void start() throws Exception {
        gateway = RunningGateway.start(clock.withZone(ZoneOffset.UTC), openingMicros -> {
            source = new RestartableSource(EVENTS_PER_SECOND, openingMicros);
            return source;
        });
        loops = ClientLoops.start();
        crowd = new Crowd(
                CLIENTS,
                ClientSettings.of(ClientLoops.stream(gateway.port())).withSilence(60_000),
                ClientContext.of(loops).withInstruments(gateway.instruments()));
    }

    @AfterEach
    void stop() {
        crowd.close();
        ClientLoops.stop(loops);
        gateway.close();
    }

    @Test
    void shouldGoOnInTheSameEpochWhenTheSourceStartsAnew() throws Exception {
        crowd.keepUp();
        long epoch = crowd.clients()
                .get(0)
                .ask(() -> crowd.clients().get(0).books.get(0).epoch());
        source.restart();
        crowd.keepUp();
        for (TestClient client : crowd.clients()) {
            assertThat(client.ask(() -> client.books.stream()
                            .map(BookMessage::epoch)
                            .distinct()
                            .toList()))
                    .isEqualTo(List.of(epoch));
        }
        crowd.assertUnharmed();
    }

    @Test
    void shouldNotMindWhenTheClockIsSet() throws Exception {
        for (Duration step : List.of(Duration.ofHours(-1), Duration.ofHours(3), Duration.ofSeconds(-20))) {
            clock.step(step);
            crowd.keepUp();
        }
        for (TestClient client : crowd.clients()) {
            assertThat(client.ask(() -> client.books.stream()
                            .map(BookMessage::epoch)
                            .distinct()
                            .count()))
                    .isEqualTo(1);
        }
        crowd.assertUnharmed();
    }
}
