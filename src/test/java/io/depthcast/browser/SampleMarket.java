package io.depthcast.browser;

import io.depthcast.book.Instrument;
import io.depthcast.book.InstrumentState;
import io.depthcast.feed.EventBatch;
import io.depthcast.feed.FeedSettings;
import io.depthcast.feed.FeedSnapshot;
import io.depthcast.feed.SimulatedFeed;
import java.util.ArrayList;
import java.util.List;

/** The simulated market from a seed, applied to all that is streamed of it; time moves by hand. */
final class SampleMarket {
    private static final long START_MICROS = 1_795_363_200_000_000L;

    private final SimulatedFeed feed;
    private final List<InstrumentState> states = new ArrayList<>();
    private long nowMicros = START_MICROS;

    SampleMarket(long seed) {
        feed = new SimulatedFeed(
                new FeedSettings(FeedSettings.SIMULATED, seed, FeedSettings.DEFAULT_EVENTS_PER_SECOND), START_MICROS);
        FeedSnapshot opening = feed.snapshot();
        for (FeedSnapshot.Book book : opening.books()) {
            InstrumentState state = new InstrumentState(book.instrument());
            state.replace(
                    opening.epoch(),
                    opening.sequence(),
                    opening.timeMicros(),
                    book.bids(),
                    book.asks(),
                    book.lastTradeId());
            states.add(state);
        }
    }

    long epoch() {
        return feed.epoch();
    }

    List<Instrument> instruments() {
        return feed.instruments();
    }

    List<InstrumentState> states() {
        return states;
    }

    InstrumentState state(int instrumentId) {
        return states.stream()
                .filter(state -> state.instrument().id() == instrumentId)
                .findFirst()
                .orElseThrow();
    }

    void advanceMillis(int millis) {
        nowMicros += millis * 1_000L;
        EventBatch batch = feed.poll(nowMicros, 0);
        for (int i = 0; batch != null && i < batch.count(); i++) {
            apply(batch, i);
        }
    }

    private void apply(EventBatch batch, int i) {
        InstrumentState state = state(batch.instrumentId(i));
        long sequence = batch.firstSequence() + i;
        EventBatch.Kind kind = batch.kind(i);
        if (kind.isTrade()) {
            state.applyTrade(
                    kind.side(),
                    batch.priceTicks(i),
                    batch.sizeLots(i),
                    batch.tradeId(i),
                    sequence,
                    batch.timeMicros(i));
        } else {
            state.applyLevel(kind.side(), batch.priceTicks(i), batch.sizeLots(i), sequence, batch.timeMicros(i));
        }
    }
}
