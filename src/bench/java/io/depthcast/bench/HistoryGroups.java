package io.depthcast.bench;

import io.depthcast.bench.SimulatedBooks.Change;
import io.depthcast.fanout.ClientWindow;
import io.depthcast.fanout.MessageCache;
import io.depthcast.market.FeedSettings;
import io.depthcast.metrics.Meters;
import io.depthcast.metrics.PrometheusRegistry;
import io.depthcast.wire.Encoding;
import io.depthcast.wire.Form;
import io.depthcast.wire.Frame;
import io.depthcast.wire.FrameEncoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a gateway loop spends on making messages, per message, with histories and without, in turn for the same flushes: CPU of the
 * thread, before anything is written; and what a shard spends on the frames of a flush. Groups of several sizes, each with twenty
 * books of its own. Simulated time: the bytes are the same in every run. {@code mvn -q -Pbench test-compile exec:exec -Dbench.main=io.depthcast.bench.HistoryGroups}; 2 minutes;
 * with {@code -Djmh.args="10 100"} only groups of these sizes.
 */
public final class HistoryGroups implements FrameEncoder.Listener {
    private static final int PACE_MILLIS = 20;
    private static final int WARM_UP_FLUSHES = 1_000;
    private static final int FLUSHES = 2_000;
    private static final int BOOKS = 20;
    private static final int CLIENTS = 1_000;
    private static final int[] GROUPS = {10, 20, 32, 50, 100, 1_000};
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final SimulatedBooks market = new SimulatedBooks(FeedSettings.DEFAULTS, PACE_MILLIS);
    private final FrameEncoder encoder = new FrameEncoder(PooledByteBufAllocator.DEFAULT, this);
    private final Meters meters = new Meters(PrometheusRegistry.create(), "bench");
    private final Way without = new Way(new MessageCache(PooledByteBufAllocator.DEFAULT));
    private final Way with = new Way(new MessageCache(PooledByteBufAllocator.DEFAULT, meters.histories()));
    private final List<Set<Integer>> watched = new ArrayList<>();
    private final Form form;
    private final int groupSize;
    /** What a shard spends on the frames, if somebody takes them deflated alone and if nobody does. */
    private long deflatedNanos;

    private long plainNanos;

    private HistoryGroups(Form form, int groupSize) {
        this.form = form;
        this.groupSize = groupSize;
        for (int group = 0; group * groupSize < CLIENTS; group++) {
            watched.add(choose(new Random(group)));
        }
    }

    /** As users choose: the n-th book in proportion to 1 / n, so that some groups differ in hardly anything that trades. */
    private Set<Integer> choose(Random random) {
        Set<Integer> chosen = new HashSet<>();
        while (chosen.size() < BOOKS) {
            int rank = 1 + random.nextInt(market.instruments());
            if (random.nextInt(rank) == 0) {
                chosen.add(rank);
            }
        }
        return chosen;
    }

    public static void main(String[] arguments) {
        int[] sizes = arguments.length == 0
                ? GROUPS
                : Stream.of(arguments).mapToInt(Integer::parseInt).toArray();
        for (Form form : List.of(Form.JSON_DEFLATED, Form.SBE_DEFLATED)) {
            for (int size : sizes) {
                new HistoryGroups(form, size).run();
            }
        }
    }

    private void run() {
        for (int flush = 0; flush < WARM_UP_FLUSHES + FLUSHES; flush++) {
            if (flush == WARM_UP_FLUSHES) {
                without.begin();
                with.begin();
                plainNanos = 0;
                deflatedNanos = 0;
            }
            flush(flush);
        }
        encoder.close();
        without.messages.close();
        with.messages.close();
        System.out.printf(
                "%-18s groups of %5d: without %.3f us, %.0f B; with %.3f us, %.0f B: %+.3f us a message; frames of a flush %.1f us, undeflated %.1f us%n",
                form,
                groupSize,
                without.micros(),
                without.bytesEach(),
                with.micros(),
                with.bytesEach(),
                with.micros() - without.micros(),
                deflatedNanos / 1e3 / FLUSHES,
                plainNanos / 1e3 / FLUSHES);
    }

    private void flush(int flush) {
        List<Change> changes = market.flush(market.instruments());
        plainNanos -= THREADS.getCurrentThreadCpuTime();
        frames(changes, form.plain()).forEach(Frame::release);
        plainNanos += THREADS.getCurrentThreadCpuTime();
        deflatedNanos -= THREADS.getCurrentThreadCpuTime();
        List<Frame> frames = frames(changes, form);
        deflatedNanos += THREADS.getCurrentThreadCpuTime();
        List<List<Frame>> ofGroups = new ArrayList<>();
        for (Set<Integer> ids : watched) {
            List<Frame> own = new ArrayList<>();
            for (int i = 0; i < frames.size(); i++) {
                if (ids.contains(changes.get(i).instrument().id())) {
                    own.add(frames.get(i));
                }
            }
            ofGroups.add(own);
        }
        (flush % 2 == 0 ? without : with).deliver(ofGroups, flush);
        (flush % 2 == 0 ? with : without).deliver(ofGroups, flush);
        frames.forEach(Frame::release);
    }

    private List<Frame> frames(List<Change> changes, Form in) {
        return changes.stream().map(change -> change.frame(encoder, in.bit())).toList();
    }

    @Override
    public void encoded(Encoding encoding, int made) {}

    @Override
    public void deflated(Encoding encoding, int made) {}

    private final class Way {
        private final MessageCache messages;
        private final List<ClientWindow> windows = new ArrayList<>();
        private long nanos;
        private long bytes;
        private long count;

        Way(MessageCache messages) {
            this.messages = messages;
            messages.limitWhole(PACE_MILLIS * MessageCache.WHOLE_BYTES_PER_MILLI);
            for (int i = 0; i < CLIENTS; i++) {
                windows.add(new ClientWindow());
            }
        }

        void begin() {
            nanos = 0;
            bytes = 0;
            count = 0;
        }

        /** From another client on in each flush. */
        void deliver(List<List<Frame>> ofGroups, int flush) {
            long begun = THREADS.getCurrentThreadCpuTime();
            for (int i = 0; i < CLIENTS; i++) {
                int client = (flush * 617 + i) % CLIENTS;
                List<Frame> frames = ofGroups.get(client / groupSize);
                if (!frames.isEmpty()) {
                    deliver(frames, windows.get(client));
                }
            }
            messages.clear();
            nanos += THREADS.getCurrentThreadCpuTime() - begun;
        }

        private void deliver(List<Frame> frames, ClientWindow window) {
            ByteBuf message = this == with ? messages.message(form, frames, window) : messages.message(form, frames);
            bytes += message.readableBytes();
            count++;
            message.release();
        }

        double micros() {
            return nanos / 1e3 / count;
        }

        double bytesEach() {
            return (double) bytes / count;
        }
    }
}
