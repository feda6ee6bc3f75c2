package io.depthcast.browser;

import io.depthcast.book.Instrument;
import io.depthcast.book.InstrumentState;
import io.depthcast.book.Side;
import io.depthcast.market.FeedSettings;
import io.depthcast.market.SimulatedFeed;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Random events of the simulated market's instruments, applied to all that is streamed of them. */
final class SampleMarket {
    static final long EPOCH_MICROS = 1_795_363_200_000_000L;
    private static final int MIDDLE_TICKS = 50_000;
    private static final int WIDTH_TICKS = 60;
    private static final int MAX_LOTS = 1_000_000;
    private static final int REMOVAL_ODDS = 3;
    private static final int NAMELESS_ODDS = 3;
    private static final int LONGEST_VENUE_ID = 36;

    private final SplittableRandom random;
    private final List<InstrumentState> states;
    private long sequence = 1;
    private long tradeId;

    SampleMarket(long seed) {
        random = new SplittableRandom(seed);
        states = new SimulatedFeed(FeedSettings.DEFAULTS, EPOCH_MICROS)
                .instruments().stream().map(InstrumentState::new).toList();
        states.forEach(state -> state.startFrom(state.instrument(), EPOCH_MICROS, sequence, EPOCH_MICROS, 0));
    }

    List<InstrumentState> states() {
        return states;
    }

    List<Instrument> instruments() {
        return states.stream().map(InstrumentState::instrument).toList();
    }

    /** Lets that many things happen to every instrument. */
    void happen(int events) {
        for (int i = 0; i < events; i++) {
            tradeId++;
            states.forEach(this::happenTo);
        }
    }

    private void happenTo(InstrumentState state) {
        sequence++;
        Side side = random.nextBoolean() ? Side.BID : Side.ASK;
        int distance = 1 + random.nextInt(WIDTH_TICKS);
        long priceTicks = side == Side.BID ? MIDDLE_TICKS - distance : MIDDLE_TICKS + distance;
        long timeMicros = EPOCH_MICROS + sequence;
        long sizeLots = random.nextInt(REMOVAL_ODDS) == 0 ? 0 : 1 + random.nextInt(MAX_LOTS);
        state.applyLevel(side, priceTicks, sizeLots, sequence, timeMicros);
        state.applyTrade(
                side, priceTicks, 1 + random.nextInt(MAX_LOTS), tradeId, venueId(state), ++sequence, timeMicros);
    }

    /** Some venues name no trade, the others most. */
    private @Nullable String venueId(InstrumentState state) {
        boolean named = state.instrument().id() % NAMELESS_ODDS != 0 && random.nextInt(NAMELESS_ODDS) != 0;
        return named ? "x".repeat(random.nextInt(LONGEST_VENUE_ID)) + random.nextInt(10) : null;
    }
}
