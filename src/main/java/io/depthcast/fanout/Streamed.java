package io.depthcast.fanout;

import io.depthcast.book.CandleInterval;
import io.depthcast.book.Instrument;
import io.depthcast.book.InstrumentState;
import io.depthcast.wire.Encodings;
import io.depthcast.wire.FrameEncoder;
import io.depthcast.wire.HttpBodies;
import io.depthcast.wire.StreamKey;
import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.function.LongSupplier;

/** Which part of an instrument's state a stream key names, and how it is told. */
final class Streamed {
    private Streamed() {}

    /** @param sentMicros wall time of the flush, microseconds since 1970 */
    static Stream<?> of(StreamKey key, InstrumentState state, LongSupplier sentMicros) {
        Instrument instrument = state.instrument();
        return switch (key.channel()) {
            case BOOK ->
                new Stream<>(
                        state.book(key.parameter()),
                        update -> List.of(
                                (encoding, out) -> encoding.encode(update, instrument, sentMicros.getAsLong(), out)));
            case BBO ->
                new Stream<>(state.best(), bbo -> List.of((encoding, out) -> encoding.encode(bbo, instrument, out)));
            case TRADES ->
                new Stream<>(
                        state.tape(), trades -> List.of((encoding, out) -> encoding.encode(trades, instrument, out)));
            case CANDLES ->
                new Stream<>(state.candles(CandleInterval.ofSeconds(key.parameter())), candles -> candles.stream()
                        .map(candle ->
                                (FrameEncoder.Source) (encoding, out) -> encoding.encode(candle, instrument, out))
                        .toList());
        };
    }

    /** Writes the newest of a tape or a candle stream as JSON; of any other stream nothing. */
    static void writeHistory(InstrumentState state, HistoryRequest request, ByteBuf out) {
        StreamKey key = request.key();
        switch (key.channel()) {
            case TRADES -> Encodings.JSON.encode(state.tape().recent(request.limit()), state.instrument(), out);
            case CANDLES -> {
                CandleInterval interval = CandleInterval.ofSeconds(key.parameter());
                HttpBodies.candles(
                        state.instrument(), interval, state.candles(interval).recent(request.limit()), out);
            }
            case BOOK, BBO -> {}
        }
    }
}
