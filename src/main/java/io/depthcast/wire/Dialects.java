package io.depthcast.wire;

import java.util.List;

/** The dialects that there are. */
public final class Dialects {
    /** What {@code protocol.md} describes. */
    public static final Dialect DEPTHCAST = new DepthcastDialect();

    /** What Binance's spot market speaks. */
    public static final Dialect BINANCE = new BinanceDialect();

    /** All of them; what is new comes last, for forms are numbered in this order. */
    static final List<Dialect> ALL = List.of(DEPTHCAST, BINANCE);

    private Dialects() {}
}
