package io.depthcast.market;

import io.depthcast.book.Side;

/** Watches one book of a running market: its mid-price, its spread, its depth and the direction of its trades. */
final class MarketObserver {
    static final int MAX_SPREAD_TICKS = 32;
    /** Buckets of distance behind the best price: 0, 1, 2 to 3, 4 to 7 and so on, up to 511 ticks. */
    static final int DEPTH_BUCKETS = 10;

    static final int SIGN_LAGS = 64;

    private static final int SAMPLES_PER_DEPTH_SAMPLE = 10;

    private final LimitOrderBook book;
    private final PriceSeries mids;
    private final long[] spreads = new long[MAX_SPREAD_TICKS + 1];
    private final double[] depthLots = new double[DEPTH_BUCKETS];
    private final long[] signProducts = new long[SIGN_LAGS + 1];
    private final int[] recentSigns = new int[SIGN_LAGS + 1];
    private int samples;
    private long trades;

    MarketObserver(LimitOrderBook book, int maxSamples) {
        this.book = book;
        this.mids = new PriceSeries(maxSamples);
    }

    PriceSeries mids() {
        return mids;
    }

    /** Takes the state of the book. */
    void sample() {
        mids.add(book.midTicks());
        spreads[(int) Math.min(MAX_SPREAD_TICKS, book.spreadTicks())]++;
        if (samples++ % SAMPLES_PER_DEPTH_SAMPLE == 0) {
            addDepth(Side.BID);
            addDepth(Side.ASK);
        }
    }

    void trade(Side taker) {
        int sign = taker == Side.BID ? 1 : -1;
        recentSigns[(int) (trades % recentSigns.length)] = sign;
        for (int lag = 1; lag <= Math.min(SIGN_LAGS, trades); lag++) {
            boolean same = sign == recentSigns[(int) ((trades - lag) % recentSigns.length)];
            signProducts[lag] += same ? 1 : -1;
        }
        trades++;
    }

    /** Share of the samples with a spread of at most so many ticks. */
    double spreadShare(int maxTicks) {
        long sum = 0;
        for (int ticks = 1; ticks <= maxTicks; ticks++) {
            sum += spreads[ticks];
        }
        return (double) sum / samples;
    }

    /** Mean size per tick in a bucket of distance, as a multiple of the mean size of the best level. */
    double relativeDepth(int bucket) {
        int ticks = bucket == 0 ? 1 : 1 << (bucket - 1);
        return depthLots[bucket] / ticks / depthLots[0];
    }

    /** Mean product of the directions of two trades so many trades apart: 1 if they never turned, 0 at random. */
    double signAutocorrelation(int lag) {
        return (double) signProducts[lag] / (trades - lag);
    }

    private void addDepth(Side of) {
        BookSide side = book.side(of);
        int away = of == Side.BID ? -1 : 1;
        for (int distance = 0; distance < 1 << (DEPTH_BUCKETS - 1); distance++) {
            int bucket = Integer.SIZE - Integer.numberOfLeadingZeros(distance);
            depthLots[bucket] += side.lotsAt(side.bestTicks() + (long) away * distance);
        }
    }
}
