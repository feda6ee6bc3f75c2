package io.depthcast.fanout;

import io.depthcast.book.Instrument;
import io.depthcast.feed.Books;
import io.depthcast.feed.EventBatch;
import io.depthcast.feed.FeedSnapshot;
import io.depthcast.market.FeedSettings;
import io.depthcast.market.SimulatedFeed;
import io.depthcast.wire.Encoding;
import io.depthcast.wire.Form;
import io.depthcast.wire.FrameEncoder;
import io.depthcast.wire.StreamKey;
import io.depthcast.wire.View;
import io.netty.buffer.PooledByteBufAllocator;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How many market events a second one shard takes in on a core, and each of two that share the instruments, by the CPU time
 * of the thread: all books kept, and at every flush of 20 ms what changed in each book is told once, depth 25, deflated SBE.
 * {@code mvn -q -Pbench test-compile exec:exec -Dbench.main=io.depthcast.fanout.EventsIn}; about a minute. One thread.
 */
public final class EventsIn {
    private static final long EPOCH_MICROS = 1_795_363_200_000_000L;
    private static final int[] RATES = {500_000, 1_000_000};
    private static final int SECONDS = 3;
    private static final int PASSES = 5;
    private static final int POLL_MICROS = 2_000;
    private static final int POLLS_PER_FLUSH = 10;
    private static final int MICROS_PER_SECOND = 1_000_000;

    /** Events of so many seconds, as the feed publishes them. */
    private record Recording(int eventsPerSecond, FeedSnapshot opening, List<@Nullable EventBatch> polls, long events) {
        static Recording of(int eventsPerSecond) {
            FeedSettings settings = new FeedSettings(FeedSettings.SIMULATED, 1, eventsPerSecond);
            SimulatedFeed feed = new SimulatedFeed(settings, EPOCH_MICROS);
            FeedSnapshot opening = feed.snapshot();
            List<@Nullable EventBatch> polls = new ArrayList<>();
            long events = 0;
            for (int micros = POLL_MICROS; micros <= SECONDS * MICROS_PER_SECOND; micros += POLL_MICROS) {
                @Nullable EventBatch batch = feed.poll(EPOCH_MICROS + micros, 0);
                polls.add(batch);
                events += batch == null ? 0 : batch.count();
            }
            return new Recording(eventsPerSecond, opening, polls, events);
        }
    }

    private EventsIn() {}

    public static void main(String[] arguments) {
        for (int rate : RATES) {
            Recording recording = Recording.of(rate);
            // The first is for the compilers.
            for (int pass = 0; pass <= PASSES; pass++) {
                double one = eventsPerCpuSecond(recording, 0, 1);
                double two = Math.min(eventsPerCpuSecond(recording, 0, 2), eventsPerCpuSecond(recording, 1, 2));
                if (pass > 0) {
                    System.out.printf(
                            "%,d events/s: one shard takes %,.0f events per CPU-second, %.0f%% of a core; the busier of two %,.0f, "
                                    + "%.2f times as many%n",
                            rate, one, 100 * rate / one, two, two / one);
                }
            }
        }
    }

    private static double eventsPerCpuSecond(Recording recording, int index, int shards) {
        FrameEncoder encoder = new FrameEncoder(PooledByteBufAllocator.DEFAULT, new Silent());
        Shard shard = new Shard(index, shards, encoder, 1, (key, cause) -> {
            throw cause;
        });
        shard.replace(recording.opening);
        Reader reader = new Reader(shard, recording.opening, index, shards);
        long begunNanos = threadCpuNanos();
        for (int poll = 0; poll < recording.polls.size(); poll++) {
            @Nullable EventBatch batch = recording.polls.get(poll);
            if (batch != null && shard.apply(batch) != Books.Applied.APPLIED) {
                throw new IllegalStateException("a batch was not applied");
            }
            if (poll % POLLS_PER_FLUSH == 0) {
                reader.flush(poll / POLLS_PER_FLUSH, EPOCH_MICROS + (long) poll * POLL_MICROS);
            }
        }
        double seconds = (threadCpuNanos() - begunNanos) / 1e9;
        encoder.close();
        return recording.events / seconds;
    }

    private static long threadCpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    /** A gateway loop that follows every book of a shard and is always at the newest version. */
    private static final class Reader {
        private static final String LOOP = "reader";
        private static final int FORM = Form.SBE_DEFLATED.bit();
        private static final int DEPTH = 25;

        private final Shard shard;

        Reader(Shard shard, FeedSnapshot opening, int index, int shards) {
            this.shard = shard;
            List<Ask> asks = new ArrayList<>();
            for (FeedSnapshot.Book book : opening.books()) {
                Instrument instrument = book.instrument();
                if (Shard.of(instrument.id(), shards) == index) {
                    StreamKey key = new StreamKey(instrument.id(), new View.Book(DEPTH));
                    asks.add(new Ask(key, 0, 0, FORM, 0, 1));
                }
            }
            shard.ask(new Asks(LOOP, 1, false, asks));
        }

        void flush(long flush, long nowMicros) {
            for (Shard.Parcel parcel : shard.flush(flush, true, nowMicros)) {
                List<Ask> next = new ArrayList<>();
                for (FrameBatch.Answer answer : parcel.batch().answers()) {
                    next.add(new Ask(answer.ask().key(), answer.epoch(), answer.version(), FORM, 0, 1));
                }
                parcel.batch().release();
                shard.ask(new Asks(LOOP, 1, true, next));
            }
        }
    }

    private static final class Silent implements FrameEncoder.Listener {
        @Override
        public void encoded(Encoding encoding, int bytes) {}

        @Override
        public void deflated(Encoding encoding, int bytes) {}
    }
}
