package io.depthcast.journal;

import io.depthcast.feed.CountedIntake;
import io.depthcast.feed.EventBatch;
import io.depthcast.feed.FeedBus;
import io.depthcast.feed.FeedSnapshot;
import io.depthcast.feed.IntakeListener;
import io.depthcast.feed.Source;
import io.depthcast.metrics.JournalMeters;
import io.depthcast.metrics.Meters;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Stands where a feed of this process would: what the log says goes on the event bus as a feed's batches do. With sources it
 * is a feed as well, which waits until it may speak.
 */
public final class JournalVerticle extends VerticleBase {
    private static final int SAY_MILLIS = 5;
    private static final int REACH_MILLIS = 100;
    private static final long REACH_NANOS = TimeUnit.SECONDS.toNanos(1);
    /** Far longer than a shard stands still. */
    private static final long REACH_TIMEOUT_MILLIS = TimeUnit.MINUTES.toMillis(1);

    private static final int MAX_SPREAD_MILLIS = 500;
    /** What a log that is gone may keep a process from ending. */
    private static final int LEAVE_MILLIS = 1_000;

    /**
     * What it runs with.
     *
     * @param journal closed with it
     * @param name of this start of this process, and of no other
     * @param sources made when it begins to speak, given the epoch; null for a node without
     * @param shards that take what it publishes
     * @param end told why the process has to end
     */
    public record Setup(
            Journal journal,
            String name,
            @Nullable LongFunction<List<Source>> sources,
            int shards,
            Clock clock,
            Meters meters,
            Consumer<String> end) {}

    private final Setup setup;
    private final JournalMeters meters;
    private final IntakeListener listener;
    private final List<Source> sources = new ArrayList<>();
    private @Nullable NodeLoop node;
    private @Nullable ReaderThread reader;
    private @Nullable Context loop;
    private long askedNanos;
    private boolean asking;
    private volatile boolean closed;

    public JournalVerticle(Setup setup) {
        this.setup = setup;
        this.meters = setup.meters().journal();
        this.listener = new CountedIntake(setup.meters().feed());
    }

    /** Completes when it reads; what it has read then is not all yet. */
    @Override
    public Future<?> start() {
        loop = vertx.getOrCreateContext();
        setup.meters().watchLoop(vertx, "feed");
        long spreadNanos = TimeUnit.MILLISECONDS.toNanos(new SecureRandom().nextInt(MAX_SPREAD_MILLIS));
        NodeLoop.Speaking speaking = setup.sources() == null ? null : this::speaker;
        NodeLoop made = new NodeLoop(setup.name(), spreadNanos, speaking, new Bus(), meters, System.nanoTime());
        node = made;
        ReaderThread thread = new ReaderThread(setup.journal(), made, this::onLoop);
        reader = thread;
        return vertx.eventBus()
                .consumer(FeedBus.SNAPSHOT, this::answer)
                .completion()
                .onSuccess(listening -> {
                    if (speaking != null) {
                        vertx.setPeriodic(SAY_MILLIS, timer -> say(made));
                    }
                    vertx.setPeriodic(REACH_MILLIS, timer -> askShards());
                    thread.start();
                });
    }

    private void onLoop(Runnable action) {
        Objects.requireNonNull(loop).runOnContext(now -> action.run());
    }

    private Speaker speaker(Follower follower, Set<String> kept) {
        Keeper keeper = new Keeper(follower, setup.journal(), kept, this::onLoop);
        return new Speaker(follower, setup.journal(), keeper, setup.clock(), listener, meters, new Around());
    }

    private static void say(NodeLoop node) {
        Speaker speaker = node.speaker();
        if (speaker != null) {
            speaker.tick(System.nanoTime());
        }
    }

    private void answer(Message<String> request) {
        @Nullable FeedSnapshot snapshot = node == null ? null : node.snapshot();
        if (snapshot == null) {
            request.fail(0, "not all is known yet");
        } else {
            request.reply(snapshot);
        }
    }

    /** One question at a time: where it is answered, all that was published before has been taken. */
    private void askShards() {
        if (asking) {
            return;
        }
        asking = true;
        askedNanos = System.nanoTime();
        List<Future<Message<String>>> answers = new ArrayList<>();
        for (int shard = 0; shard < setup.shards(); shard++) {
            answers.add(vertx.eventBus()
                    .request(FeedBus.reached(shard), "", new DeliveryOptions().setSendTimeout(REACH_TIMEOUT_MILLIS)));
        }
        Future<?> all = answers.isEmpty() ? Future.succeededFuture() : Future.join(answers);
        all.onComplete(answered -> asking = false);
    }

    /** Why clients are not to be sent here; empty if nothing speaks against it. */
    public Future<String> hindrance() {
        Promise<String> told = Promise.promise();
        if (loop == null) {
            return Future.succeededFuture("has not started yet");
        }
        onLoop(() -> told.complete(node == null ? "" : node.hindrance(System.nanoTime())));
        return told.future();
    }

    /** Has whoever waits speak; what was said is in the log then. Never fails. */
    public Future<Void> leave() {
        if (closed) {
            return Future.succeededFuture();
        }
        Promise<Void> left = Promise.promise();
        onLoop(() -> {
            Speaker speaker = node == null ? null : node.speaker();
            if (speaker == null) {
                left.complete();
            } else {
                vertx.setTimer(LEAVE_MILLIS, late -> left.tryComplete());
                speaker.leave(failure -> left.tryComplete());
            }
        });
        return left.future();
    }

    @Override
    public Future<?> stop() {
        closed = true;
        List<Future<Void>> stops = new ArrayList<>();
        sources.forEach(source -> stops.add(source.stop()));
        stops.add(vertx.executeBlocking(() -> {
            close();
            return null;
        }));
        return Future.join(stops);
    }

    private void close() throws InterruptedException {
        if (reader != null) {
            reader.close();
            reader.join();
        }
        setup.journal().close();
    }

    private final class Bus implements NodeLoop.Out {
        @Override
        public void publish(EventBatch batch) {
            setup.meters().eventsIn(batch.count());
            vertx.eventBus().publish(FeedBus.EVENTS, batch);
        }

        @Override
        public void renew() {
            vertx.eventBus().publish(FeedBus.RENEW, "");
        }

        @Override
        public boolean keepsUp() {
            return !asking || System.nanoTime() - askedNanos < REACH_NANOS;
        }
    }

    private final class Around implements Speaker.Surroundings {
        @Override
        public void start(long epoch) {
            LongFunction<List<Source>> making = Objects.requireNonNull(setup.sources());
            // A market that is made up takes a second to make, in which this feed has to say that it is there.
            vertx.executeBlocking(() -> making.apply(epoch))
                    .onComplete(this::open, failure -> end("the sources could not be made: " + failure));
        }

        private void open(List<Source> made) {
            sources.addAll(made);
            for (Source source : made) {
                source.start(vertx)
                        .onSuccess(ready -> onLoop(() -> add(source)))
                        .onFailure(failure -> end("the source " + source.name() + " did not start: " + failure));
            }
        }

        private void add(Source source) {
            Speaker speaker = node == null ? null : node.speaker();
            if (speaker != null) {
                speaker.add(source);
            }
        }

        @Override
        public void end(String reason) {
            setup.end().accept(reason);
        }

        @Override
        public void later(Runnable action) {
            onLoop(action);
        }
    }
}
