package io.depthcast.fanout;

import io.depthcast.book.CandleInterval;
import io.depthcast.book.InstrumentState;
import io.depthcast.book.Ticker;
import io.depthcast.wire.BinanceStream;
import io.depthcast.wire.Encodings;
import io.depthcast.wire.FrameEncoder;
import io.depthcast.wire.HttpBodies;
import io.depthcast.wire.StreamKey;
import io.depthcast.wire.View;
import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.function.LongSupplier;

/** Which part of an instrument's state a stream key names, and how it is told. */
final class Streamed {
    private Streamed() {}

    /**
     * Told in the steps that the instrument has by then.
     *
     * @param sentMicros wall time of the flush, microseconds since 1970
     */
    static Stream<?> of(StreamKey key, InstrumentState state, LongSupplier sentMicros) {
        if (key.view() instanceof View.Book book) {
            return new Stream<>(
                    state.book(book.depth(), book.group()),
                    update -> List.of((encoding, out) ->
                            encoding.encode(update, state.instrument(), sentMicros.getAsLong(), out)));
        }
        if (key.view() instanceof BinanceStream named) {
            return StreamedApart.of(named, state, sentMicros);
        }
        if (key.view() instanceof View.Candles candles) {
            return new Stream<>(state.candles(candles.interval()), changed -> changed.stream()
                    .map(candle ->
                            (FrameEncoder.Source) (encoding, out) -> encoding.encode(candle, state.instrument(), out))
                    .toList());
        }
        return switch ((View.Single) key.view()) {
            case BBO ->
                new Stream<>(
                        state.best(), bbo -> List.of((encoding, out) -> encoding.encode(bbo, state.instrument(), out)));
            case TICKER ->
                new Stream<>(
                        state.ticker(),
                        ticker -> List.of((encoding, out) -> encoding.encode(ticker, state.instrument(), out)));
            case TRADES ->
                new Stream<>(
                        state.tape(),
                        trades -> List.of((encoding, out) -> encoding.encode(trades, state.instrument(), out)));
        };
    }

    /** Writes the newest of a tape, a ticker or a candle stream as JSON; of any other stream nothing. */
    static void writeHistory(InstrumentState state, HistoryRequest request, ByteBuf out) {
        View view = request.key().view();
        if (view == View.Single.TRADES) {
            Encodings.JSON.encode(state.tape().recent(request.limit()), state.instrument(), out);
        } else if (view == View.Single.TICKER) {
            Ticker ticker = state.ticker().since(0, 0);
            if (ticker != null) {
                Encodings.JSON.encode(ticker, state.instrument(), out);
            }
        } else if (view instanceof View.Candles candles) {
            CandleInterval interval = candles.interval();
            HttpBodies.candles(
                    state.instrument(), interval, state.candles(interval).recent(request.limit()), out);
        }
    }
}
