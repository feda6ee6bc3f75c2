package io.depthcast.fanout;

import io.depthcast.book.InstrumentState;
import io.depthcast.feed.Books;
import io.depthcast.feed.EventBatch;
import io.depthcast.feed.FeedSnapshot;
import io.depthcast.feed.ListingChanges;
import io.depthcast.wire.BinanceBodies;
import io.depthcast.wire.BinanceBody;
import io.depthcast.wire.FrameEncoder;
import io.depthcast.wire.StreamKey;
import io.depthcast.wire.View;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A share of the instruments: their {@link Books}, and who waits to hear what changed in them. Takes events in, gives one batch
 * of frames per gateway loop and flush out. Shard loop.
 */
final class Shard {
    /** How often it is looked which gathered books nobody asks for, in ticks: half a minute. */
    private static final int IDLE_TICKS = 6_000;

    private final OwnThread thread = new OwnThread();
    private final int index;
    private final FrameEncoder encoder;
    private final int patience;
    private final FlushTurn.Faults faults;
    private final Books books;
    private final Map<StreamKey, Stream<?>> streams = new HashMap<>();
    private final Map<String, LoopPort> loops = new HashMap<>();
    private final List<Parked> parked = new ArrayList<>();
    private long oldestEventNanos;
    private long sentMicros;
    private long tick = Long.MIN_VALUE;
    private long idleTick;
    /** Whether something is asked for at a tick that has passed. */
    private boolean late;

    /** @param patience ticks that a holder of a version yet to come is waited for */
    Shard(int index, int shards, FrameEncoder encoder, int patience, FlushTurn.Faults faults) {
        this.index = index;
        this.encoder = encoder;
        this.patience = patience;
        this.faults = faults;
        this.books = new Books(index, shards);
    }

    /** Which shard has an instrument. */
    static int of(int instrumentId, int shards) {
        return Books.shareOf(instrumentId, shards);
    }

    /** What it knows of the feed. */
    Books books() {
        return books;
    }

    Books.Applied apply(EventBatch batch) {
        assert thread.isCurrent() : "not the thread of this shard";
        Books.Applied applied = books.apply(batch);
        if (applied == Books.Applied.APPLIED) {
            if (oldestEventNanos == 0 && batch.count() > 0) {
                oldestEventNanos = batch.createdNanos();
            }
            tellListings();
        }
        return applied;
    }

    /** Takes the feed's state; what differs from the books counts as changed. Ignored if older than the books. */
    void replace(FeedSnapshot snapshot) {
        books.replace(snapshot);
        tellListings();
    }

    /** Every loop hears of a change of the listings, and before what is told of the instrument from then on. */
    private void tellListings() {
        ListingChanges changes = books.takeChanges();
        if (changes.isEmpty()) {
            return;
        }
        for (int id : changes.removed()) {
            streams.keySet().removeIf(key -> key.instrumentId() == id);
        }
        loops.values().forEach(loop -> loop.add(changes));
        List<Parked> again = List.copyOf(parked);
        parked.clear();
        again.forEach(each -> ask(each.loop(), List.of(each.ask())));
    }

    /** Writes the newest of a tape or a candle stream as JSON; nothing for an instrument of another shard. */
    void writeHistory(HistoryRequest request, ByteBuf out) {
        InstrumentState state = books.state(request.key().instrumentId());
        if (state != null) {
            if (request.key().view() instanceof BinanceBody body) {
                writeBody(state, body, request.limit(), out);
            } else {
                Streamed.writeHistory(state, request, out);
            }
        }
    }

    private void writeBody(InstrumentState state, BinanceBody body, int limit, ByteBuf out) {
        // Of a book that misses something nothing can be gone on from.
        if (books.isWhole()) {
            BinanceBodies.write(state, books.newest(), body, limit, out);
        }
    }

    /**
     * Notes what a loop asks; returns whether it has asked for the first time. What concerns an instrument that the feed does
     * not have yet waits until it has.
     */
    boolean ask(Asks asks) {
        assert thread.isCurrent() : "not the thread of this shard";
        boolean isNew = !loops.containsKey(asks.loop());
        LoopPort loop = loops.computeIfAbsent(asks.loop(), address -> new LoopPort(address, books.listings()));
        loop.stretch(asks.stretch());
        if (asks.taken()) {
            loop.taken();
        }
        ask(loop, asks.asks());
        return isNew;
    }

