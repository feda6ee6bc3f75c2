package io.depthcast.market;

import io.depthcast.book.Instrument;
import io.depthcast.book.Side;
import io.depthcast.feed.EventBatch;
import io.depthcast.feed.FeedSnapshot;
import io.depthcast.feed.MarketFeed;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A market that is made up, the same for the same seed: {@link SimulatedMarket} against the clock.
 *
 * <p>Event number 1 is the opening: the books as they stand before the first change. It is in no batch; a reader gets it
 * with {@link #snapshot()}, as one who comes later gets the books of that moment. The first batch begins with number 2.
 *
 * <p>What comes out and at which offset from the start does not depend on how often it is polled. A poll yields at most
 * about {@value #MAX_EVENTS_PER_POLL} events and the next one goes on from there. A caller who stays away for longer than
 * {@value #MAX_BACKLOG_EVENTS} events take finds that the market stood still for the time beyond: the events that
 * were to come then come later, none is left out.
 */
public final class SimulatedFeed implements MarketFeed {
    private static final int MAX_EVENTS_PER_POLL = 50_000;
    private static final int MAX_BACKLOG_EVENTS = 100_000;
    private static final long OPENING_SEQUENCE = 1;
    private static final long MICROS_PER_SECOND = 1_000_000;

    private final long epochMicros;
    private final long maxBacklogMicros;
    private final SimulatedMarket market;
    private final List<Instrument> instruments;
    private final PacedClock clock;
    private final EventWriter writer;

    private long sequence = OPENING_SEQUENCE;
    private long timeMicros;
    private long stoodStillMicros;
    private int nextIndex;

    /** @param epochMicros when the market opens, microseconds since 1970 */
    public SimulatedFeed(FeedSettings settings, long epochMicros) {
        this.epochMicros = epochMicros;
        this.timeMicros = epochMicros;
        this.maxBacklogMicros = MAX_BACKLOG_EVENTS * MICROS_PER_SECOND / settings.eventsPerSecond();
        this.market = new SimulatedMarket(settings.seed(), settings.instruments());
        this.instruments = market.instruments();
        this.clock = new PacedClock(settings.eventsPerSecond());
        this.writer = new EventWriter(epochMicros);
        drawNext();
    }

    @Override
    public List<Instrument> instruments() {
        return instruments;
    }

    @Override
    public long epoch() {
        return epochMicros;
    }

    @Override
    public @Nullable EventBatch poll(long nowMicros, long nowNanos) {
        stoodStillMicros += Math.max(0, nowMicros - dueMicros() - maxBacklogMicros);
        writer.begin(sequence + 1);
        while (dueMicros() <= nowMicros && writer.count() < MAX_EVENTS_PER_POLL) {
            writer.at(dueMicros());
            int before = writer.count();
            market.act(nextIndex, writer);
            if (writer.count() > before) {
                timeMicros = dueMicros();
                sequence += writer.count() - before;
            }
            drawNext();
        }
        return writer.count() == 0 ? null : writer.end(nowNanos);
    }

    @Override
    public FeedSnapshot snapshot() {
        List<FeedSnapshot.Book> books = new ArrayList<>(instruments.size());
        for (int i = 0; i < instruments.size(); i++) {
            LimitOrderBook book = market.book(i);
            books.add(new FeedSnapshot.Book(
                    instruments.get(i),
                    book.side(Side.BID).toLevels(),
                    book.side(Side.ASK).toLevels(),
                    book.lastTradeId()));
        }
        return new FeedSnapshot(epochMicros, sequence, timeMicros, List.copyOf(books));
    }

    /** For whoever measures the market; the n-th instrument's, counted from 0. */
    LimitOrderBook book(int index) {
        return market.book(index);
    }

    private long dueMicros() {
        return epochMicros + stoodStillMicros + clock.micros();
    }

    private void drawNext() {
        double before = market.seconds();
        nextIndex = market.nextArrival();
        clock.advance(market.seconds() - before, sequence - OPENING_SEQUENCE);
    }
}
