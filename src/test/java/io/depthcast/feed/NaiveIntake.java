package io.depthcast.feed;

import io.depthcast.book.Instrument;
import io.depthcast.book.InstrumentStatus;
import io.depthcast.book.Side;
import io.depthcast.book.StepSize;
import io.depthcast.book.Trade;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Sources that do at random what sources do, at a real intake; and beside it what must have come of that. */
public final class NaiveIntake {
    private static final long EPOCH = 1_795_363_200_000_000L;
    private static final int SILENCE_MILLIS = 3_000;
    private static final int SOURCES = 3;
    private static final int SYMBOLS = 7;
    private static final String[] STEPS = {"0.01", "0.1", "1"};
    private static final InstrumentStatus[] STATUSES = {
        InstrumentStatus.OPEN, InstrumentStatus.HALTED, InstrumentStatus.AUCTION, InstrumentStatus.CLOSED
    };

    private final Intake intake = new Intake(EPOCH, IntakeListener.NONE);
    /** What is listed now, by symbol. */
    public final Map<String, NaiveListing> listings = new TreeMap<>();
    /** Kinds of events that were taken. */
    public final Set<String> accepted = new TreeSet<>();
    /** All that were told of each symbol since the start, by their numbers. */
    public final Map<String, List<Trade>> trades = new HashMap<>();

    private final Random random;
    private final List<NaiveSource> sources = new ArrayList<>();
    /** In the order in which they listed something first. */
    private final List<NaiveSource> numbered = new ArrayList<>();

    private final Map<String, Long> newestMicros = new HashMap<>();
    private long nowMicros = EPOCH;

    public NaiveIntake(Random random) {
        this.random = random;
        for (int i = 0; i < SOURCES; i++) {
            sources.add(new NaiveSource(intake.open("source" + i, SILENCE_MILLIS)));
        }
    }

    int number(NaiveSource source) {
        return numbered.indexOf(source);
    }

    /** The state of the real intake, for whoever comes late. */
    public FeedSnapshot snapshot() {
        return intake.snapshot();
    }

    /** The rows since the last call. */
    public EventBatch take() {
        EventBatch batch = intake.take();
        for (NaiveSource source : sources) {
            if (!source.gone && nowMicros - source.heardMicros > SILENCE_MILLIS * 1_000L) {
                leave(source);
                accepted.add("silence");
            }
        }
        return batch == null ? intake.heartbeat() : batch;
    }

    /** A little later one source does one thing or more. */
    public void step() {
        pass(random.nextInt(60) == 0 ? random.nextInt(4_000_000) : random.nextInt(200_000));
        NaiveSource source = sources.get(random.nextInt(SOURCES));
        for (int events = random.nextInt(4); events >= 0; events--) {
            act(source, "S" + random.nextInt(SYMBOLS));
        }
    }

    /** Every source tells the books of its instruments whole, and a trade of each. */
    public void rouse() {
        pass(1);
        listings.forEach((symbol, listing) -> {
            levels(listing.source, symbol, true);
            trade(listing.source, symbol);
        });
    }

    /** Two seconds later levels of every book change, so that every source says what time it is. */
    public void goOn() {
        pass(2_000_000);
        listings.forEach((symbol, listing) -> levels(listing.source, symbol, false));
    }

    private void pass(int micros) {
        nowMicros += micros;
        intake.begin(nowMicros, (nowMicros - EPOCH) * 1_000);
    }

    private void act(NaiveSource source, String symbol) {
        switch (random.nextInt(24)) {
            case 0, 1 -> define(source, symbol);
            case 2 -> status(source, symbol);
            case 3 -> remove(source, symbol);
            case 4, 5, 6 -> levels(source, symbol, true);
            case 7, 8, 9, 10, 11 -> trade(source, symbol);
            case 12 -> heartbeat(source);
            case 13 -> disconnect(source);
            default -> levels(source, symbol, false);
        }
    }

    private @Nullable NaiveListing own(NaiveSource source, String symbol) {
        NaiveListing listing = listings.get(symbol);
        return listing == null || listing.source != source ? null : listing;
    }

    private void define(NaiveSource source, String symbol) {
        StepSize tick = StepSize.parse(STEPS[random.nextInt(40) == 0 ? 1 + random.nextInt(2) : 0]);
        StepSize lot = StepSize.parse(STEPS[0]);
        InstrumentStatus status = STATUSES[random.nextInt(3) == 0 ? random.nextInt(STATUSES.length) : 0];
        NaiveListing former = listings.get(symbol);
        boolean taken = former != null && former.source != source;
        assertRefused(source.door.define(symbol, tick, lot, status), taken);
        if (taken) {
            return;
        }
        source.heard(nowMicros);
        if (!numbered.contains(source)) {
            numbered.add(source);
        }
        if (former != null && former.instrument.tickSize().equals(tick)) {
            former.declared = status;
            accepted.add("define again");
        } else {
            Instrument instrument = source.door.instrument(symbol);
            assert instrument != null;
            accepted.add(former == null ? "define" : "define in other steps");
            listings.put(symbol, new NaiveListing(instrument, source, status));
        }
    }

