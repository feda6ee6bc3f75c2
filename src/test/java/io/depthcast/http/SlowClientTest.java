package io.depthcast.http;

import static io.depthcast.http.Follower.subscription;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.UnixOperatingSystemMXBean;
import io.depthcast.NeedsSockets;
import io.depthcast.book.Instrument;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clients that do not read or are gone, beside clients that do their best. */
@NeedsSockets
@Timeout(300)
class SlowClientTest {
    private static final String ABORTS = "depthcast_slow_consumer_aborts_total";
    private static final String STEPS = "depthcast_ladder_steps_total{reason=\"behind\",to=\"closed\"}";
    private static final String CONNECTIONS = "depthcast_connections";
    private static final String SUBSCRIPTIONS = "depthcast_subscriptions";
    private static final String EVERYTHING = subscription("book", "*", ",\"depth\":500");
    private static final int SLOW_CONSUMER = 4000;
    private static final int GOOD = 20;
    /** More than the socket's buffers take before the gateway notices that nobody reads. */
    private static final int MISSED_UPDATES = 60;

    private RunningGateway gateway;
    private Map<String, Instrument> instruments;
    private final List<Follower> good = new ArrayList<>();
    private final ExecutorService readers = Executors.newFixedThreadPool(GOOD);

    @BeforeEach
    void start() throws Exception {
        gateway = RunningGateway.start(RunningGateway.BUSY, RunningGateway.LIMITS);
        instruments = gateway.instruments();
    }

    @AfterEach
    void stop() throws IOException {
        for (Follower follower : good) {
            follower.close();
        }
        readers.shutdownNow();
        gateway.close();
    }

    @Test
    void shouldServeTheOthersWhileOneNeverReads() throws Exception {
        connectTheGood();
        gateway.limit(RunningGateway.soonStalled());
        try (RawWebSocket deaf = RawWebSocket.connectNarrow(gateway.port()).shakeHands()) {
            deaf.send(EVERYTHING);
            while (ended() < 1) {
                keepUp();
            }
            assertThat(ended()).isEqualTo(1);
            while (gateway.metric(CONNECTIONS) > GOOD) {
                keepUp();
            }
            assertThatItWasCut(deaf);
        }
        keepUp();
    }

    @Test
    void shouldNotTakeCommandsForASignOfReading() throws Exception {
        connectTheGood();
        gateway.limit(RunningGateway.soonStalled());
        try (RawWebSocket deaf = RawWebSocket.connectNarrow(gateway.port()).shakeHands()) {
            deaf.readWaitsAtMost(100);
            deaf.send(EVERYTHING);
            while (ended() < 1) {
                sendWhileThere(deaf);
                keepUp();
            }
        }
        assertThat(ended()).isEqualTo(1);
    }

    /** Clients that were closed or aborted for taking too little. */
    private double ended() throws IOException {
        return gateway.metric(ABORTS) + gateway.metric(STEPS);
    }

    private static void sendWhileThere(RawWebSocket deaf) {
        try {
            deaf.send("{\"op\":\"ping\"}");
        } catch (IOException cut) {
            assertThat(cut).isInstanceOf(SocketException.class);
        }
    }

    private static void assertThatItWasCut(RawWebSocket deaf) throws IOException {
        try {
            assertThat(deaf.closeCode()).isIn(SLOW_CONSUMER, RawWebSocket.NO_CLOSE);
        } catch (SocketException reset) {
            assertThat(reset).hasMessageContaining("reset");
        }
    }

    @Test
    void shouldGiveBackEverythingOfClientsThatAreGone() throws IOException {
        connectTheGood();
        long descriptors = descriptors();
        for (int i = 0; i < 300; i++) {
            RawWebSocket client = RawWebSocket.connect(gateway.port());
            if (i % 3 > 0) {
                client.shakeHands(RawWebSocket.extensions(RawWebSocket.DEFLATE));
            }
            if (i % 3 > 1) {
                client.send(EVERYTHING);
            }
            client.reset();
            if (i % 30 == 0) {
                keepUp();
            }
        }
        try (RawWebSocket vanishing = RawWebSocket.open(gateway.port())) {
            vanishing.send(EVERYTHING);
            vanishing.read();
        }
        while (gateway.metric(CONNECTIONS) > GOOD
                || gateway.metric(SUBSCRIPTIONS) > GOOD
                || descriptors() > descriptors) {
            keepUp();
        }
        assertThat(gateway.metric(CONNECTIONS)).isEqualTo(GOOD);
        assertThat(gateway.metric(SUBSCRIPTIONS)).isEqualTo(GOOD);
    }

    @Test
    void shouldMergeUpdatesForWhoStopsReadingAndResumes() throws IOException {
        connectTheGood();
        try (Follower slow =
                new Follower(RawWebSocket.connectNarrow(gateway.port()).shakeHands(), instruments)) {
            slow.socket.send(EVERYTHING);
            slow.readUntil(() -> slow.provedBooks() == instruments.size());
            Follower keen = good.get(0);
            int heldBefore = slow.books.size();
            keen.readUntil(() -> keen.sequence() > slow.sequence());
            int before = keen.books.size();
            keen.readUntil(() -> keen.books.size() == before + MISSED_UPDATES);
            long reached = keen.sequence();

            slow.readUntil(() -> slow.book(1).version().sequence() > reached);

            long updates = slow.books.subList(heldBefore, slow.books.size()).stream()
                    .filter(book -> book.instrumentId() == 1)
                    .count();
            assertThat(updates).isPositive().isLessThan(MISSED_UPDATES);
            assertThat(slow.provedBooks()).isEqualTo(instruments.size());
        }
    }

    private void connectTheGood() throws IOException {
        for (int i = 0; i < GOOD; i++) {
            String encoding = i % 2 == 0 ? RawWebSocket.JSON : RawWebSocket.SBE;
            Follower follower = Follower.open(gateway, RawWebSocket.protocol(encoding));
            follower.socket.send(subscription("book", "BTC-USD", ",\"depth\":100"));
            good.add(follower);
        }
        keepUp();
    }

    /** Every good client gets on by some updates, each of them proved. */
    private void keepUp() {
        CompletableFuture.allOf(good.stream()
                        .map(follower -> CompletableFuture.runAsync(() -> keepUp(follower), readers))
                        .toArray(CompletableFuture<?>[]::new))
                .join();
    }

    private static void keepUp(Follower follower) {
        int updates = follower.books.size();
        try {
            follower.readUntil(() -> follower.books.size() >= updates + 5);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long descriptors() {
        return ((UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getOpenFileDescriptorCount();
    }
}
