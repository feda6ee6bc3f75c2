package io.depthcast.http;

/** @param enabled whether programs that speak Binance's dialect are served, under {@code /binance/} */
public record BinanceAccess(boolean enabled) {
    /** Of all paths of theirs. */
    static final String PREFIX = "/binance/";

    public static final BinanceAccess DEFAULT = new BinanceAccess(true);
}