    private void status(NaiveSource source, String symbol) {
        InstrumentStatus status = STATUSES[random.nextInt(STATUSES.length)];
        NaiveListing listing = own(source, symbol);
        assertRefused(source.door.status(symbol, status), listing == null);
        if (listing != null) {
            source.heard(nowMicros);
            listing.declared = status;
            accepted.add("status");
        }
    }

    private void remove(NaiveSource source, String symbol) {
        NaiveListing listing = own(source, symbol);
        if (listing != null && random.nextInt(4) > 0) {
            return;
        }
        assertRefused(source.door.remove(symbol), listing == null);
        if (listing != null) {
            source.heard(nowMicros);
            listings.remove(symbol);
            accepted.add("remove");
        }
    }

    private void levels(NaiveSource source, String symbol, boolean whole) {
        NaiveListing listing = own(source, symbol);
        LevelChanges bids = side(whole, -1);
        LevelChanges asks = side(whole, 1);
        long told = time();
        Refusal refusal =
                whole ? source.door.snapshot(symbol, bids, asks, told) : source.door.update(symbol, bids, asks, told);
        assertRefused(refusal, listing == null || !(whole || listing.whole));
        if (refusal != null || listing == null) {
            return;
        }
        at(source, symbol, told);
        if (whole) {
            listing.bids.clear();
            listing.asks.clear();
            listing.whole = true;
            listing.stale = false;
        }
        listing.apply(listing.bids, bids);
        listing.apply(listing.asks, asks);
        accepted.add(whole ? "snapshot" : "update");
    }

    /** Each price once in a whole side; what is removed may not be there. */
    private LevelChanges side(boolean whole, int direction) {
        LevelChanges changes = new LevelChanges();
        int count = whole ? random.nextInt(60) : random.nextInt(5);
        for (int i = 0; i < count; i++) {
            long rank = whole ? i : random.nextInt(60);
            long size = random.nextInt(3) == 0 ? 0 : 1 + random.nextInt(4);
            if (!whole || size > 0) {
                changes.add(1_000 + direction * (1 + rank), size);
            }
        }
        return changes;
    }

    private void trade(NaiveSource source, String symbol) {
        NaiveListing listing = own(source, symbol);
        Side taker = random.nextBoolean() ? Side.BID : Side.ASK;
        long price = 990L + random.nextInt(20);
        long size = 1L + random.nextInt(9);
        String venueId = random.nextBoolean() ? null : "v" + random.nextInt(1_000);
        long told = time();
        assertRefused(source.door.trade(symbol, taker, price, size, venueId, told), listing == null);
        if (listing != null) {
            List<Trade> all = trades.computeIfAbsent(symbol, none -> new ArrayList<>());
            all.add(new Trade(all.size() + 1L, at(source, symbol, told), taker, price, size, venueId));
            listing.trades.add(all.get(all.size() - 1));
            accepted.add("trade");
        }
    }

    private void heartbeat(NaiveSource source) {
        source.door.heartbeat();
        source.heard(nowMicros);
        if (source.timeless) {
            source.clock(nowMicros, nowMicros);
        }
        accepted.add("heartbeat");
    }

    private void disconnect(NaiveSource source) {
        if (random.nextInt(4) == 0) {
            source.door.disconnected();
            leave(source);
            accepted.add("disconnected");
        }
    }

    private void leave(NaiveSource source) {
        if (!source.gone) {
            source.gone = true;
            for (NaiveListing listing : listings.values()) {
                if (listing.source == source) {
                    listing.stale = true;
                    listing.whole = false;
                }
            }
        }
    }

    /** As told: none, or about now. */
    private long time() {
        return random.nextInt(3) == 0 ? 0 : nowMicros + random.nextInt(4_000_000) - 3_000_000;
    }

    /** As taken. */
    private long at(NaiveSource source, String symbol, long told) {
        source.heard(nowMicros);
        source.timeless = told == 0;
        long time = told == 0 ? nowMicros : told;
        source.clock(time, nowMicros);
        long taken = Math.max(Math.max(time, newestMicros.getOrDefault(symbol, 0L)), source.toldSecondMicros);
        newestMicros.put(symbol, taken);
        return taken;
    }

    private static void assertRefused(@Nullable Refusal refusal, boolean expected) {
        if ((refusal != null) != expected) {
            throw new AssertionError("expected " + (expected ? "a refusal" : "none") + ", got " + refusal);
        }
    }
}
