package io.depthcast.bench;

import io.depthcast.book.BookUpdate;
import io.depthcast.book.Instrument;
import io.depthcast.book.InstrumentState;
import io.depthcast.book.Versioned;
import io.depthcast.feed.EventBatch;
import io.depthcast.feed.FeedSnapshot;
import io.depthcast.market.FeedSettings;
import io.depthcast.market.SimulatedFeed;
import io.depthcast.wire.Form;
import io.depthcast.wire.Frame;
import io.depthcast.wire.FrameEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The books of the simulated market in simulated time: what a shard would tell at each flush, the same in every run. */
final class SimulatedBooks {
    static final int DEPTH = 25;
    private static final long EPOCH_MICROS = 1_795_363_200_000_000L;

    /** What one book has to tell at a flush. */
    record Change(Instrument instrument, BookUpdate update, long sentMicros) {
        int levels() {
            return update.bids().count() + update.asks().count();
        }

        /** The change as a frame in every form, owned by the caller. */
        Frame frame(FrameEncoder encoder) {
            return frame(encoder, Form.ALL_OF_OURS);
        }

        /** The same in some forms, as bits. */
        Frame frame(FrameEncoder encoder, int forms) {
            return encoder.encode(
                    update.epoch(),
                    update.sequence(),
                    forms,
                    (encoding, out) -> encoding.encode(update, instrument, sentMicros, out));
        }
    }

    private final SimulatedFeed feed;
    private final List<InstrumentState> states = new ArrayList<>();
    private final long[] heldVersions;
    private final long flushMicros;
    private long nowMicros = EPOCH_MICROS;

    SimulatedBooks(FeedSettings settings, int flushMillis) {
        feed = new SimulatedFeed(settings, EPOCH_MICROS);
        flushMicros = TimeUnit.MILLISECONDS.toMicros(flushMillis);
        FeedSnapshot opening = feed.snapshot();
        for (FeedSnapshot.Book book : opening.books()) {
            InstrumentState state = new InstrumentState(book.instrument());
            state.replace(opening.epoch(), opening.sequence(), book.state());
            states.add(state);
        }
        heldVersions = new long[states.size()];
        for (int i = 0; i < heldVersions.length; i++) {
            heldVersions[i] = book(i).version();
        }
    }

    /** Lets the time of one flush go by; the changes of the first so many instruments. */
    List<Change> flush(int instruments) {
        nowMicros += flushMicros;
        @Nullable EventBatch batch = feed.poll(nowMicros, 0);
        if (batch != null) {
            apply(batch);
        }
        List<Change> changes = new ArrayList<>();
        for (int i = 0; i < Math.min(instruments, states.size()); i++) {
            @Nullable BookUpdate update = book(i).since(EPOCH_MICROS, heldVersions[i]);
            if (update != null) {
                heldVersions[i] = update.sequence();
                changes.add(new Change(states.get(i).instrument(), update, nowMicros));
            }
        }
        return changes;
    }

    /** Every book as it is now, for somebody who holds nothing. */
    List<Change> snapshots(int depth) {
        List<Change> snapshots = new ArrayList<>();
        for (InstrumentState state : states) {
            @Nullable BookUpdate snapshot = state.book(depth).since(0, 0);
            if (snapshot != null) {
                snapshots.add(new Change(state.instrument(), snapshot, nowMicros));
            }
        }
        return snapshots;
    }

    int instruments() {
        return states.size();
    }

    private Versioned<BookUpdate> book(int index) {
        return states.get(index).book(DEPTH);
    }

    private void apply(EventBatch batch) {
        for (int i = 0; i < batch.count(); i++) {
            EventBatch.Kind kind = batch.kind(i);
            if (kind.isLevel()) {
                states.get(batch.instrumentId(i) - 1)
                        .applyLevel(
                                kind.side(),
                                batch.priceTicks(i),
                                batch.sizeLots(i),
                                batch.firstSequence() + i,
                                batch.timeMicros(i));
            }
        }
    }
}
