package io.depthcast.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.NeedsSockets;
import io.depthcast.client.BookMessage;
import io.depthcast.client.ClientContext;
import io.depthcast.client.ClientSettings;
import io.depthcast.client.ControlMessage;
import io.depthcast.client.StreamTerms;
import io.depthcast.http.RunningGateway;
import io.depthcast.session.LimitSettings;
import io.depthcast.session.PaceSettings;
import io.depthcast.wire.Channel;
import io.depthcast.wire.Encodings;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clients that take little, nothing for a while, or nothing at all, each beside 50 that do their best. */
// Timers of event loops that the test stops.
@NeedsSockets
@SuppressWarnings("FutureReturnValueIgnored")
@Timeout(300)
class SlowNetworkTest {
    private static final int EVENTS_PER_SECOND = 2_000;
    private static final int GOOD = 50;
    private static final int SLOW_BYTES_PER_SECOND = 2_000;
    private static final int SLOW_MESSAGES = 8;
    private static final int BUSY_BOOKS = 20;
    private static final int MAX_PENDING_BYTES = 128 * 1024;
    private static final int NARROW_BYTES = 4_096;
    private static final long PAUSE_MILLIS = 3_000;

    private RunningGateway gateway;
    private EventLoopGroup loops;
    private ClientContext context;
    private TcpProxy proxy;
    private Crowd good;

    private void start(LimitSettings limits, PaceSettings pace) throws Exception {
        gateway = RunningGateway.start(EVENTS_PER_SECOND, limits, pace);
        loops = ClientLoops.start();
        context = ClientContext.of(loops).withInstruments(gateway.instruments());
        proxy = new TcpProxy(loops, gateway.port());
        good = new Crowd(GOOD, settings(gateway.port()), context);
    }

    @AfterEach
    void stop() {
        good.close();
        proxy.close();
        ClientLoops.stop(loops);
        gateway.close();
    }

    private static ClientSettings settings(int port) {
        return ClientSettings.of(ClientLoops.stream(port)).withSilence(60_000);
    }

    /** Sockets for which the kernel takes little in advance. */
    private ClientContext narrow() {
        Bootstrap bootstrap = context.bootstrap().clone().option(ChannelOption.SO_RCVBUF, NARROW_BYTES);
        return context.withBootstrap(bootstrap);
    }

    /** A client that notes, for each message, how many bytes the network carried since the message was made. */
    private final class Throttled extends TestClient {
        final List<Long> carriedBytes = new ArrayList<>();
        private final NavigableMap<Long, Long> passedByTime = new TreeMap<>();
        private int largestMessage;

        Throttled() {
            super(settings(proxy.port()), context);
            client.loop().scheduleAtFixedRate(this::sample, 0, 5, TimeUnit.MILLISECONDS);
        }

        private void sample() {
            passedByTime.put(nowMicros(), proxy.passedBytes());
        }

        @Override
        public void onMessage(int payloadBytes, boolean deflated) {
            largestMessage = Math.max(largestMessage, payloadBytes);
            super.onMessage(payloadBytes, deflated);
        }

        @Override
        public void onBook(BookMessage message) {
            Map.Entry<Long, Long> whenMade = passedByTime.floorEntry(message.sentMicros());
            carriedBytes.add(proxy.passedBytes() - (whenMade == null ? 0 : whenMade.getValue()));
            super.onBook(message);
        }
    }

