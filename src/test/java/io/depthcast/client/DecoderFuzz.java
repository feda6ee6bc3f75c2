package io.depthcast.client;

import io.depthcast.book.Instrument;
import io.depthcast.book.StepSize;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What a server that is broken, or none of ours, may send to a client: decoded, or refused, and never an exception. */
public final class DecoderFuzz {
    private static final MarketListener DEAF = new MarketListener() {};
    private static final int DECODERS = 3;

    private DecoderFuzz() {}

    /** The first byte says by which decoder. */
    public static void fuzzerTestOneInput(byte[] data) {
        if (data.length == 0) {
            return;
        }
        ByteBuf frame = Unpooled.wrappedBuffer(Arrays.copyOfRange(data, 1, data.length));
        DecodeResult result =
                switch ((data[0] & 0xFF) % DECODERS) {
                    case 0 -> new JsonDecoder(DecoderFuzz::instrument, DEAF).decode(frame);
                    case 1 -> new SbeDecoder(DEAF).decode(frame);
                    default -> new CompactDecoder(id -> new ProvedBook(), DEAF).decode(frame);
                };
        if (result == null) {
            throw new AssertionError("no result");
        }
    }

    private static @Nullable Instrument instrument(String symbol) {
        return !symbol.equals("BTC-USD")
                ? null
                : new Instrument(1, symbol, StepSize.parse("0.01"), StepSize.parse("0.001"));
    }
}
