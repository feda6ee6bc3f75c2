package io.depthcast.http;

import static io.depthcast.http.Follower.subscription;
import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.book.InstrumentStatus;
import io.depthcast.book.StepSize;
import io.depthcast.feed.Door;
import io.depthcast.feed.EventBatch;
import io.depthcast.feed.LevelChanges;
import io.depthcast.feed.Source;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Clock;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

/** What becomes of prices on their way into a gateway. */
final class FeedDrills {
    private static final StepSize CENT = StepSize.parse("0.01");

    /** Events a second: every flush has some, and the drills beside it have the machine. */
    private static final int SOME = 500;

    private FeedDrills() {}

    /** The feed loop stands, so nothing comes, neither events nor heartbeats. Runbook: restart; here it is let go. */
    static final class StandingFeed implements Drill {
        private final HeldSource source = new HeldSource();
        private final RunningGateway gateway = RunningGateway.start(Clock.systemUTC(), epoch -> source);

        @Override
        public int managementPort() {
            return gateway.managementPort();
        }

        @Override
        public Set<String> alerts() {
            return Set.of("DepthcastFeedSilent", "DepthcastLoopStands");
        }

        @Override
        public void strain() {
            source.holds = true;
        }

        @Override
        public void mend() {
            source.release();
        }

        @Override
        public void close() {
            source.release();
            gateway.close();
        }
    }

    private static final class HeldSource implements Source {
        private final CountDownLatch released = new CountDownLatch(1);
        private volatile boolean holds;

        private void release() {
            released.countDown();
        }

        @Override
        public String name() {
            return "held";
        }

        @Override
        public void poll(Door door, long nowMicros, long nowNanos) {
            door.heartbeat();
            if (holds) {
                try {
                    released.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }

    /** The feed speaks, but a source does not. Runbook: mend the source. */
    static final class SilentInstrument implements Drill {
        private final SilentSource source = new SilentSource();
        private final RunningGateway gateway = RunningGateway.start(Clock.systemUTC(), epoch -> source);

        @Override
        public int managementPort() {
            return gateway.managementPort();
        }

        @Override
        public Set<String> alerts() {
            return Set.of("DepthcastBooksStale");
        }

        @Override
        public Set<String> others() {
            return Set.of("DepthcastFeedSilent");
        }

        @Override
        public void strain() {
            source.speak(false);
        }

        @Override
        public void mend() {
            source.speak(true);
        }

        @Override
        public void close() {
            gateway.close();
        }
    }

    /** Batches get lost between feed and shards. Runbook: look at what is between; here it loses nothing any more. */
    static final class LostBatches implements Drill {
        private final LossySource source = new LossySource();
        private final RunningGateway gateway = RunningGateway.start(Clock.systemUTC(), epoch -> source);

        @Override
        public int managementPort() {
            return gateway.managementPort();
        }

        @Override
        public Set<String> alerts() {
            return Set.of("DepthcastFeedGaps");
        }

        @Override
        public Set<String> others() {
            return Set.of("DepthcastFeedSilent");
        }

        @Override
        public void strain() {
            source.loses = true;
        }

        @Override
        public void mend() {
            source.loses = false;
        }

        @Override
        public void close() {
            gateway.close();
        }
    }

    /** Changes a level at each poll, and has one batch in twenty lost on the event bus. */
    private static final class LossySource implements Source {
        private static final int LOST_ONE_IN = 20;

        private final LevelChanges asks = HandSource.level(1_002, 7);
        private volatile boolean loses;
        private int batches;
        private long polls;

        @Override
        public String name() {
            return "lossy";
        }

        @Override
        public Future<Void> start(Vertx vertx) {
            vertx.eventBus().addOutboundInterceptor(delivery -> {
                boolean isLost =
                        loses && delivery.message().body() instanceof EventBatch && ++batches % LOST_ONE_IN == 0;
                if (!isLost) {
                    delivery.next();
                }
            });
            return Future.succeededFuture();
        }

        @Override
        public void poll(Door door, long nowMicros, long nowNanos) {
            if (polls++ == 0) {
                var unused = door.define("ACME", CENT, CENT, InstrumentStatus.OPEN);
            }
            var unused = door.snapshot("ACME", HandSource.level(1_000, 1 + polls % 9), asks, 0);
        }
    }

    /** A shard that takes its time for each flush. Runbook: CPU, or another machine; here it is quick again. */
    static final class LateFlushes implements Drill {
        private final SlowWork work = new SlowWork("shard-0");
        private final RunningGateway gateway = RunningGateway.start(SOME, work);
        private final RawWebSocket client;
        private final Thread reader = new Thread(this::read, "reader");

        LateFlushes() throws IOException {
            client = RawWebSocket.open(gateway.port());
            client.send(subscription("book", "*", ""));
            reader.start();
        }

        /** Who does not read is not sent anything that could be late. */
        private void read() {
            try {
                while (client.read().opcode() != ClientFrames.CLOSE) {
                    assertThat(client).isNotNull();
                }
            } catch (IOException ended) {
                // So does this.
            }
        }

        @Override
        public int managementPort() {
            return gateway.managementPort();
        }

        @Override
        public Set<String> alerts() {
            return Set.of("DepthcastPricesLate", "DepthcastLoopLag");
        }

        @Override
        public void strain() {
            work.slow(true);
        }

        @Override
        public void mend() {
            work.slow(false);
        }

        @Override
        public void close() throws IOException {
            work.slow(false);
            gateway.close();
            client.close();
        }
    }
}