    private void ask(LoopPort loop, List<Ask> asks) {
        for (Ask ask : asks) {
            Stream<?> stream = streams.get(ask.key());
            if (stream == null) {
                InstrumentState state = books.state(ask.key().instrumentId());
                if (state == null) {
                    park(loop, ask);
                    continue;
                }
                stream = Streamed.of(ask.key(), state, () -> sentMicros);
                streams.put(ask.key(), stream);
            }
            stream.ask(loop, ask);
            late |= ask.dueTick() > 0 && ask.dueTick() <= tick;
        }
    }

    /** The first tick after that one at which something may be due. */
    long nextTick(long last, int usualTicks) {
        long next = late ? last + 1 : Flushes.next(last, usualTicks);
        for (LoopPort loop : loops.values()) {
            next = Math.min(next, Flushes.next(last, loop.stretch()));
        }
        return next;
    }

    private void park(LoopPort loop, Ask ask) {
        if (ask.isWithdrawal()) {
            parked.removeIf(each -> each.loop() == loop
                    && new Demand(each.ask()).isSameAs(ask)
                    && each.ask().key().equals(ask.key()));
        } else {
            parked.add(new Parked(loop, ask));
        }
    }

    /** How many different answers are waited for. */
    int demands() {
        return streams.values().stream().mapToInt(Stream::demands).sum() + parked.size();
    }

    /**
     * Answers what is due: one batch for each ready loop that has anything to hear.
     *
     * @param now number of the tick
     * @param usual whether a flush is due for those who are not stretched, and for newcomers
     * @param nowMicros wall time, microseconds since 1970
     */
    List<Parcel> flush(long now, boolean usual, long nowMicros) {
        assert thread.isCurrent() : "not the thread of this shard";
        if (!books.isWhole()) {
            return List.of();
        }
        sentMicros = nowMicros;
        tick = now;
        late = false;
        FlushTurn turn = new FlushTurn(now, usual, books.sequence(), patience, encoder, faults);
        for (Stream<?> stream : streams.values()) {
            stream.answer(turn);
        }
        if (now - idleTick >= IDLE_TICKS) {
            idleTick = now;
            forgetIdle();
        }
        List<Parcel> parcels = new ArrayList<>();
        for (LoopPort loop : loops.values()) {
            if (loop.isReady() && loop.hasNews()) {
                parcels.add(new Parcel(loop.address(), loop.take(index, oldestEventNanos, books.newest())));
            }
        }
        oldestEventNanos = 0;
        return parcels;
    }

    /** Gathered books cost something at every event, and are made anew in no time. */
    private void forgetIdle() {
        Map<Gathered, Boolean> idle = new HashMap<>();
        streams.forEach((key, stream) -> {
            if (key.view() instanceof View.Book book && book.isGrouped()) {
                idle.merge(new Gathered(key.instrumentId(), book.group()), stream.takeIdle(), Boolean::logicalAnd);
            }
        });
        idle.forEach((gathered, isIdle) -> {
            InstrumentState state = books.state(gathered.instrumentId());
            if (isIdle && state != null) {
                streams.keySet().removeIf(gathered::isOf);
                state.forgetGathered(gathered.group());
            }
        });
    }

    /** The books of an instrument that are gathered to so many ticks. */
    private record Gathered(int instrumentId, int group) {
        boolean isOf(StreamKey key) {
            return key.instrumentId() == instrumentId && key.view() instanceof View.Book book && book.group() == group;
        }
    }

    /** An ask for an instrument that is not there. */
    private record Parked(LoopPort loop, Ask ask) {}

    /** A batch and the loop it is for. */
    record Parcel(String loop, FrameBatch batch) {}

    /** Forgets a loop that is gone. */
    void forget(String address) {
        LoopPort loop = loops.remove(address);
        if (loop != null) {
            streams.values().forEach(stream -> stream.forget(loop));
            parked.removeIf(each -> each.loop() == loop);
        }
    }
}
