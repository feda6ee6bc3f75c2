package io.depthcast.http;

import static io.depthcast.http.Follower.subscription;
import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.book.Instrument;
import io.depthcast.wire.FeedStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** Clients that do as they should while others attack: each proves every book that it is sent. One thread. */
final class GoodClients implements AutoCloseable {
    private static final int UPDATES = 5;

    private final List<Follower> all = new ArrayList<>();

    /** Some of each encoding. */
    static GoodClients connect(int port, Map<String, Instrument> instruments, int count) throws IOException {
        GoodClients clients = new GoodClients();
        for (int i = 0; i < count; i++) {
            String encoding = i % 2 == 0 ? RawWebSocket.JSON : RawWebSocket.SBE;
            Follower client = new Follower(RawWebSocket.open(port, RawWebSocket.protocol(encoding)), instruments);
            client.socket.send(subscription("book", "BTC-USD", ",\"depth\":100"));
            clients.all.add(client);
        }
        clients.keepUp();
        return clients;
    }

    /** Every client gets on by some updates, each of them proved. */
    void keepUp() throws IOException {
        keepUp(UPDATES);
    }

    /** The same for as long as that holds. */
    void keepUpWhile(BooleanSupplier condition) {
        try {
            while (condition.getAsBoolean()) {
                keepUp(1);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void keepUp(int updates) throws IOException {
        for (Follower client : all) {
            int enough = client.books.size() + updates;
            client.readUntil(() -> client.books.size() >= enough);
            long stale =
                    client.heartbeats.stream().filter(FeedStatus.STALE::equals).count();
            // A busy machine may hold the feed up for a moment; under an attack that succeeds it stays so.
            assertThat(2 * stale).isLessThanOrEqualTo(client.heartbeats.size() + 4L);
        }
    }

    @Override
    public void close() throws IOException {
        for (Follower client : all) {
            client.close();
        }
    }
}
