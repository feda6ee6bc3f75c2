package io.depthcast.source;

import io.depthcast.limit.Backoff;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.errors.RetriableException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a topic on a thread of its own, ahead of the feed loop as far as a few pages; what it can read no further it tries
 * again with a new consumer. Kafka's own client waits for a broker that is away, and says nothing of it.
 */
final class TopicReader {
    private static final Logger LOG = LoggerFactory.getLogger(TopicReader.class);
    /** Of at most {@code max.poll.records} each, 500 unless the operator says otherwise. */
    private static final int PAGES = 16;

    private static final long MISSING_MILLIS = 1_000;
    private static final Duration CLOSE = Duration.ofSeconds(1);

    private final String topic;
    private final TopicCursor cursor;
    private final Supplier<Consumer<byte[], byte[]>> consumers;
    private final Runnable whenRenewed;
    private final BlockingQueue<TopicCursor.Page> pages = new ArrayBlockingQueue<>(PAGES);
    private final Backoff backoff =
            new Backoff(TimeUnit.SECONDS.toNanos(1), TimeUnit.SECONDS.toNanos(30), TimeUnit.SECONDS.toNanos(30));
    private final MinuteByMinute complaints = new MinuteByMinute();
    private final Promise<Void> started = Promise.promise();
    private final Promise<Void> ended = Promise.promise();
    private final Thread thread;
    private volatile boolean isStopped;

    /**
     * @param consumers each is closed before the next is asked for; what it throws at first is a fault of the settings
     * @param whenRenewed called on the reader's thread, with every consumer after the first
     */
    TopicReader(KafkaFeedSettings settings, Supplier<Consumer<byte[], byte[]>> consumers, Runnable whenRenewed) {
        this.topic = settings.topic();
        this.cursor = new TopicCursor(settings, System::nanoTime);
        this.consumers = consumers;
        this.whenRenewed = whenRenewed;
        this.thread = new Thread(this::run, "depthcast-kafka");
        thread.setDaemon(true);
    }

    /** Fails if a consumer cannot be made; that no broker is there is no fault. */
    Future<Void> start() {
        thread.start();
        return started.future();
    }

    /** Completes when the thread has ended. */
    Future<Void> stop() {
        if (!thread.isAlive()) {
            return Future.succeededFuture();
        }
        isStopped = true;
        thread.interrupt();
        return ended.future();
    }

    /** The next page, or null if it is not there yet. Feed loop. */
    TopicCursor.@Nullable Page poll() {
        return pages.poll();
    }

    private void run() {
        try {
            while (attempt()) {
                whenRenewed.run();
            }
        } catch (InterruptedException stopped) {
            LOG.debug("the topic {} is read no further", topic);
        } finally {
            ended.complete();
        }
    }

    /** Reads with one consumer until it fails. Whether another one may do better. */
    private boolean attempt() throws InterruptedException {
        long sinceNanos = System.nanoTime();
        try {
            read();
        } catch (RuntimeException e) {
            if (isStopped || (!isAway(e) && started.tryFail(e))) {
                return false;
            }
            started.tryComplete();
            if (complaints.isDue(System.nanoTime())) {
                LOG.warn("the topic {} cannot be read: {}; it is tried again", topic, reason(e));
            }
        }
        if (isStopped) {
            return false;
        }
        long waitNanos = backoff.nextNanos(
                System.nanoTime() - sinceNanos, ThreadLocalRandom.current().nextDouble());
        TimeUnit.NANOSECONDS.sleep(waitNanos);
        return true;
    }

    private void read() throws InterruptedException {
        Consumer<byte[], byte[]> consumer = consumers.get();
        started.tryComplete();
        try {
            read(consumer);
        } finally {
            // Whoever is interrupted can close nothing in good order.
            boolean isInterrupted = Thread.interrupted();
            consumer.close(CloseOptions.timeout(CLOSE));
            if (isInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void read(Consumer<byte[], byte[]> consumer) throws InterruptedException {
        while (!cursor.begin(consumer)) {
            if (complaints.isDue(System.nanoTime())) {
                LOG.warn("there is no topic {}; it is waited for", topic);
            }
            TimeUnit.MILLISECONDS.sleep(MISSING_MILLIS);
        }
        while (!isStopped) {
            TopicCursor.Page page = cursor.next(consumer);
            if (page.records().isEmpty() && page.lost() == null) {
                // Only the time of it matters; where others wait, theirs follows.
                pages.offer(page);
            } else {
                pages.put(page);
            }
        }
    }

    /** Names that do not resolve, and brokers that do not answer, may do so later. */
    private static boolean isAway(RuntimeException e) {
        return e instanceof RetriableException || reason(e).startsWith("No resolvable bootstrap urls");
    }

    /** That of its innermost cause, which says what is wrong with what. */
    static String reason(Throwable e) {
        Throwable cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage());
    }
}
