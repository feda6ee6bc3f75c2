package io.depthcast.fanout;

import static io.depthcast.fanout.Histories.LEAST_TAKERS;
import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.metrics.Meters;
import io.depthcast.metrics.PrometheusRegistry;
import io.depthcast.wire.Form;
import io.depthcast.wire.Frame;
import io.depthcast.wire.FrameFactory;
import io.depthcast.wire.HistoryDeflater;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HistoriesTest {
    /** So many fill a window. */
    private static final int MESSAGE_BYTES = 1_000;

    private static final int ENOUGH = HistoryDeflater.WINDOW_BYTES / MESSAGE_BYTES + 1;
    private static final int LIMIT_BYTES = 1 << 20;
    private static final int SPAN_FLUSHES = 4;
    /** After so many there is a history of clients who take the same from the start. */
    private static final int BEGUN = SPAN_FLUSHES + 3;

    private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(true);
    private final PrometheusMeterRegistry registry = PrometheusRegistry.create();
    private final MessageCache messages =
            new MessageCache(allocator, new Meters(registry, "1.2.3").histories(), LEAST_TAKERS, SPAN_FLUSHES);
    private final FrameFactory factory = new FrameFactory(allocator);
    private final byte[] said = new byte[MESSAGE_BYTES];
    /** What the last client was sent in each flush. */
    private final List<Integer> newcomerBytes = new ArrayList<>();

    private int flushes;

    HistoriesTest() {
        new Random(1).nextBytes(said);
        messages.limitWhole(LIMIT_BYTES);
    }

    @AfterEach
    void shouldHaveFreedEveryBuffer() {
        messages.close();
        factory.close();
        assertThat(allocator.metric().usedDirectMemory()).isZero();
        assertThat(histories()).isZero();
    }

    @Test
    void shouldReferToMessagesBeforeOnceEnoughTookTheSameForASpan() {
        List<ClientWindow> clients = clients(LEAST_TAKERS);

        flush(clients, SPAN_FLUSHES + 1);
        assertThat(histories()).isZero();
        List<Integer> first = flush(clients);
        List<Integer> second = flush(clients);

        assertThat(histories()).isEqualTo(1);
        assertThat(first).allMatch(bytes -> bytes > MESSAGE_BYTES);
        assertThat(second).allMatch(bytes -> bytes < MESSAGE_BYTES / 10);
    }

    @Test
    void shouldLeaveAGroupOfTenAsItIs() {
        List<ClientWindow> clients = clients(10);

        flush(clients, 2 * SPAN_FLUSHES);

        assertThat(flush(clients)).allMatch(bytes -> bytes > MESSAGE_BYTES);
        assertThat(histories()).isZero();
    }

    @Test
    void shouldNotTakeGroupsThatOnlyHappenToTakeTheSameForOne() {
        List<List<ClientWindow>> groups =
                Stream.generate(() -> clients(10)).limit(10).toList();
        List<ClientWindow> all = groups.stream().flatMap(List::stream).toList();

        for (int i = 0; i < 5; i++) {
            flush(all, SPAN_FLUSHES - 1);
            groups.forEach(this::flush);
        }

        assertThat(histories()).isZero();
        assertThat(flush(all)).allMatch(bytes -> bytes > MESSAGE_BYTES);
    }

    @Test
    void shouldTakeInANewcomerWhenItHasTakenASpanAndAWindowFull() {
        List<ClientWindow> clients = clients(LEAST_TAKERS);
        flush(clients, BEGUN);
        clients.add(new ClientWindow());
        int here = flushes;

        flush(clients, wholeSpan() + ENOUGH - here);
        assertThat(flush(clients).get(LEAST_TAKERS)).isLessThan(MESSAGE_BYTES / 10);
        assertThat(newcomerBytes.subList(here, flushes - 1)).allMatch(bytes -> bytes > MESSAGE_BYTES);
        assertThat(histories()).isEqualTo(1);
    }

    @Test
    void shouldTreatWhoMissedAMessageAsANewcomer() {
        List<ClientWindow> clients = clients(2 * LEAST_TAKERS);
        flush(clients, BEGUN);
        int last = clients.size() - 1;
        flush(clients.subList(0, last));

        List<Integer> bytes = flush(clients);

        assertThat(bytes.get(last)).isGreaterThan(MESSAGE_BYTES);
        assertThat(bytes.subList(0, last)).allMatch(each -> each < MESSAGE_BYTES / 10);
    }

    @Test
    void shouldBeginAnewForMoreNewcomersThanMembers() {
        List<ClientWindow> clients = clients(LEAST_TAKERS);
        flush(clients, BEGUN);
        clients.addAll(clients(LEAST_TAKERS + 1));
        flush(clients, wholeSpan() - flushes);

        List<Integer> alone = flush(clients);
        List<Integer> anew = flush(clients);
        List<Integer> then = flush(clients);

        assertThat(alone.subList(0, LEAST_TAKERS)).allMatch(bytes -> bytes < MESSAGE_BYTES / 10);
        assertThat(alone.subList(LEAST_TAKERS, clients.size())).allMatch(bytes -> bytes > MESSAGE_BYTES);
        assertThat(anew).allMatch(bytes -> bytes > MESSAGE_BYTES);
        assertThat(then).allMatch(bytes -> bytes < MESSAGE_BYTES / 10);
    }

    @Test
    void shouldHaveOneHistoryForTwoGroupsThatCameToTheSame() {
        List<ClientWindow> some = clients(LEAST_TAKERS);
        List<ClientWindow> others = clients(LEAST_TAKERS);
        for (int i = 0; i < BEGUN; i++) {
            flushApart(some, others);
        }
        assertThat(histories()).isEqualTo(2);
        List<ClientWindow> all = Stream.concat(some.stream(), others.stream()).toList();

        flush(all, 2 * SPAN_FLUSHES + ENOUGH);

        assertThat(histories()).isEqualTo(1);
        assertThat(flush(all)).allMatch(bytes -> bytes < MESSAGE_BYTES / 10);
    }

    @Test
    void shouldEndWhenFewAreLeftOrNothingMayBeDeflated() {
        List<ClientWindow> clients = clients(2 * LEAST_TAKERS);
        flush(clients, BEGUN);
        assertThat(histories()).isEqualTo(1);
        flush(clients.subList(0, LEAST_TAKERS / 2));
        assertThat(histories()).isEqualTo(1);
        flush(clients.subList(0, LEAST_TAKERS / 2 - 1));
        assertThat(histories()).isZero();

        flush(clients, 2 * SPAN_FLUSHES + 2);
        assertThat(histories()).isEqualTo(1);
        messages.limitWhole(0);
        assertThat(flush(clients)).allMatch(bytes -> bytes > MESSAGE_BYTES);
        assertThat(histories()).isZero();
    }

    /** Number of the flush in which a span begins before which there was a whole one for who comes now. */
    private int wholeSpan() {
        return (flushes / SPAN_FLUSHES + 2) * SPAN_FLUSHES;
    }

    private double histories() {
        return registry.get("depthcast.histories").gauge().value();
    }

    private static List<ClientWindow> clients(int count) {
        List<ClientWindow> clients = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            clients.add(new ClientWindow());
        }
        return clients;
    }

    private void flush(List<ClientWindow> clients, int times) {
        for (int i = 0; i < times; i++) {
            flush(clients);
        }
    }

    /** Tells them the same again; the bytes of each, of which those of a length must be the same. */
    private List<Integer> flush(List<ClientWindow> clients) {
        List<Integer> bytes = tell(clients);
        over(bytes);
        return bytes;
    }

    /** Tells each group something of its own. */
    private void flushApart(List<ClientWindow> some, List<ClientWindow> others) {
        List<Integer> bytes = tell(some);
        tell(others);
        over(bytes);
    }

    private void over(List<Integer> bytes) {
        messages.clear();
        newcomerBytes.add(bytes.get(bytes.size() - 1));
        flushes++;
    }

    private List<Integer> tell(List<ClientWindow> clients) {
        Frame frame = factory.frame(said);
        List<String> made = new ArrayList<>();
        List<Integer> bytes = new ArrayList<>();
        for (ClientWindow client : clients) {
            ByteBuf message = messages.message(Form.SBE_DEFLATED, List.of(frame), client);
            made.add(ByteBufUtil.hexDump(message));
            bytes.add(message.readableBytes());
            message.release();
        }
        frame.release();
        assertThat(made.stream().distinct().count())
                .isEqualTo(bytes.stream().distinct().count());
        return bytes;
    }
}
