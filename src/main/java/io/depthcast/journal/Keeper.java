package io.depthcast.journal;

import io.depthcast.feed.Books;
import io.depthcast.feed.FeedSnapshot;
import io.depthcast.feed.Listing;
import io.depthcast.feed.LogPlace;
import io.depthcast.feed.LogState;
import io.depthcast.feed.StateEncoder;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the states of all instruments beside the log, in rounds, for those who join: each as it is at the place up to which
 * the log has been read, so that it is right whoever writes it. Feed loop; time is an argument.
 */
final class Keeper {
    /** Between the beginnings of two rounds; what a joiner has to read of the log. */
    private static final long ROUND_NANOS = TimeUnit.SECONDS.toNanos(10);
    /** What is written of states: little beside what a broker takes. */
    private static final long BYTES_PER_SECOND = 4_000_000;

    private final Follower follower;
    private final Journal journal;
    private final Consumer<Runnable> loop;
    private final StateEncoder encoder = new StateEncoder();
    private final Deque<Listing> due = new ArrayDeque<>();
    /** Symbols that have a state. */
    private Set<String> kept;

    private Set<String> written = new HashSet<>();
    private @Nullable LogPlace roundFrom;
    private long roundNanos;
    private long busyUntilNanos;
    private int unanswered;
    private boolean failed;
    private boolean began;

    /**
     * @param kept symbols that have a state now
     * @param loop runs something on the feed loop, soon
     */
    Keeper(Follower follower, Journal journal, Set<String> kept, Consumer<Runnable> loop) {
        this.follower = follower;
        this.journal = journal;
        this.kept = new HashSet<>(kept);
        this.loop = loop;
        this.kept.remove(LogState.ROUND);
    }

    /** Writes what is due. */
    void tick(long nowNanos) {
        Books books = follower.books();
        if (books == null || !books.isWhole()) {
            return;
        }
        if (roundFrom == null && (!began || nowNanos - roundNanos >= ROUND_NANOS)) {
            begin(books, nowNanos);
        }
        while (!due.isEmpty() && nowNanos - busyUntilNanos >= 0) {
            write(books, due.remove(), nowNanos);
        }
        if (roundFrom != null && due.isEmpty() && unanswered == 0) {
            end(roundFrom);
        }
    }

    private void begin(Books books, long nowNanos) {
        began = true;
        failed = false;
        roundFrom = follower.place();
        roundNanos = nowNanos;
        busyUntilNanos = nowNanos;
        written = new HashSet<>();
        due.addAll(books.listings());
    }

    private void write(Books books, Listing listing, long nowNanos) {
        FeedSnapshot.Book book = books.book(listing.id());
        if (book == null) {
            return;
        }
        byte[] bytes = encoder.encode(new LogState(follower.place(), book));
        busyUntilNanos = nowNanos + bytes.length * TimeUnit.SECONDS.toNanos(1) / BYTES_PER_SECOND;
        written.add(listing.symbol());
        keep(listing.symbol(), bytes);
    }

    /** Only now, when every state is written for good, may a joiner rely on them. */
    private void end(LogPlace from) {
        roundFrom = null;
        if (failed) {
            return;
        }
        keep(LogState.ROUND, encoder.encode(new LogState(from, null)));
        for (String symbol : kept) {
            if (!written.contains(symbol)) {
                keep(symbol, null);
            }
        }
        kept = written;
    }

    private void keep(String key, byte @Nullable [] bytes) {
        unanswered++;
        journal.keep(
                key,
                bytes,
                failure -> loop.accept(() -> {
                    unanswered--;
                    failed |= failure != null;
                }));
    }
}
