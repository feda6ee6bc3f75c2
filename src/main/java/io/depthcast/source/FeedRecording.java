package io.depthcast.source;

import io.depthcast.book.InstrumentState;
import io.depthcast.book.InstrumentStatus;
import io.depthcast.book.Levels;
import io.depthcast.book.Side;
import io.depthcast.book.TradeHistory;
import io.depthcast.feed.Books;
import io.depthcast.feed.EventBatch;
import io.depthcast.feed.FeedSnapshot;
import io.depthcast.feed.LevelChanges;
import io.depthcast.feed.Listing;
import io.depthcast.recording.DamagedRecording;
import io.depthcast.recording.RecordingReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Files of the recorder, one after the other. Rows that were one event are one again; a book that was stale is told whole
 * where it recovered, so this keeps books of its own.
 */
final class FeedRecording implements Recording {
    private final Iterator<Path> files;
    private final Queue<RecordedEvent> events = new ArrayDeque<>();
    private final LevelChanges bids = new LevelChanges();
    private final LevelChanges asks = new LevelChanges();
    /** By id. */
    private final Map<Integer, Listing> listings = new HashMap<>();

    /** Ids of those that are listed, and have had no level since. */
    private final Set<Integer> untold = new HashSet<>();

    private @Nullable RecordingReader reader;
    private Books books = Books.of(0, 0);
    private boolean isState;
    private long readBytes;

    FeedRecording(List<Path> files) {
        this.files = files.iterator();
    }

    @Override
    public @Nullable RecordedEvent next() throws IOException {
        while (events.isEmpty()) {
            RecordingReader from = reader == null ? open() : reader;
            if (from == null) {
                return null;
            }
            EventBatch batch = from.next();
            if (batch == null) {
                endState();
                readBytes += from.position();
                from.close();
                reader = null;
            } else {
                take(batch, from);
            }
        }
        return events.poll();
    }

    private @Nullable RecordingReader open() throws IOException {
        if (!files.hasNext()) {
            return null;
        }
        RecordingReader next = new RecordingReader(files.next());
        reader = next;
        books = Books.of(next.epoch(), next.sequence());
        listings.clear();
        untold.clear();
        isState = true;
        return next;
    }

    private void take(EventBatch batch, RecordingReader from) throws DamagedRecording {
        if (batch.previous() == from.stateSequence()) {
            endState();
        }
        // As a whole, before it is told: who needs a whole book gets that after the batch, and sizes told again are the
        // same.
        apply(books, batch, from);
        int before = events.size();
        int i = 0;
        while (i < batch.count()) {
            i = batch.kind(i).isLevel() ? levels(batch, i) : row(batch, i);
        }
        if (events.size() == before) {
            add("", new RecordedEvent.Heartbeat(), batch, batch.wallMicros());
        }
    }

    private void endState() {
        if (isState) {
            isState = false;
            TreeSet<String> symbols = new TreeSet<>();
            listings.values()
                    .forEach(listing -> symbols.add(listing.instrument().symbol()));
            events.add(new RecordedEvent("", new RecordedEvent.Listed(symbols), 0, 0));
        }
    }

    static void apply(Books books, EventBatch batch, RecordingReader from) throws DamagedRecording {
        try {
            if (books.apply(batch) != Books.Applied.GAP) {
                return;
            }
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw from.damaged("rows that no feed tells: " + e.getMessage());
        }
        throw from.damaged("rows before it are missing");
    }

    /** Levels of one instrument and time; the row after them. */
    private int levels(EventBatch batch, int first) {
        int id = batch.instrumentId(first);
        bids.clear();
        asks.clear();
        int i = first;
        while (i < batch.count()
                && batch.kind(i).isLevel()
                && batch.instrumentId(i) == id
                && batch.timeMicros(i) == batch.timeMicros(first)) {
            (batch.kind(i).side() == Side.BID ? bids : asks).add(batch.priceTicks(i), batch.sizeLots(i));
            i++;
        }
        Listing listing = listings.get(id);
        if (listing == null || listing.status() == InstrumentStatus.STALE) {
            return i;
        }
        if (untold.remove(id)) {
            whole(listing, batch, batch.timeMicros(first));
        } else if (!isState) {
            RecordedEvent.Levels levels =
                    new RecordedEvent.Levels(false, RecordedEvent.pairs(bids), RecordedEvent.pairs(asks));
            add(listing, levels, batch, batch.timeMicros(first));
        }
        return i;
    }

