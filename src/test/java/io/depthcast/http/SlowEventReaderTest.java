package io.depthcast.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.NeedsSockets;
import java.io.IOException;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients of server-sent events that do not read, are gone, or outlive their gateway. */
@NeedsSockets
@Timeout(300)
class SlowEventReaderTest {
    private static final String EVERYTHING = "channel=book&symbol=*&depth=500";
    private static final String STREAMS = "depthcast_event_streams";
    private static final String SUBSCRIPTIONS = "depthcast_subscriptions";
    private static final String ABORTS = "depthcast_slow_consumer_aborts_total";
    /** More than the socket's buffers take before the gateway notices that nobody reads. */
    private static final int MISSED_UPDATES = 60;

    private RunningGateway gateway;

    private void start() throws ReflectiveOperationException {
        gateway = RunningGateway.start(RunningGateway.BUSY, RunningGateway.LIMITS);
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    @Test
    void shouldMergeUpdatesForWhoStopsReadingAndResumes() throws Exception {
        start();
        int instruments = gateway.instruments().size();
        try (EventReader slow = EventReader.openNarrow(gateway, EVERYTHING);
                EventReader keen = EventReader.open(gateway, "channel=book&symbol=BTC-USD&depth=500")) {
            slow.readUntil(() -> slow.provedBooks() == instruments);
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
            assertThat(slow.provedBooks()).isEqualTo(instruments);
        }
    }

    @Test
    void shouldAbortWhoTakesNothingAndServeTheOthers() throws Exception {
        start();
        try (EventReader keen = EventReader.open(gateway, "channel=book&symbol=BTC-USD", EventReader.GZIP)) {
            gateway.limit(RunningGateway.soonStalled());
            try (EventReader deaf = EventReader.openNarrow(gateway, EVERYTHING)) {
                while (gateway.metric(ABORTS) < 1) {
                    keepUp(keen);
                }
                assertThatItWasCut(deaf);
                awaitAlone(keen);
            }
        }
    }

    /** Until nothing is left of the others, who may be gone before that is counted. */
    private void awaitAlone(EventReader reader) throws IOException {
        keepUp(reader);
        while (gateway.metric(STREAMS) > 1 || gateway.metric(SUBSCRIPTIONS) > 1) {
            keepUp(reader);
        }
        assertThat(gateway.metric(STREAMS)).isEqualTo(1);
        assertThat(gateway.metric(SUBSCRIPTIONS)).isEqualTo(1);
    }

    private static void keepUp(EventReader reader) throws IOException {
        int before = reader.books.size();
        reader.readUntil(() -> reader.books.size() >= before + 5);
    }

    /** What the kernels had taken on the way is still there to be read. */
    private static void assertThatItWasCut(EventReader deaf) {
        try {
            while (deaf.read()) {
                assertThat(deaf.messages).isLessThan(10_000);
            }
        } catch (SocketException reset) {
            assertThat(reset).hasMessageContaining("reset");
        } catch (IOException | AssertionError cutWithinAnEvent) {
            assertThat(cutWithinAnEvent).hasMessageContaining("whole line");
        }
    }

    @Test
    void shouldGiveBackEverythingOfClientsThatAreGone() throws Exception {
        start();
        for (int i = 0; i < 48; i++) {
            EventReader reader = i % 2 == 0
                    ? EventReader.open(gateway, EVERYTHING, EventReader.GZIP)
                    : EventReader.open(gateway, EVERYTHING);
            if (i % 3 == 0) {
                reader.readUntil(() -> !reader.books.isEmpty());
            }
            if (i % 4 == 0) {
                reader.close();
            } else {
                reader.reset();
            }
        }
        try (EventReader last = EventReader.open(gateway, "channel=book&symbol=BTC-USD")) {
            awaitAlone(last);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Accept: text/event-stream", EventReader.GZIP})
    void shouldEndInGoodOrderWhenTheGatewayGoes(String header) throws Exception {
        start();
        List<EventReader> readers = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            EventReader reader = EventReader.open(gateway, "channel=book&symbol=BTC-USD", header);
            keepUp(reader);
            readers.add(reader);
        }
        Thread stopping = new Thread(gateway::close);
        stopping.start();
        for (EventReader reader : readers) {
            reader.readToTheEnd();
            assertThat(reader.named)
                    .containsExactly("close {\"op\":\"close\",\"code\":1001,"
                            + "\"reason\":\"the gateway shuts down; reconnect elsewhere\"}");
            reader.close();
        }
        assertThat(readers.stream().map(reader -> reader.retryMillis).distinct().count())
                .isGreaterThan(1);
        join(stopping);
        start();
    }

    private static void join(Thread thread) {
        try {
            thread.join(100_000);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        assertThat(thread.isAlive()).isFalse();
    }
}
