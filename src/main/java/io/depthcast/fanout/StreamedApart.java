package io.depthcast.fanout;

import io.depthcast.book.BookShapes;
import io.depthcast.book.BookUpdate;
import io.depthcast.book.InstrumentState;
import io.depthcast.book.Trades;
import io.depthcast.wire.BinanceBodies;
import io.depthcast.wire.BinanceStream;
import io.depthcast.wire.Encoding;
import io.depthcast.wire.FrameEncoder;
import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.Objects;
import java.util.function.LongSupplier;

/** Which part of an instrument's state a stream of Binance's dialect tells: each trade and each candle for itself. */
final class StreamedApart {
    private final BinanceStream named;
    private final InstrumentState state;
    private final LongSupplier sentMicros;

    private StreamedApart(BinanceStream named, InstrumentState state, LongSupplier sentMicros) {
        this.named = named;
        this.state = state;
        this.sentMicros = sentMicros;
    }

    static Stream<?> of(BinanceStream named, InstrumentState state, LongSupplier sentMicros) {
        return new StreamedApart(named, state, sentMicros).stream();
    }

    private Stream<?> stream() {
        return switch (named.kind()) {
            case DEPTH -> new Stream<>(state.differences(BinanceBodies.MOST_LEVELS), this::book);
            case BEST_LEVELS -> new Stream<>(state.wholeBooks(depth(named.levels())), this::book);
            case TRADE, AGGREGATE_TRADE -> new Stream<>(state.tape(), this::trades);
            case KLINE ->
                new Stream<>(state.candles(Objects.requireNonNull(named.interval())), changed -> changed.stream()
                        .map(candle -> message((encoding, out) -> encoding.encode(candle, state.instrument(), out)))
                        .toList());
            case TICKER, MINI_TICKER ->
                new Stream<>(
                        state.ticker(),
                        ticker ->
                                List.of(message((encoding, out) -> encoding.encode(ticker, state.instrument(), out))));
            case BOOK_TICKER ->
                new Stream<>(
                        state.best(),
                        bbo -> List.of(message((encoding, out) -> encoding.encode(bbo, state.instrument(), out))));
        };
    }

    /** The shallowest view with so many levels. */
    private static int depth(int levels) {
        return BookShapes.DEPTHS.stream()
                .filter(depth -> depth >= levels)
                .findFirst()
                .orElseThrow();
    }

    private List<FrameEncoder.Source> book(BookUpdate update) {
        return List.of(
                message((encoding, out) -> encoding.encode(update, state.instrument(), sentMicros.getAsLong(), out)));
    }

    private List<FrameEncoder.Source> trades(Trades trades) {
        return trades.trades().stream()
                .map(trade -> new Trades(trades.instrumentId(), trades.epoch(), 0, List.of(trade)))
                .map(single -> message((encoding, out) -> encoding.encode(single, state.instrument(), out)))
                .toList();
    }

    private FrameEncoder.Source message(FrameEncoder.Source content) {
        return new Named(named, sentMicros.getAsLong(), content);
    }

    /** A message of this stream. */
    private record Named(BinanceStream stream, long sentMicros, FrameEncoder.Source content)
            implements FrameEncoder.Source {
        @Override
        public void encode(Encoding encoding, ByteBuf out) {
            content.encode(encoding.in(stream, sentMicros), out);
        }

        @Override
        public String list() {
            return stream.list();
        }
    }
}
