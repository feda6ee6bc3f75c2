package io.depthcast.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.NeedsSockets;
import io.depthcast.client.BookMessage;
import io.depthcast.client.ClientContext;
import io.depthcast.client.ClientSettings;
import io.depthcast.client.StreamTerms;
import io.depthcast.http.RunningGateway;
import io.depthcast.wire.Channel;
import io.netty.channel.EventLoopGroup;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** All clients come back at once. */
@NeedsSockets
@Timeout(300)
class ReconnectStormTest {
    private static final int CLIENTS = 100;
    private static final int EVENTS_PER_SECOND = 200;
    /** Events of all books, of which one changes less than it has. */
    private static final int SHORT = EVENTS_PER_SECOND / 2;
    /** Messages of each after the first, whenever it came back. */
    private static final int LATER = 10;

    private static final String ENCODINGS = "depthcast_encodings_total{encoding=\"sbe\"}";

    /** A book's change, by the versions it lies between. */
    private record Change(long previous, long sequence) {}

    private RunningGateway gateway;
    private EventLoopGroup loops;
    private final List<TestClient> clients = new ArrayList<>();

    @BeforeEach
    void start() {
        gateway = RunningGateway.start(EVENTS_PER_SECOND, RunningGateway.LIMITS);
        loops = ClientLoops.start();
        for (int i = 0; i < CLIENTS; i++) {
            ClientSettings settings =
                    ClientSettings.of(ClientLoops.stream(gateway.port())).withSilence(60_000);
            TestClient client = new TestClient(settings, ClientContext.of(loops));
            client.client.subscribe(Channel.BOOK, StreamTerms.book(25), "BTC-USD");
            clients.add(client.start());
        }
        clients.forEach(client -> client.await(() -> client.books.size() > 2));
    }

    @AfterEach
    void stop() {
        clients.forEach(TestClient::close);
        ClientLoops.stop(loops);
        gateway.close();
    }

    @Test
    void shouldEncodeEachAnswerOnceForAllWhoResume() throws Exception {
        double before = gateway.metric(ENCODINGS);
        int[] first = new int[CLIENTS];
        clients.forEach(client -> client.client.reconnect());
        for (int i = 0; i < CLIENTS; i++) {
            TestClient client = clients.get(i);
            first[i] = client.updates();
        }
        Set<Change> changes = new HashSet<>();
        int messages = 0;
        int resumed = 0;
        for (int i = 0; i < CLIENTS; i++) {
            TestClient client = clients.get(i);
            int from = first[i];
            client.await(() -> client.welcomes.size() >= 2 && client.books.size() > from + LATER);
        }
        double encodings = gateway.metric(ENCODINGS) - before;
        for (int i = 0; i < CLIENTS; i++) {
            TestClient client = clients.get(i);
            int from = first[i];
            List<BookMessage> after = client.ask(() -> List.copyOf(client.books.subList(from, client.books.size())));
            resumed += after.get(0).isSnapshot() ? 0 : 1;
            long held = client.ask(() -> client.books.get(from - 1).sequence());
            for (BookMessage book : after) {
                // For who was away for many seconds, the whole book is shorter.
                assertThat(book.isSnapshot() && book.sequence() - held < SHORT).isFalse();
                held = book.sequence();
            }
            messages += after.size();
            after.forEach(book -> changes.add(new Change(book.previous(), book.sequence())));
            assertThat(client.doubts).isEmpty();
        }
        assertThat(resumed).isPositive();
        // Were they made for each client anew, there would be as many as messages.
        assertThat(encodings).isLessThan(messages / 2.0);
        assertThat(messages).isGreaterThan(2 * changes.size());
    }
}
