package io.depthcast.journal;

import io.depthcast.feed.Books;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What clients were told is listed. A new epoch begins with nothing, and its sources list one instrument after the other; if
 * that were handed on, everybody would lose all subscriptions. So a node says nothing of it, and is stale, until all is
 * listed again that was before, or for so long that what is missing is gone. Feed loop; time is an argument.
 */
final class Told {
    /** Longer than publishers and exchanges take to connect to a feed that has just begun. */
    static final long LISTING_NANOS = TimeUnit.SECONDS.toNanos(10);

    private @Nullable Books last;
    private long awaitedEpoch;
    private long awaitedNanos;

    /** Whether it is too early to hand on what a new epoch says. */
    boolean awaits(Books books, long nowNanos) {
        Books former = last;
        if (former == null || former.epoch() == books.epoch()) {
            return false;
        }
        if (awaitedEpoch != books.epoch()) {
            awaitedEpoch = books.epoch();
            awaitedNanos = nowNanos;
        }
        return nowNanos - awaitedNanos < LISTING_NANOS && !symbols(books).containsAll(symbols(former));
    }

    private static Set<String> symbols(Books books) {
        Set<String> symbols = new HashSet<>();
        books.listings().forEach(listing -> symbols.add(listing.symbol()));
        return symbols;
    }

    /** Hands on these; whether they are of another epoch than those before. */
    boolean tell(Books books) {
        boolean isOther = last != null && last.epoch() != books.epoch();
        last = books;
        return isOther;
    }
}
