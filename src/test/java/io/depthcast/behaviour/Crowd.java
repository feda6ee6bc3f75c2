package io.depthcast.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.client.ClientContext;
import io.depthcast.client.ClientSettings;
import io.depthcast.client.StreamTerms;
import io.depthcast.wire.Channel;
import io.depthcast.wire.Encodings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Clients that do their best, beside one that does not. */
final class Crowd implements AutoCloseable {
    private static final int KEEP_UP_UPDATES = 10;

    private final List<TestClient> clients = new ArrayList<>();

    /** Connected, with a book each, in all encodings, deflated and plain. */
    Crowd(int size, ClientSettings settings, ClientContext context) {
        for (int i = 0; i < size; i++) {
            TestClient client = new TestClient(
                    settings.withEncoding(Encodings.ALL.get(i % Encodings.ALL.size()))
                            .withDeflate(i % 4 < 2),
                    context);
            client.client.subscribe(Channel.BOOK, StreamTerms.book(100), "BTC-USD");
            clients.add(client.start());
        }
        clients.forEach(client -> client.await(() -> client.client.provedCount() == 1));
    }

    List<TestClient> clients() {
        return clients;
    }

    /** Every one of them gets on, all at the same time. */
    void keepUp() throws Exception {
        Map<TestClient, Integer> before = new HashMap<>();
        for (TestClient client : clients) {
            before.put(client, client.updates());
        }
        before.forEach((client, updates) -> client.await(() -> client.books.size() >= updates + KEEP_UP_UPDATES));
    }

    /** Every one still gets on, and every message it ever got passed version and checksum, on one connection. */
    void assertUnharmed() throws Exception {
        keepUp();
        for (TestClient client : clients) {
            assertThat(client.ask(() -> List.copyOf(client.doubts))).isEmpty();
            assertThat(client.ask(() -> List.copyOf(client.disconnections))).isEmpty();
        }
    }

    @Override
    public void close() {
        clients.forEach(TestClient::close);
    }
}
