package io.depthcast.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.depthcast.bench.SimulatedBooks.Change;
import io.depthcast.book.Instrument;
import io.depthcast.book.Levels;
import io.depthcast.book.StepSize;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.math.BigDecimal;
import java.util.zip.Deflater;

/**
 * Bytes on one connection that is told the same changes as Binance would tell them, one JSON message each
 * ({@code <symbol>@depth}: prices and sizes as strings), WebSocket header included: plain, and by permessage-deflate with a
 * compressor of the connection's own that keeps its history, level 6.
 */
final class BinanceStyle implements AutoCloseable {
    private static final int TRAILER_BYTES = 4;
    private static final int MAX_SHORT = 125;

    private final Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
    private final byte[] deflated = new byte[1 << 20];
    private long plainBytes;
    private long deflatedBytes;

    void add(Change change) {
        ByteBuf text = Unpooled.buffer();
        write(change, text);
        plainBytes += framed(text.readableBytes());
        deflater.setInput(text.array(), 0, text.readableBytes());
        int bytes = deflater.deflate(deflated, 0, deflated.length, Deflater.SYNC_FLUSH);
        deflatedBytes += framed(bytes - TRAILER_BYTES);
    }

    private static int framed(int payloadBytes) {
        return payloadBytes + (payloadBytes <= MAX_SHORT ? 2 : 4);
    }

    private static void write(Change change, ByteBuf out) {
        Instrument instrument = change.instrument();
        String head = "{\"e\":\"depthUpdate\",\"E\":%d,\"s\":\"%s\",\"U\":%d,\"u\":%d,\"b\":["
                .formatted(
                        change.sentMicros() / 1_000,
                        instrument.symbol().replace("-", ""),
                        change.update().previous() + 1,
                        change.update().sequence());
        out.writeCharSequence(head, US_ASCII);
        write(change.update().bids(), instrument, out);
        out.writeCharSequence("],\"a\":[", US_ASCII);
        write(change.update().asks(), instrument, out);
        out.writeCharSequence("]}", US_ASCII);
    }

    private static void write(Levels levels, Instrument instrument, ByteBuf out) {
        for (int i = 0; i < levels.count(); i++) {
            out.writeCharSequence(i == 0 ? "[\"" : ",[\"", US_ASCII);
            write(levels.priceTicks(i), instrument.tickSize(), out);
            out.writeCharSequence("\",\"", US_ASCII);
            write(levels.sizeLots(i), instrument.lotSize(), out);
            out.writeCharSequence("\"]", US_ASCII);
        }
    }

    private static void write(long steps, StepSize size, ByteBuf out) {
        BigDecimal value = BigDecimal.valueOf(steps).multiply(BigDecimal.valueOf(size.mantissa()));
        out.writeCharSequence(value.scaleByPowerOfTen(-size.decimals()).toPlainString(), US_ASCII);
    }

    long plainBytes() {
        return plainBytes;
    }

    long deflatedBytes() {
        return deflatedBytes;
    }

    @Override
    public void close() {
        deflater.end();
    }
}
