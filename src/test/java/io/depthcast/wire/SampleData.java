package io.depthcast.wire;

import io.depthcast.book.BestBidOffer;
import io.depthcast.book.BookShapes;
import io.depthcast.book.BookUpdate;
import io.depthcast.book.Candle;
import io.depthcast.book.CandleInterval;
import io.depthcast.book.Instrument;
import io.depthcast.book.InstrumentStatus;
import io.depthcast.book.Levels;
import io.depthcast.book.Side;
import io.depthcast.book.StepSize;
import io.depthcast.book.Ticker;
import io.depthcast.book.Trade;
import io.depthcast.book.Trades;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeSet;

/** Random market data with the extremes of every range, from a seed. */
public final class SampleData {
    private static final long MAX_JSON_INTEGER = (1L << 53) - 1;
    private static final List<String> STEPS =
            List.of("0.25", "5", "0.00000001", "1", "0.1", "0.0001", "0.05", "1000", "0.000000000000000001", "0.50");
    private static final long[] EXTREMES = {0, 1, -1, 9, 10, Long.MAX_VALUE, -Long.MAX_VALUE, Long.MIN_VALUE, 1L << 53};
    private static final int[] LEVEL_COUNTS = {0, 1, 2, 20, 500};

    private final Random random;

    public SampleData(long seed) {
        this.random = new Random(seed);
    }

    public Instrument instrument() {
        int id = random.nextInt(4) == 0 ? Integer.MAX_VALUE : 1 + random.nextInt(1000);
        return instrument(id);
    }

    public Instrument instrument(int id) {
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-";
        StringBuilder symbol = new StringBuilder();
        for (int length = 1 + random.nextInt(32); length > 0; length--) {
            symbol.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return new Instrument(id, symbol.toString(), step(), step());
    }

    public List<ListedInstrument> instruments() {
        List<ListedInstrument> instruments = new ArrayList<>();
        for (int id = 1, count = random.nextInt(30); id <= count; id++) {
            instruments.add(new ListedInstrument(instrument(id), status()));
        }
        return instruments;
    }

    public BookUpdate book(Instrument instrument) {
        long previous = random.nextBoolean() ? 0 : random.nextLong(MAX_JSON_INTEGER);
        long sequence = random.nextLong(previous, MAX_JSON_INTEGER) + 1;
        int group = random.nextBoolean()
                ? BookShapes.NO_GROUP
                : BookShapes.GROUPS.get(random.nextInt(BookShapes.GROUPS.size()));
        return new BookUpdate(
                instrument.id(),
                BookShapes.DEPTHS.get(random.nextInt(BookShapes.DEPTHS.size())),
                group,
                integer(),
                previous,
                sequence,
                integer(),
                random.nextInt(),
                levels(Side.BID, group, previous > 0),
                levels(Side.ASK, group, previous > 0));
    }

    /** Best first. */
    private Levels levels(Side side, int group, boolean inDelta) {
        SortedSet<Long> ascending = new TreeSet<>();
        for (int left = LEVEL_COUNTS[random.nextInt(LEVEL_COUNTS.length)]; left > 0; left--) {
            ascending.add(ticks() / group * group);
        }
        long[] prices = new long[ascending.size()];
        long[] sizes = new long[ascending.size()];
        int rank = 0;
        for (long priceTicks : ascending) {
            prices[side == Side.ASK ? rank : prices.length - 1 - rank] = priceTicks;
            sizes[rank++] = lots();
        }
        return new Levels(prices, sizes, inDelta && random.nextBoolean() ? ticks() / group * group : 0);
    }

    public BestBidOffer bestBidOffer(Instrument instrument) {
        boolean hasBid = random.nextInt(4) > 0;
        return new BestBidOffer(
                instrument.id(),
                integer(),
                integer(),
                integer(),
                hasBid ? ticks() : 0,
                hasBid ? lots() : 0,
                ticks(),
                lots());
    }

    public Trades trades(Instrument instrument) {
        List<Trade> trades = new ArrayList<>();
        boolean named = random.nextBoolean();
        for (int left = random.nextInt(50); left > 0; left--) {
            String venueId = named && random.nextInt(4) > 0 ? venueId() : null;
            trades.add(new Trade(integer(), integer(), pick(Side.values()), ticks(), lots(), venueId));
        }
        return new Trades(instrument.id(), 7, integer(), trades);
    }

    /** Printable ASCII, with what JSON must escape. */
    private String venueId() {
        StringBuilder id = new StringBuilder();
        for (int length = 1 + random.nextInt(SbeSchema.VENUE_ID_BYTES); length > 0; length--) {
            id.append((char) (' ' + random.nextInt('~' - ' ' + 1)));
        }
        return id.toString();
    }

    public InstrumentStatus status() {
        return pick(InstrumentStatus.values());
    }

    public Candle candle(Instrument instrument) {
        CandleInterval interval = pick(CandleInterval.values());
        return new Candle(
                instrument.id(),
                interval,
                integer() / interval.micros() * interval.micros(),
                ticks(),
                ticks(),
                ticks(),
                ticks(),
                lots(),
                integer(),
                random.nextBoolean());
    }

    public Ticker ticker(Instrument instrument) {
        boolean traded = random.nextInt(3) > 0;
        boolean recently = traded && random.nextBoolean();
        return new Ticker(
                instrument.id(),
                integer(),
                traded ? price() : Ticker.NONE,
                recently ? price() : Ticker.NONE,
                recently ? price() : Ticker.NONE,
                recently ? price() : Ticker.NONE,
                recently ? lots() : 0,
                recently ? 1 + random.nextInt(1_000_000) : 0,
                bestBidOffer(instrument));
    }

    /** One that is not {@link Ticker#NONE}. */
    private long price() {
        long ticks = ticks();
        return ticks == Ticker.NONE ? 1 : ticks;
    }

    public FeedStatus feedStatus() {
        return pick(FeedStatus.values());
    }

    /** What JSON may hold without loss: times, sequences, counts. */
    public long integer() {
        return random.nextInt(5) == 0 ? MAX_JSON_INTEGER : random.nextLong(MAX_JSON_INTEGER);
    }

    private long ticks() {
        return switch (random.nextInt(4)) {
            case 0 -> EXTREMES[random.nextInt(EXTREMES.length)];
            case 1 -> random.nextLong();
            default -> random.nextInt(10_000_000);
        };
    }

    private long lots() {
        long lots = ticks();
        return lots < 0 ? ~lots : lots;
    }

    private <T> T pick(T[] values) {
        return values[random.nextInt(values.length)];
    }

    private StepSize step() {
        return StepSize.parse(STEPS.get(random.nextInt(STEPS.size())));
    }
}
