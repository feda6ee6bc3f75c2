package io.depthcast.market;

import io.depthcast.book.Instrument;
import io.depthcast.book.InstrumentStatus;
import io.depthcast.book.Levels;
import io.depthcast.book.Side;
import io.depthcast.feed.Door;
import io.depthcast.feed.LevelChanges;
import io.depthcast.feed.Source;
import java.util.List;

/**
 * A market that is made up, the same for the same seed: {@link SimulatedMarket} against the clock. Opens with all books
 * told whole.
 *
 * <p>What comes out and at which offset from the start does not depend on how often it is polled. A poll yields at most
 * about as much as the door has room for, and the next one goes on from there. A caller who stays away for longer than
 * {@value #MAX_BACKLOG_EVENTS} events take finds that the market stood still for the time beyond: the events that
 * were to come then come later, none is left out.
 */
public final class SimulatedSource implements Source {
    private static final int MAX_BACKLOG_EVENTS = 100_000;
    private static final long MICROS_PER_SECOND = 1_000_000;
    /** For the opening. */
    private static final long MAX_WAIT_MICROS = MICROS_PER_SECOND;

    private final long openingMicros;
    private final long maxBacklogMicros;
    private final SimulatedMarket market;
    private final List<Instrument> instruments;
    private final PacedClock clock;
    private final EventWriter writer;

    private boolean open;
    private long stoodStillMicros;
    private int nextIndex;

    /**
     * @param openingMicros when the market opens, microseconds since 1970; if that is more than a second ahead of the first poll,
     *     it opens then
     */
    public SimulatedSource(FeedSettings settings, long openingMicros) {
        this.openingMicros = openingMicros;
        this.maxBacklogMicros = MAX_BACKLOG_EVENTS * MICROS_PER_SECOND / settings.eventsPerSecond();
        this.market = new SimulatedMarket(settings.seed(), settings.instruments());
        this.instruments = market.instruments();
        this.clock = new PacedClock(settings.eventsPerSecond());
        this.writer = new EventWriter(instruments);
        drawNext();
    }

    @Override
    public String name() {
        return "simulated";
    }

    @Override
    public void poll(Door door, long nowMicros, long nowNanos) {
        writer.to(door);
        if (!open) {
            open = true;
            // A feed that takes over goes on in an epoch of another's clock, which may be ahead of this one.
            stoodStillMicros = openingMicros - nowMicros > MAX_WAIT_MICROS ? nowMicros - openingMicros : 0;
            openBooks(door, openingMicros + stoodStillMicros);
        }
        stoodStillMicros += Math.max(0, nowMicros - dueMicros() - maxBacklogMicros);
        while (dueMicros() <= nowMicros && door.hasRoom()) {
            writer.at(dueMicros());
            market.act(nextIndex, writer);
            writer.flush();
            drawNext();
        }
        // At low rates it has nothing to tell for long.
        door.heartbeat();
    }

    private void openBooks(Door door, long timeMicros) {
        LevelChanges bids = new LevelChanges();
        LevelChanges asks = new LevelChanges();
        for (int i = 0; i < instruments.size(); i++) {
            Instrument instrument = instruments.get(i);
            EventWriter.check(door.define(
                    instrument.symbol(), instrument.tickSize(), instrument.lotSize(), InstrumentStatus.OPEN));
            fill(bids, market.book(i).side(Side.BID).toLevels());
            fill(asks, market.book(i).side(Side.ASK).toLevels());
            EventWriter.check(door.snapshot(instrument.symbol(), bids, asks, timeMicros));
        }
    }

    private static void fill(LevelChanges changes, Levels levels) {
        changes.clear();
        for (int i = 0; i < levels.count(); i++) {
            changes.add(levels.priceTicks(i), levels.sizeLots(i));
        }
    }

    /** In the order in which they are defined. */
    List<Instrument> instruments() {
        return instruments;
    }

    /** For whoever measures the market; the n-th instrument's, counted from 0. */
    LimitOrderBook book(int index) {
        return market.book(index);
    }

    private long dueMicros() {
        return openingMicros + stoodStillMicros + clock.micros();
    }

    private void drawNext() {
        double before = market.seconds();
        nextIndex = market.nextArrival();
        clock.advance(market.seconds() - before, writer.events());
    }
}