    private int row(EventBatch batch, int i) {
        if (batch.kind(i) == EventBatch.Kind.DEFINE) {
            define(batch.listing(i), batch, i);
            return i + 1;
        }
        Listing listing = batch.kind(i) == EventBatch.Kind.TIME ? null : listings.get(batch.instrumentId(i));
        if (listing != null) {
            switch (batch.kind(i)) {
                case STATUS -> status(listing, batch.status(i), batch, i);
                case REMOVE -> {
                    listings.remove(listing.id());
                    untold.remove(listing.id());
                    add(listing, new RecordedEvent.Remove(), batch, batch.timeMicros(i));
                }
                default ->
                    add(
                            listing,
                            new RecordedEvent.Print(
                                    batch.kind(i).side(), batch.priceTicks(i), batch.sizeLots(i), batch.venueId(i)),
                            batch,
                            batch.timeMicros(i));
            }
        }
        return i + 1;
    }

    private void define(Listing listing, EventBatch batch, int i) {
        Listing former = listings.put(listing.id(), listing);
        boolean isStale = listing.status() == InstrumentStatus.STALE;
        add(
                listing,
                new RecordedEvent.Define(
                        listing.instrument().tickSize(),
                        listing.instrument().lotSize(),
                        isStale ? InstrumentStatus.OPEN : listing.status(),
                        listing.source(),
                        history(batch, i)),
                batch,
                batch.timeMicros(i));
        if (former == null || !former.hasStepsOf(listing.instrument())) {
            untold.add(listing.id());
        }
        // Of a state the row has the time of the book; elsewhere that of the gateway, which its levels may be before.
        if ((isState || isStale) && untold.remove(listing.id())) {
            whole(listing, batch, batch.timeMicros(i));
        }
        if (isStale) {
            add(listing, new RecordedEvent.Stale(), batch, batch.timeMicros(i));
        }
    }

    /** What was traded before; if only the number of that is known, no more than it. */
    private static @Nullable TradeHistory history(EventBatch batch, int i) {
        TradeHistory history = batch.history(i);
        return history == null && batch.tradeId(i) > 0 ? TradeHistory.after(batch.tradeId(i)) : history;
    }

    private void status(Listing listing, InstrumentStatus status, EventBatch batch, int i) {
        listings.put(listing.id(), listing.with(status));
        if (status == InstrumentStatus.STALE) {
            add(listing, new RecordedEvent.Stale(), batch, batch.timeMicros(i));
            return;
        }
        add(listing, new RecordedEvent.Status(status), batch, batch.timeMicros(i));
        if (listing.status() == InstrumentStatus.STALE) {
            untold.remove(listing.id());
            whole(listing, batch, recoveredMicros(batch, i));
        }
    }

    /** When a book was told whole that was stale until that row: the row itself has the gateway's time. */
    private long recoveredMicros(EventBatch batch, int row) {
        for (int i = row - 1; i >= 0; i--) {
            if (batch.kind(i).isLevel() && batch.instrumentId(i) == batch.instrumentId(row)) {
                return batch.timeMicros(i);
            }
        }
        FeedSnapshot.Book book = books.book(batch.instrumentId(row));
        return book == null ? batch.timeMicros(row) : book.newestMicros();
    }

    private void whole(Listing listing, EventBatch batch, long timeMicros) {
        // None if it is removed in the same batch.
        InstrumentState state = books.state(listing.id());
        RecordedEvent.Levels levels = new RecordedEvent.Levels(
                true,
                pairs(bids, state == null ? Levels.NONE : state.levels(Side.BID)),
                pairs(asks, state == null ? Levels.NONE : state.levels(Side.ASK)));
        add(listing, levels, batch, timeMicros);
    }

    private static RecordedEvent.Pairs pairs(LevelChanges into, Levels side) {
        into.clear();
        for (int i = 0; i < side.count(); i++) {
            into.add(side.priceTicks(i), side.sizeLots(i));
        }
        return RecordedEvent.pairs(into);
    }

    private void add(Listing of, RecordedEvent.What what, EventBatch batch, long timeMicros) {
        add(of.instrument().symbol(), what, batch, timeMicros);
    }

    private void add(String symbol, RecordedEvent.What what, EventBatch batch, long timeMicros) {
        events.add(new RecordedEvent(symbol, what, batch.wallMicros(), timeMicros));
    }

    @Override
    public long position() {
        return readBytes + (reader == null ? 0 : reader.position());
    }

    @Override
    public void close() throws IOException {
        if (reader != null) {
            reader.close();
        }
    }
}
