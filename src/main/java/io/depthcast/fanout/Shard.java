package io.depthcast.fanout;

import io.depthcast.book.Instrument;
import io.depthcast.book.InstrumentState;
import io.depthcast.feed.EventBatch;
import io.depthcast.feed.FeedSnapshot;
import io.depthcast.wire.FrameEncoder;
import io.depthcast.wire.StreamKey;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A share of the instruments: their books, and who waits to hear what changed in them. Takes events in, gives one batch
 * of frames per gateway loop and flush out. Shard loop.
 */
final class Shard {
    /** What became of a batch of events. */
    enum Applied {
        APPLIED,
        /** Nothing new in it. */
        OLD,
        /** Events before it are missing: the books stand still until {@link #replace}. */
        GAP
    }

    private final int index;
    private final int shards;
    private final FrameEncoder encoder;
    private final int patience;
    private final FlushTurn.Faults faults;
    private final Map<Integer, InstrumentState> states = new HashMap<>();
    private final Map<StreamKey, Stream<?>> streams = new HashMap<>();
    private final Map<String, LoopPort> loops = new HashMap<>();
    private final List<Parked> parked = new ArrayList<>();
    private long epoch;
    private long sequence;
    private long timeMicros;
    private long oldestEventNanos;
    private long sentMicros;
    private boolean whole;

    /** @param patience flushes that a holder of a version yet to come is waited for */
    Shard(int index, int shards, FrameEncoder encoder, int patience, FlushTurn.Faults faults) {
        this.index = index;
        this.shards = shards;
        this.encoder = encoder;
        this.patience = patience;
        this.faults = faults;
    }

    /** Which shard has an instrument. */
    static int of(int instrumentId, int shards) {
        return instrumentId % shards;
    }

    /** Whether the books are up to the feed, as far as this shard has heard. */
    boolean isWhole() {
        return whole;
    }

    /** How many books this shard keeps. */
    int books() {
        return states.size();
    }

    Applied apply(EventBatch batch) {
        if (batch.epoch() < epoch || (batch.epoch() == epoch && batch.lastSequence() <= sequence)) {
            return Applied.OLD;
        }
        if (!whole || batch.epoch() != epoch || batch.firstSequence() > sequence + 1) {
            whole = false;
            return Applied.GAP;
        }
        for (int i = (int) (sequence + 1 - batch.firstSequence()); i < batch.count(); i++) {
            if (of(batch.instrumentId(i), shards) == index) {
                apply(batch, i);
            }
        }
        sequence = batch.lastSequence();
        timeMicros = batch.timeMicros(batch.count() - 1);
        if (oldestEventNanos == 0) {
            oldestEventNanos = batch.createdNanos();
        }
        return Applied.APPLIED;
    }

    private void apply(EventBatch batch, int i) {
        InstrumentState state = states.get(batch.instrumentId(i));
        if (state == null) {
            return;
        }
        EventBatch.Kind kind = batch.kind(i);
        long eventSequence = batch.firstSequence() + i;
        if (kind.isTrade()) {
            state.applyTrade(
                    kind.side(),
                    batch.priceTicks(i),
                    batch.sizeLots(i),
                    batch.tradeId(i),
                    eventSequence,
                    batch.timeMicros(i));
        } else {
            state.applyLevel(kind.side(), batch.priceTicks(i), batch.sizeLots(i), eventSequence, batch.timeMicros(i));
        }
    }

    /** Takes the feed's state; what differs from the books counts as changed. Ignored if older than the books. */
    void replace(FeedSnapshot snapshot) {
        if (snapshot.epoch() < epoch || (snapshot.epoch() == epoch && snapshot.sequence() < sequence)) {
            return;
        }
        for (FeedSnapshot.Book book : snapshot.books()) {
            Instrument instrument = book.instrument();
            if (of(instrument.id(), shards) == index) {
                states.computeIfAbsent(instrument.id(), id -> new InstrumentState(instrument))
                        .replace(
                                snapshot.epoch(),
                                snapshot.sequence(),
                                snapshot.timeMicros(),
                                book.bids(),
                                book.asks(),
                                book.lastTradeId());
            }
        }
        epoch = snapshot.epoch();
        sequence = snapshot.sequence();
        timeMicros = snapshot.timeMicros();
        whole = true;
        List<Parked> again = List.copyOf(parked);
        parked.clear();
        again.forEach(each -> ask(each.loop(), List.of(each.ask())));
    }

    /** Writes the newest of a tape or a candle stream as JSON; nothing for an instrument of another shard. */
    void writeHistory(HistoryRequest request, ByteBuf out) {
        InstrumentState state = states.get(request.key().instrumentId());
        if (state != null) {
            Streamed.writeHistory(state, request, out);
        }
    }

    /** Notes what a loop asks. What concerns an instrument that the feed does not have yet waits until it has. */
    void ask(Asks asks) {
        LoopPort loop = loops.computeIfAbsent(asks.loop(), LoopPort::new);
        if (asks.taken()) {
            loop.taken();
        }
        ask(loop, asks.asks());
    }

    private void ask(LoopPort loop, List<Ask> asks) {
        for (Ask ask : asks) {
            Stream<?> stream = streams.get(ask.key());
            if (stream == null) {
                InstrumentState state = states.get(ask.key().instrumentId());
                if (state == null) {
                    park(loop, ask);
                    continue;
                }
                stream = Streamed.of(ask.key(), state, () -> sentMicros);
                streams.put(ask.key(), stream);
            }
            stream.ask(loop, ask);
        }
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
     * @param flush number of this flush
     * @param nowMicros wall time, microseconds since 1970
     */
    List<Parcel> flush(long flush, long nowMicros) {
        if (!whole) {
            return List.of();
        }
        sentMicros = nowMicros;
        for (InstrumentState state : states.values()) {
            state.advance(timeMicros, sequence);
        }
        FlushTurn turn = new FlushTurn(flush, sequence, patience, encoder, faults);
        for (Stream<?> stream : streams.values()) {
            stream.answer(turn);
        }
        List<Parcel> parcels = new ArrayList<>();
        for (LoopPort loop : loops.values()) {
            if (loop.hasAnswers()) {
                parcels.add(new Parcel(loop.address(), new FrameBatch(index, oldestEventNanos, loop.takeAnswers())));
            }
        }
        oldestEventNanos = 0;
        return parcels;
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
