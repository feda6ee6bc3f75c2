package io.depthcast.wire;

import java.util.List;

/** The encodings a client can choose by subprotocol. */
public final class Encodings {
    /** The readable one, and what a client gets that offers no subprotocol. */
    public static final Encoding JSON = new JsonEncoding();

    /** The binary one that a schema describes. */
    public static final Encoding SBE = new SbeEncoding();

    /** The dense one. */
    public static final Encoding COMPACT = new CompactEncoding();

    /** What programs get that speak Binance's dialect. */
    public static final Encoding BINANCE = new BinanceEncoding(false);

    /** The same with the name of its stream around each message. */
    public static final Encoding BINANCE_COMBINED = new BinanceEncoding(true);

    /** Those of our own dialect. */
    public static final List<Encoding> ALL = List.of(JSON, SBE, COMPACT);

    private Encodings() {}
}
