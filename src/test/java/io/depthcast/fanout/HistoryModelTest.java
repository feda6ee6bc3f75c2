package io.depthcast.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.metrics.Meters;
import io.depthcast.metrics.PrometheusRegistry;
import io.depthcast.wire.Encodings;
import io.depthcast.wire.Form;
import io.depthcast.wire.Frame;
import io.depthcast.wire.FrameFactory;
import io.depthcast.wire.HistoryDeflater;
import io.depthcast.wire.MessageReader;
import io.depthcast.wire.ReceivedMessage;
import io.depthcast.wire.WebSocketMessage;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Clients that come, lag, go, change what they take and how often, and are told things of their own, each with an inflater that
 * keeps its window: whatever they are sent must inflate to what it says.
 */
class HistoryModelTest {
    private static final List<Form> FORMS = List.of(
            Form.JSON_DEFLATED,
            Form.SBE_DEFLATED,
            Form.COMPACT_DEFLATED,
            Form.JSON_DEFLATED_SMALL,
            Form.of(Encodings.BINANCE, Form.FULL_WINDOW_BITS),
            Form.of(Encodings.BINANCE_COMBINED, Form.FULL_WINDOW_BITS));
    private static final int LEAST_TAKERS = 4;
    private static final int SPAN_FLUSHES = 3;
    private static final int CLIENTS = 24;
    private static final int STREAMS = 3;
    private static final int FLUSHES = 600;
    /** At a small one some messages are told as if there were no history. */
    private static final int[] LIMITS = {1 << 20, 1 << 20, 20_000, 0};

    /** What is not released shows in its metric. */
    private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(true, true);

    private final PrometheusMeterRegistry registry = PrometheusRegistry.create();
    private final MessageCache messages =
            new MessageCache(allocator, new Meters(registry, "1.2.3").histories(), LEAST_TAKERS, SPAN_FLUSHES);
    private final FrameFactory factory = new FrameFactory(allocator);
    /** Messages to clients who need frames deflated alone, which were not made. */
    private int missing;
    /** Those that went out as they are, because nothing might be deflated. */
    private int undeflated;

    static Stream<Arguments> seeds() {
        return FORMS.stream().flatMap(form -> Stream.of(1L, 2L, 3L, 4L, 5L).map(seed -> Arguments.of(form, seed)));
    }

