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
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HistoriesTest {
    /** So many fill a window. */
    private static final int MESSAGE_BYTES = 1_000;

    private static final int ENOUGH = HistoryDeflater.WINDOW_BYTES / MESSAGE_BYTES + 1;
    private static final int LIMIT_BYTES = 1 << 20;

    private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(true);
    private final PrometheusMeterRegistry registry = PrometheusRegistry.create();
    private final MessageCache messages = new MessageCache(allocator, new Meters(registry, "1.2.3").histories());
    private final FrameFactory factory = new FrameFactory(allocator);
    private final byte[] said = new byte[MESSAGE_BYTES];

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
    void shouldReferToMessagesBeforeFromTheFirstFlushAfterEnoughTookOne() {
        List<ClientWindow> clients = clients(2 * LEAST_TAKERS);

        List<Integer> first = flush(clients);
        List<Integer> second = flush(clients);

        assertThat(first).allMatch(bytes -> bytes > MESSAGE_BYTES);
        assertThat(histories()).isEqualTo(1);
        assertThat(second.subList(LEAST_TAKERS, 2 * LEAST_TAKERS)).allMatch(bytes -> bytes < MESSAGE_BYTES / 10);
    }

    @Test
    void shouldLeaveAGroupOfTenAsItIs() {
        List<ClientWindow> clients = clients(10);

        flush(clients);

        assertThat(flush(clients)).allMatch(bytes -> bytes > MESSAGE_BYTES);
        assertThat(histories()).isZero();
    }

    @Test
    void shouldTakeInANewcomerWhenItHasTakenAWindowFull() {
        List<ClientWindow> clients = clients(2 * LEAST_TAKERS);
        flush(clients);
        flush(clients);
        clients.add(new ClientWindow());

        List<Integer> newcomer = IntStream.range(0, ENOUGH + 1)
                .mapToObj(flush -> flush(clients).get(2 * LEAST_TAKERS))
                .toList();

        assertThat(newcomer.subList(0, ENOUGH)).allMatch(bytes -> bytes > MESSAGE_BYTES);
        assertThat(newcomer.get(ENOUGH)).isLessThan(MESSAGE_BYTES / 10);
    }

    @Test
    void shouldTreatWhoMissedAMessageAsANewcomer() {
        List<ClientWindow> clients = clients(2 * LEAST_TAKERS);
        flush(clients);
        flush(clients);
        int last = clients.size() - 1;
        flush(clients.subList(0, last));

        List<Integer> bytes = flush(clients);

        assertThat(bytes.get(last)).isGreaterThan(MESSAGE_BYTES);
        assertThat(bytes.subList(LEAST_TAKERS, last)).allMatch(each -> each < MESSAGE_BYTES / 10);
    }

    @Test
    void shouldBeginAnewForMoreNewcomersThanMembers() {
        List<ClientWindow> clients = clients(LEAST_TAKERS);
        flush(clients);
        // Its one member so far is served first now.
        Collections.reverse(clients);

        List<Integer> alone = flush(clients);
        List<Integer> anew = flush(clients);
        List<Integer> then = flush(clients);

        assertThat(alone.subList(1, LEAST_TAKERS)).allMatch(bytes -> bytes > MESSAGE_BYTES);
        assertThat(anew).allMatch(bytes -> bytes > MESSAGE_BYTES);
        assertThat(then).allMatch(bytes -> bytes < MESSAGE_BYTES / 10);
    }

    @Test
    void shouldEndWhenFewAreLeftOrNothingMayBeDeflated() {
        List<ClientWindow> clients = clients(2 * LEAST_TAKERS);
        flush(clients);
        assertThat(histories()).isEqualTo(1);
        flush(clients.subList(LEAST_TAKERS, LEAST_TAKERS + LEAST_TAKERS / 2));
        assertThat(histories()).isEqualTo(1);
        flush(clients.subList(LEAST_TAKERS, LEAST_TAKERS + LEAST_TAKERS / 2 - 1));
        assertThat(histories()).isZero();

        flush(clients);
        assertThat(histories()).isEqualTo(1);
        messages.limitWhole(0);
        assertThat(flush(clients)).allMatch(bytes -> bytes > MESSAGE_BYTES);
        assertThat(histories()).isZero();
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

    /** Tells them the same again; the bytes of each, of which those of a length must be the same. */
    private List<Integer> flush(List<ClientWindow> clients) {
        Frame frame = factory.frame(said);
        List<String> made = new ArrayList<>();
        List<Integer> bytes = new ArrayList<>();
        for (ClientWindow client : clients) {
            ByteBuf message = messages.message(Form.SBE_DEFLATED, List.of(frame), client);
            made.add(ByteBufUtil.hexDump(message));
            bytes.add(message.readableBytes());
            message.release();
        }
        messages.clear();
        frame.release();
        assertThat(made.stream().distinct().count())
                .isEqualTo(bytes.stream().distinct().count());
        return bytes;
    }
}