    private static long nowMicros() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    }

    @Test
    void shouldHaveNothingOldOnItsWayToAClientOf2KilobytesASecond() throws Exception {
        start(RunningGateway.LIMITS, RunningGateway.PACE);
        proxy.throttle(SLOW_BYTES_PER_SECOND);
        String[] symbols =
                gateway.instruments().keySet().stream().limit(BUSY_BOOKS).toArray(String[]::new);
        try (Throttled slow = new Throttled()) {
            slow.client.subscribe(Channel.BOOK, StreamTerms.book(10), symbols);
            slow.start().await(() -> slow.client.provedCount() == BUSY_BOOKS);
            for (String symbol : symbols) {
                slow.await(() ->
                        slow.books.stream().filter(book -> isOf(book, symbol)).count() > SLOW_MESSAGES);
            }
            good.assertUnharmed();

            assertThat(slow.ask(() -> List.copyOf(slow.doubts))).isEmpty();
            assertThat(slow.ask(() -> List.copyOf(slow.disconnections))).isEmpty();
            List<Long> carried = slow.ask(() -> List.copyOf(slow.carriedBytes));
            assertThat(carried).allMatch(bytes -> bytes < MAX_PENDING_BYTES);
            // Its own message, and what was being sent when it was made.
            assertThat(carried).allMatch(bytes -> bytes < 3L * slow.largestMessage + NARROW_BYTES);
            assertThat(slow.ask(() -> slow.notices.stream()
                            .map(ControlMessage.Notice::code)
                            .toList()))
                    .contains("conflating");
        }
    }

    private boolean isOf(BookMessage book, String symbol) {
        try {
            return context.instruments().apply(symbol).id() == book.instrumentId();
        } catch (NullPointerException e) {
            return false;
        }
    }

    @Test
    void shouldCatchUpByOneMessagePerBookAfterAPause() throws Exception {
        start(RunningGateway.LIMITS, RunningGateway.PACE);
        try (TestClient pausing = new TestClient(
                settings(gateway.port()).withEncoding(Encodings.JSON).withDeflate(false), narrow())) {
            pausing.client.subscribe(Channel.BOOK, StreamTerms.book(500), "*");
            pausing.start().await(() -> pausing.client.provedCount() == 24);
            long pauseMicros = nowMicros();
            pausing.client.pause();
            pausing.client
                    .loop()
                    .schedule(() -> {}, PAUSE_MILLIS, TimeUnit.MILLISECONDS)
                    .sync();
            long resumeMicros = nowMicros();
            pausing.client.resume();
            int first = pausing.updates();
            pausing.await(() ->
                    newestOfEach(pausing.books).values().stream().allMatch(book -> book.sentMicros() > resumeMicros));
            pausing.await(() ->
                    pausing.notices.stream().anyMatch(notice -> notice.code().equals("live")));
            good.assertUnharmed();

            List<BookMessage> books = pausing.ask(() -> List.copyOf(pausing.books));
            assertThat(pausing.ask(() -> List.copyOf(pausing.doubts))).isEmpty();
            assertThat(pausing.ask(() -> List.copyOf(pausing.disconnections))).isEmpty();
            assertThat(books.subList(first, books.size())).noneMatch(BookMessage::isSnapshot);
            newestOfEach(books).keySet().forEach(id -> assertThat(longSteps(books, id, pauseMicros, resumeMicros))
                    .as("merged messages of book %d", id)
                    .isEqualTo(1));
        }
    }

    private static Map<Integer, BookMessage> newestOfEach(List<BookMessage> books) {
        Map<Integer, BookMessage> newest = new HashMap<>();
        books.forEach(book -> newest.put(book.instrumentId(), book));
        return newest;
    }

    /** How many messages of the book span more than half of the pause, from when the one before was made. */
    private static long longSteps(List<BookMessage> books, int instrumentId, long pauseMicros, long resumeMicros) {
        long count = 0;
        long before = 0;
        for (BookMessage book : books) {
            if (book.instrumentId() == instrumentId) {
                long overlap = Math.min(book.sentMicros(), resumeMicros) - Math.max(before, pauseMicros);
                count += before > 0 && 2 * overlap > resumeMicros - pauseMicros ? 1 : 0;
                before = book.sentMicros();
            }
        }
        return count;
    }

    @Test
    void shouldWarnAndCloseWhoNeverReads() throws Exception {
        start(LimitSettings.DEFAULT, PaceSettings.DEFAULT);
        TestClient deaf = new TestClient(
                settings(gateway.port()).withEncoding(Encodings.JSON).withDeflate(false), narrow());
        try (deaf) {
            deaf.client.subscribe(Channel.BOOK, StreamTerms.book(500), "*");
            deaf.start().await(() -> !deaf.subscribed.isEmpty());
            deaf.client.pause();
            while (gateway.metric("depthcast_connections") > GOOD) {
                good.keepUp();
            }
            assertThat(gateway.metric("depthcast_closes_total{code=\"4000\"}")).isEqualTo(1);
            assertThat(steps("conflating")).isPositive();
            assertThat(steps("slow")).isPositive();
            good.assertUnharmed();
        }
    }

    private double steps(String rung) throws Exception {
        return gateway.metrics()
                .lines()
                .filter(line -> line.startsWith("depthcast_ladder_steps_total{") && line.contains("=\"" + rung + "\""))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }
}
