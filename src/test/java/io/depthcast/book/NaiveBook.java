package io.depthcast.book;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/** An order book without any cleverness, which remembers every state of every view. */
final class NaiveBook {
    final int instrumentId;
    private final int group;
    final SortedMap<Long, Long> bids = new TreeMap<>(Comparator.reverseOrder());
    final SortedMap<Long, Long> asks = new TreeMap<>(Comparator.naturalOrder());
    private final Map<Integer, View> views = new TreeMap<>();
    private long epoch;

    private long start;

    long sequence;
    /** Of the last event that changed any level, in whatever depth. */
    private long changedSequence;

    /** One depth of both sides. */
    static final class View {
        final NaiveSide bids;
        final NaiveSide asks;
        long version;
        private long timeMicros;

        /** The book's sequence before the last gap in which this view changed, and after it. */
        private long gapAfter;

        private long gapUntil;

        View(int depth) {
            bids = new NaiveSide(depth);
            asks = new NaiveSide(depth);
        }
    }

    NaiveBook(int instrumentId) {
        this(instrumentId, BookShapes.NO_GROUP);
    }

    /** @param group told in its updates; the prices given to it are multiples already */
    NaiveBook(int instrumentId, int group) {
        this.instrumentId = instrumentId;
        this.group = group;
    }

    View view(int depth) {
        return views.get(depth);
    }

    void apply(Side side, long priceTicks, long sizeLots, long eventSequence, long timeMicros) {
        sequence = eventSequence;
        SortedMap<Long, Long> levels = side == Side.BID ? bids : asks;
        if (levels.getOrDefault(priceTicks, 0L) != sizeLots) {
            changedSequence = eventSequence;
        }
        if (sizeLots == 0) {
            levels.remove(priceTicks);
        } else {
            levels.put(priceTicks, sizeLots);
        }
        remember(timeMicros);
    }

    void replace(long newEpoch, long newSequence, long timeMicros, Levels newBids, Levels newAsks) {
        fill(bids, newBids);
        fill(asks, newAsks);
        if (newEpoch != epoch) {
            epoch = newEpoch;
            for (int depth : new int[] {1, 10, 25, 100, 500}) {
                View view = new View(depth);
                view.version = newSequence;
                view.timeMicros = timeMicros;
                views.put(depth, view);
            }
            start = newSequence;
            sequence = newSequence;
            changedSequence = newSequence;
        }
        long before = changedSequence;
        changedSequence = newSequence;
        sequence = newSequence;
        remember(timeMicros);
        for (View view : views.values()) {
            if (view.version > before) {
                view.gapAfter = before;
                view.gapUntil = newSequence;
            }
        }
    }

    /** The exact answer of a book whose tombstones reach back to the start of the epoch. */
    @Nullable
    BookUpdate since(int depth, long heldVersion) {
        View view = views.get(depth);
        if (heldVersion == view.version) {
            return null;
        }
        boolean unknown = heldVersion < Math.max(1, start) || heldVersion > view.version || isInGap(view, heldVersion);
        if (unknown) {
            return snapshot(depth);
        }
        Levels changedBids = view.bids.since(heldVersion);
        Levels changedAsks = view.asks.since(heldVersion);
        int size = view.bids.now().size() + view.asks.now().size();
        return changedBids.count() + changedAsks.count() > size
                ? snapshot(depth)
                : update(depth, heldVersion, changedBids, changedAsks);
    }

    BookUpdate snapshot(int depth) {
        View view = views.get(depth);
        return update(depth, 0, NaiveSide.levels(view.bids.now()), NaiveSide.levels(view.asks.now()));
    }

    BestBidOffer best() {
        View view = views.get(1);
        Levels bid = NaiveSide.levels(view.bids.now());
        Levels ask = NaiveSide.levels(view.asks.now());
        return new BestBidOffer(
                instrumentId,
                epoch,
                view.version,
                view.timeMicros,
                bid.count() == 0 ? 0 : bid.priceTicks(0),
                bid.count() == 0 ? 0 : bid.sizeLots(0),
                ask.count() == 0 ? 0 : ask.priceTicks(0),
                ask.count() == 0 ? 0 : ask.sizeLots(0));
    }

    private BookUpdate update(int depth, long previous, Levels bidLevels, Levels askLevels) {
        View view = views.get(depth);
        return new BookUpdate(
                instrumentId,
                depth,
                group,
                epoch,
                previous,
                view.version,
                view.timeMicros,
                checksum(),
                bidLevels,
                askLevels);
    }

    private static boolean isInGap(View view, long version) {
        return version > view.gapAfter && version < view.gapUntil;
    }

    private void remember(long timeMicros) {
        for (View view : views.values()) {
            boolean bidsChanged = view.bids.remember(sequence, bids);
            boolean asksChanged = view.asks.remember(sequence, asks);
            if (bidsChanged || asksChanged) {
                view.version = sequence;
                view.timeMicros = timeMicros;
            }
        }
    }

    private int checksum() {
        ByteBuffer bytes = ByteBuffer.allocate(320).order(ByteOrder.LITTLE_ENDIAN);
        for (SortedMap<Long, Long> side : List.of(asks, bids)) {
            side.entrySet().stream().limit(10).forEach(level -> bytes.putLong(level.getKey())
                    .putLong(level.getValue()));
        }
        CRC32 crc = new CRC32();
        crc.update(bytes.array(), 0, bytes.position());
        return (int) crc.getValue();
    }

    private static void fill(SortedMap<Long, Long> side, Levels levels) {
        side.clear();
        for (int i = 0; i < levels.count(); i++) {
            side.put(levels.priceTicks(i), levels.sizeLots(i));
        }
    }
}
