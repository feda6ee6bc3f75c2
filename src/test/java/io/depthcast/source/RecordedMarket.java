package io.depthcast.source;

import io.depthcast.book.CandleHistory;
import io.depthcast.book.InstrumentState;
import io.depthcast.book.InstrumentStatus;
import io.depthcast.book.Levels;
import io.depthcast.book.Side;
import io.depthcast.book.StepSize;
import io.depthcast.book.TradeHistory;
import io.depthcast.feed.Books;
import io.depthcast.feed.Door;
import io.depthcast.feed.EventBatch;
import io.depthcast.feed.FeedSnapshot;
import io.depthcast.feed.Intake;
import io.depthcast.feed.IntakeListener;
import io.depthcast.feed.LevelChanges;
import io.depthcast.feed.Listing;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.LongStream;

/** Two random sources before an intake, with all that they may do, and what the books are after each batch. */
public final class RecordedMarket {
    public static final long EPOCH = 1_795_363_200_000_000L;

    private static final List<String> SYMBOLS = List.of("ACME", "BOLT", "CRAB", "DUNE");
    private static final List<StepSize> STEPS = List.of(StepSize.parse("0.01"), StepSize.parse("0.1"));
    private static final InstrumentStatus[] STATUSES = {
        InstrumentStatus.OPEN, InstrumentStatus.HALTED, InstrumentStatus.AUCTION, InstrumentStatus.CLOSED
    };

    public final Intake intake = new Intake(EPOCH, IntakeListener.NONE);
    private final Books books = new Books(0, 1);
    private final List<Door> doors =
            List.of(intake.open("one", Integer.MAX_VALUE), intake.open("two", Integer.MAX_VALUE));
    private final Random random;
    private final boolean tellsWhole;
    private long nowMicros = EPOCH;

    public RecordedMarket(long seed) {
        this(seed, false);
    }

    /** @param tellsWhole whether an instrument is never defined without its book */
    RecordedMarket(long seed, boolean tellsWhole) {
        random = new Random(seed);
        this.tellsWhole = tellsWhole;
        books.replace(intake.snapshot());
    }

    /** What happens within some milliseconds, as the feed tells it. */
    public EventBatch next() {
        nowMicros += 1_000 + random.nextInt(700_000);
        intake.begin(nowMicros, nowMicros * 1_000);
        for (int i = random.nextInt(12); i > 0; i--) {
            event(doors.get(random.nextInt(2)), SYMBOLS.get(random.nextInt(SYMBOLS.size())));
        }
        EventBatch batch = Objects.requireNonNullElseGet(intake.take(), intake::heartbeat);
        if (books.apply(batch) != Books.Applied.APPLIED) {
            throw new IllegalStateException("not in order");
        }
        return batch;
    }

    private void event(Door door, String symbol) {
        long timeMicros = random.nextInt(3) == 0 ? 0 : nowMicros - random.nextInt(2_000_000);
        var unused =
                switch (random.nextInt(20)) {
                    case 0, 1, 2 -> define(door, symbol, timeMicros);
                    case 3, 4, 5 -> door.snapshot(symbol, levels(6), levels(6), timeMicros);
                    case 6 -> door.status(symbol, STATUSES[random.nextInt(4)]);
                    case 7 -> random.nextInt(4) == 0 ? door.remove(symbol) : null;
                    case 8 -> random.nextInt(4) == 0 ? door.stale(symbol) : null;
                    case 9 -> disconnect(door);
                    case 10, 11, 12 ->
                        door.trade(
                                symbol,
                                random.nextBoolean() ? Side.BID : Side.ASK,
                                random.nextInt(99),
                                1 + random.nextInt(9),
                                random.nextInt(3) == 0 ? "v" + random.nextInt(99) : null,
                                timeMicros);
                    default -> door.update(symbol, levels(3), levels(3), timeMicros);
                };
    }

    private Object define(Door door, String symbol, long timeMicros) {
        Object refusal =
                door.define(symbol, STEPS.get(random.nextInt(8) / 7), STEPS.get(0), STATUSES[random.nextInt(4)]);
        LevelChanges one = new LevelChanges();
        one.add(1, 1);
        return tellsWhole && refusal == null ? door.snapshot(symbol, one, levels(6), timeMicros) : refusal;
    }

    private static Object disconnect(Door door) {
        door.disconnected();
        return null;
    }

    private LevelChanges levels(int most) {
        LevelChanges changes = new LevelChanges();
        random.ints(random.nextInt(most + 1), -9, 40)
                .distinct()
                .forEach(price -> changes.add(price, random.nextInt(4)));
        return changes;
    }

    public FeedSnapshot snapshot() {
        return books.snapshot();
    }

    public String text() {
        return text(books);
    }

    public String trades() {
        return trades(books);
    }

    /** The books of a feed, in words. */
    public static String text(Books books) {
        List<String> lines = new ArrayList<>();
        for (Listing listing : books.listings()) {
            InstrumentState state = Objects.requireNonNull(books.state(listing.id()));
            lines.add(listing.instrument().symbol() + " " + listing.instrument().tickSize() + " " + listing.status()
                    + " " + text(state.levels(Side.BID)) + " " + text(state.levels(Side.ASK)));
        }
        return String.join("\n", lines.stream().sorted().toList());
    }

    /** Tapes and candles of a feed, in words. */
    public static String trades(Books books) {
        List<String> lines = new ArrayList<>();
        for (Listing listing : books.listings()) {
            TradeHistory history =
                    Objects.requireNonNull(books.state(listing.id())).snapshot().trades();
            String symbol = listing.instrument().symbol();
            lines.add(symbol + " " + history.tape().newestId() + " "
                    + history.tape().trades());
            for (CandleHistory candles : history.candles()) {
                lines.add(symbol + " "
                        + candles.entries().stream()
                                .map(each -> each.candle().toString().replaceFirst("instrumentId=[0-9]+", ""))
                                .toList());
            }
        }
        return String.join("\n", lines.stream().sorted().toList());
    }

    private static String text(Levels levels) {
        return LongStream.range(0, levels.count())
                .mapToObj(i -> levels.priceTicks((int) i) + "x" + levels.sizeLots((int) i))
                .toList()
                .toString();
    }
}
