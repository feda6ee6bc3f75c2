package io.depthcast.wire;

import static io.depthcast.wire.AsciiText.ascii;

import io.depthcast.book.BestBidOffer;
import io.depthcast.book.Instrument;
import io.depthcast.book.Levels;
import io.depthcast.book.Ticker;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.concurrent.TimeUnit;

/**
 * Pieces of the JSON of Binance's dialect, at the writer index. Prices and sizes are decimals in quotes; a price that there
 * is not is 0.
 */
final class BinanceText {
    /** Decimals of a percentage. */
    private static final int PERCENT_DECIMALS = 3;

    private static final BigInteger PERCENT_SCALE = BigInteger.valueOf(100_000);

    /** Since 1970. */
    private static final long YEAR_2020_MICROS = 1_577_836_800_000_000L;

    private static final byte[] FIRST_LEVEL = ascii("[");
    private static final byte[] NEXT_LEVEL = ascii(",[");
    private static final byte[] COMMA = ascii(",");

    private BinanceText() {}

    /**
     * What of an epoch is numbered, as programs know it: the number of a version, or of a trade. It also rises from one epoch to the
     * next, for the numbers of an exchange never begin anew; and as an epoch is its start in microseconds, it does so unless a feed
     * has had a million events in each second that it lasted. Programs read more than 15 digits as text, which comes in 2051.
     */
    static long number(long epoch, long within) {
        return epoch - YEAR_2020_MICROS + within;
    }

    static void integer(byte[] label, long value, AsciiText out) {
        out.write(label);
        out.writeInteger(value);
    }

    static void millis(byte[] label, long micros, AsciiText out) {
        integer(label, TimeUnit.MICROSECONDS.toMillis(micros), out);
    }

    /** Writes a name in quotes. */
    static void symbol(byte[] label, Instrument instrument, AsciiText out) {
        out.write(label);
        out.write('"');
        BinanceNames.writeUpper(instrument, out);
        out.write('"');
    }

    static void price(byte[] label, long priceTicks, Instrument instrument, AsciiText out) {
        out.write(label);
        out.write('"');
        out.writePrice(priceTicks == Ticker.NONE ? 0 : priceTicks, instrument.tickSize());
        out.write('"');
    }

    static void size(byte[] label, long sizeLots, Instrument instrument, AsciiText out) {
        out.write(label);
        out.write('"');
        out.writeSize(sizeLots, instrument.lotSize());
        out.write('"');
    }

    /** Writes the levels of a side, at most so many, without the brackets around all of them. */
    static void levels(Levels levels, int most, Instrument instrument, AsciiText out) {
        for (int i = 0; i < Math.min(most, levels.count()); i++) {
            price(i == 0 ? FIRST_LEVEL : NEXT_LEVEL, levels.priceTicks(i), instrument, out);
            size(COMMA, levels.sizeLots(i), instrument, out);
            out.write(']');
        }
    }

    /** Writes both sides of the best price, each under its own two labels. */
    static void best(BestBidOffer best, byte[][] labels, Instrument instrument, AsciiText out) {
        price(labels[0], best.bidPriceTicks(), instrument, out);
        size(labels[1], best.bidSizeLots(), instrument, out);
        price(labels[2], best.askPriceTicks(), instrument, out);
        size(labels[3], best.askSizeLots(), instrument, out);
    }

    static long changeTicks(Ticker ticker) {
        return ticker.openTicks() == Ticker.NONE ? 0 : ticker.lastTicks() - ticker.openTicks();
    }

    /** Writes by how much the price changed, in percent with three decimals, towards 0. */
    static void percent(byte[] label, Ticker ticker, AsciiText out) {
        long change = changeTicks(ticker);
        BigInteger thousandths = change == 0 || ticker.openTicks() == 0
                ? BigInteger.ZERO
                : BigInteger.valueOf(change).multiply(PERCENT_SCALE).divide(BigInteger.valueOf(ticker.openTicks()));
        out.write(label);
        out.write('"');
        out.write(new BigDecimal(thousandths, PERCENT_DECIMALS).toPlainString());
        out.write('"');
    }
}
