package io.depthcast.source;

import io.depthcast.book.Side;
import io.depthcast.feed.Door;
import io.depthcast.feed.Refusal;
import io.depthcast.metrics.SourceMeters;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One instrument of the exchange on one connection: its steps, its book, its trades. Feed loop only. */
final class BinanceSymbol {
    private final BinanceListing listing;
    private final Door door;
    private final BinanceBook book;
    private final SourceMeters meters;
    /** The exchange's own clock, as far as it was heard. */
    private long newestMillis;

    BinanceSymbol(BinanceListing listing, Door door, SourceMeters meters) {
        this.listing = listing;
        this.door = door;
        this.meters = meters;
        this.book = new BinanceBook(listing.symbol(), door);
    }

    BinanceListing listing() {
        return listing;
    }

    Door door() {
        return door;
    }

    /** Whether its book is the exchange's. */
    boolean isSpliced() {
        return book.isSpliced();
    }

    /** The exchange's number of what the book is at. */
    long lastUpdateId() {
        return book.lastUpdateId();
    }

    /** Null, or why the feed does not list it. */
    @Nullable
    Refusal define() {
        return counted(door.define(listing.symbol(), listing.tick(), listing.lot(), listing.status()));
    }

    BinanceBook.Next change(BinanceEvent event) {
        if (!convert(event)) {
            lose();
            return BinanceBook.Next.BEGIN_ANEW;
        }
        newestMillis = Math.max(newestMillis, event.eventMillis);
        return counted(book.change(
                event.firstUpdateId,
                event.lastUpdateId,
                event.bids.changes(),
                event.asks.changes(),
                micros(event.eventMillis)));
    }

    /** @param event the answer of REST, which says no time: it is as old as the newest change heard */
    BinanceBook.Next snapshot(BinanceEvent event) {
        if (!convert(event)) {
            return BinanceBook.Next.BEGIN_ANEW;
        }
        return counted(
                book.snapshot(event.lastUpdateId, event.bids.changes(), event.asks.changes(), micros(newestMillis)));
    }

    /** Something of it is lost, so its book is stale until there is a snapshot. */
    void lose() {
        book.lose();
    }

    private boolean convert(BinanceEvent event) {
        Refusal wrong = event.bids.convert(listing.tick(), listing.lot());
        if (wrong == null) {
            wrong = event.asks.convert(listing.tick(), listing.lot());
        }
        if (wrong != null) {
            meters.refused(wrong.code().text());
            return false;
        }
        meters.rounded(event.bids.rounded() + event.asks.rounded());
        return true;
    }

    void trade(BinanceEvent event) {
        long priceTicks = event.price.ticks(listing.tick());
        long sizeLots = event.size.lots(listing.lot());
        if (priceTicks == Decimal.NONE || sizeLots == Decimal.NONE || sizeLots == 0) {
            meters.refused((priceTicks == Decimal.NONE ? Refusal.Code.BAD_PRICE : Refusal.Code.BAD_SIZE).text());
            return;
        }
        Side taker = event.buyerIsMaker ? Side.ASK : Side.BID;
        var unused = counted(door.trade(
                listing.symbol(),
                taker,
                priceTicks,
                sizeLots,
                String.valueOf(event.tradeId),
                micros(event.tradeMillis)));
    }

    private BinanceBook.Next counted(BinanceBook.Next next) {
        var unused = counted(book.refusal());
        return next;
    }

    private @Nullable Refusal counted(@Nullable Refusal refusal) {
        if (refusal == null) {
            meters.taken();
        } else {
            meters.refused(Objects.requireNonNull(refusal).code().text());
        }
        return refusal;
    }

    private static long micros(long millis) {
        return TimeUnit.MILLISECONDS.toMicros(millis);
    }
}