    @ParameterizedTest(name = "{0}, seed {1}")
    @MethodSource("seeds")
    void shouldInflateToWhatItSaysWhateverClientsDo(Form form, long seed) {
        Random random = new Random(seed);
        messages.limitWhole(1 << 20);
        List<Client> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            clients.add(new Client(form, random.nextInt(3)));
        }
        for (int flush = 0; flush < FLUSHES; flush++) {
            if (random.nextInt(20) == 0) {
                messages.limitWhole(LIMITS[random.nextInt(LIMITS.length)]);
            }
            flush(flush, clients, random);
        }
        clients.forEach(client -> client.reader.close());
        messages.close();
        factory.close();
        assertThat(allocator.metric().usedDirectMemory()).isZero();
        assertThat(registry.get("depthcast.histories").gauge().value()).isZero();
        boolean has = form != Form.COMPACT_DEFLATED && form != Form.JSON_DEFLATED_SMALL;
        assertThat(sent("referring") > CLIENTS * FLUSHES / 4).isEqualTo(has);
        assertThat(sent("alone") > 0).isEqualTo(has);
        assertThat(missing > CLIENTS).isEqualTo(has);
        assertThat(undeflated > 0).isEqualTo(has);
    }

    private double sent(String how) {
        return registry.get("depthcast.history.messages")
                .tag("deflated", how)
                .functionCounter()
                .count();
    }

    private void flush(int flush, List<Client> clients, Random random) {
        List<Frame> told = new ArrayList<>();
        for (int i = 0; i < STREAMS; i++) {
            told.add(factory.frame(text(random, i, flush), wanted(i, flush, clients, random)));
        }
        // They are served from another on at each flush.
        int first = random.nextInt(CLIENTS);
        for (int i = 0; i < CLIENTS; i++) {
            Client client = clients.get((first + i) % CLIENTS);
            if (client.act(random)) {
                clients.set((first + i) % CLIENTS, new Client(client.form, random.nextInt(3)));
            } else if (flush % client.cadence == 0) {
                client.take(List.of(told.get(client.stream), told.get((client.stream + 1) % STREAMS)));
            }
        }
        messages.clear();
        told.forEach(Frame::release);
    }

    /** The forms of a stream's frame as clients wanted them who may be others than those who are told it. */
    private static int wanted(int stream, int flush, List<Client> clients, Random random) {
        Form form = clients.get(0).form;
        int forms = form.plain().bit();
        boolean othersAsked = HistoryDeflater.serves(form) && random.nextInt(20) == 0;
        for (Client client : clients) {
            boolean isTold = client.takes(stream) && flush % client.cadence == 0 && !othersAsked;
            forms |= isTold && !client.window.isFull() ? form.bit() : 0;
        }
        return forms;
    }

    /** As prices are: most of it was said before. Now and then more than a window. */
    private static byte[] text(Random random, int stream, int flush) {
        StringBuilder text = new StringBuilder("{\"stream\":" + stream + ",\"flush\":" + flush + ",\"levels\":[");
        int levels = random.nextInt(200) == 0 ? 3_000 : 1 + random.nextInt(8);
        for (int i = 0; i < levels; i++) {
            text.append("[\"64")
                    .append(random.nextInt(1_000))
                    .append(".1\",\"")
                    .append(random.nextInt(20))
                    .append("\"],");
        }
        return text.append("null]}").toString().getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }

    private final class Client {
        private final MessageReader reader = new MessageReader();
        private final MessageReader plain = new MessageReader();
        private final ClientWindow window = new ClientWindow();
        private final Form form;
        private int stream;
        private int cadence = 1;

        Client(Form form, int stream) {
            this.form = form;
            this.stream = stream;
        }

        boolean takes(int which) {
            return which == stream || which == (stream + 1) % STREAMS;
        }

        /** Perhaps something that clients do; returns whether it has left. Lagging takes nothing. */
        boolean act(Random random) {
            switch (random.nextInt(160)) {
                case 0 -> stream = random.nextInt(STREAMS);
                case 1 -> cadence = 1 + random.nextInt(3);
                case 2 -> tell(random);
                case 3 -> {
                    reader.close();
                    return true;
                }
                case 4 -> {
                    // Misses this one.
                    Frame other = factory.frame(text(random, 9, 0), form.bit());
                    take(List.of(other));
                    other.release();
                }
                default -> {}
            }
            return false;
        }

        /** Something of its own, deflated past every history. */
        private void tell(Random random) {
            Frame own = factory.frame(text(random, 7, random.nextInt()), form.bit());
            window.forget();
            read(messages.message(form, List.of(own)), List.of(own));
            own.release();
        }

        void take(List<Frame> frames) {
            boolean wasFull = window.isFull();
            ByteBuf message = messages.message(form, frames, window);
            if (!Frame.allIn(frames, form)) {
                missing += wasFull ? 0 : 1;
                undeflated += WebSocketMessage.isDeflated(message) ? 0 : 1;
            }
            read(message, frames);
        }

        private void read(ByteBuf message, List<Frame> frames) {
            List<ReceivedMessage> heard = reader.takeAll(message);
            List<ReceivedMessage> said = plain.takeAll(WebSocketMessage.of(allocator, form.plain(), frames));
            assertThat(heard).hasSameSizeAs(said);
            for (int i = 0; i < said.size(); i++) {
                assertThat(heard.get(i).payload()).isEqualTo(said.get(i).payload());
            }
        }
    }
}
