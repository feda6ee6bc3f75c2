package io.depthcast.journal;

import io.depthcast.journal.JournalReader.Kept;
import io.depthcast.journal.NodeLoop.Next;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits for the log on a thread of its own, so that no loop does, and hands what it reads to the feed loop bit by bit. */
final class ReaderThread {
    private static final Logger LOG = LoggerFactory.getLogger(ReaderThread.class);
    private static final int POLL_MILLIS = 100;
    private static final int REST_MILLIS = 500;
    private static final int CLOSE_MILLIS = 3_000;

    private final Journal journal;
    private final NodeLoop node;
    private final Consumer<Runnable> loop;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "journal-reader");

    /** @param loop runs something on the feed loop, soon */
    ReaderThread(Journal journal, NodeLoop node, Consumer<Runnable> loop) {
        this.journal = journal;
        this.node = node;
        this.loop = loop;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Has it end; what it has handed on may still be taken in. Any thread. */
    void close() {
        closed.countDown();
        thread.interrupt();
    }

    /** Waits until it has ended; not on the feed loop. */
    void join() throws InterruptedException {
        thread.join(CLOSE_MILLIS);
    }

    private void run() {
        try (JournalReader reader = journal.reader()) {
            while (!isClosed()) {
                Next next = follow(reader);
                if (next == Next.JOIN_LATER) {
                    rest();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | RuntimeException e) {
            if (!isClosed()) {
                LOG.error("the log is followed no more", e);
                unreachable("the reader failed: " + e.getMessage());
            }
        }
    }

    private boolean isClosed() {
        return closed.getCount() == 0;
    }

    private void rest() throws InterruptedException {
        var unused = closed.await(REST_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Joins, and reads until it has to join again. */
    private Next follow(JournalReader reader) throws InterruptedException, ExecutionException {
        Kept kept = reader.kept();
        if (kept instanceof Kept.Unreachable unreachable) {
            unreachable(unreachable.reason());
            return Next.JOIN_LATER;
        }
        Kept.States states = (Kept.States) kept;
        long from = onLoop(at -> at.join(states, System.nanoTime())).get();
        if (from < 0) {
            return Next.JOIN_LATER;
        }
        reader.seek(from);
        Next next = Next.READ;
        while (next == Next.READ && !isClosed()) {
            JournalReader.Polled polled = reader.poll(POLL_MILLIS);
            next = onLoop(at -> at.take(polled, System.nanoTime())).get();
        }
        return next;
    }

    private void unreachable(String reason) {
        loop.accept(() -> node.unreachable(reason));
    }

    private <T> CompletableFuture<T> onLoop(Function<NodeLoop, T> action) {
        CompletableFuture<T> done = new CompletableFuture<>();
        loop.accept(() -> {
            try {
                done.complete(action.apply(node));
            } catch (RuntimeException | Error e) {
                done.completeExceptionally(e);
            }
        });
        return done;
    }
}
