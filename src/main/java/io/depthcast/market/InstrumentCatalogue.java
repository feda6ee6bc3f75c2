package io.depthcast.market;

import io.depthcast.book.Instrument;
import io.depthcast.book.StepSize;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The instruments of the simulated market, the most active first: the share of the n-th is proportional to 1/n (Zipf),
 * as it roughly is between the listings of an exchange. Tick sizes are small for some and large for others, beside how
 * much the price moves: the one kind has spreads of several ticks, the other nearly always of one.
 *
 * <p>Beyond the listed ones each is traded again as BTC2-USD, ETH2-USD and so on, with orders of its own.
 */
final class InstrumentCatalogue {
    private static final List<Row> ROWS = List.of(
            new Row("BTC-USD", "64000", "0.1", "0.0001", "0.05", 1200, 30e-6, 0.85),
            new Row("ETH-USD", "3200", "0.01", "0.001", "0.8", 1200, 38e-6, 0.80),
            new Row("SOL-USD", "150", "0.001", "0.01", "12", 1000, 55e-6, 0.70),
            new Row("XRP-USD", "0.55", "0.00001", "1", "2500", 800, 50e-6, 0.60),
            new Row("BNB-USD", "580", "0.01", "0.001", "2", 700, 40e-6, 0.60),
            new Row("DOGE-USD", "0.12", "0.00001", "1", "9000", 400, 70e-6, 0.65),
            new Row("ADA-USD", "0.45", "0.0001", "0.1", "3000", 200, 60e-6, 0.65),
            new Row("LTC-USD", "84", "0.01", "0.001", "9", 250, 45e-6, 0.65),
            new Row("AVAX-USD", "36", "0.001", "0.01", "25", 300, 65e-6, 0.65),
            new Row("LINK-USD", "18", "0.001", "0.01", "50", 250, 60e-6, 0.60),
            new Row("DOT-USD", "7.2", "0.001", "0.1", "120", 200, 60e-6, 0.65),
            new Row("BCH-USD", "480", "0.05", "0.0001", "1.5", 200, 50e-6, 0.60),
            new Row("UNI-USD", "9.6", "0.001", "0.01", "80", 200, 60e-6, 0.55),
            new Row("ATOM-USD", "8.3", "0.001", "0.01", "90", 200, 55e-6, 0.60),
            new Row("NEAR-USD", "6.9", "0.001", "0.1", "100", 200, 65e-6, 0.60),
            new Row("XLM-USD", "0.11", "0.00001", "1", "7000", 200, 55e-6, 0.55),
            new Row("ETC-USD", "26", "0.01", "0.01", "30", 150, 55e-6, 0.60),
            new Row("FIL-USD", "5.8", "0.001", "0.1", "110", 150, 65e-6, 0.55),
            new Row("ALGO-USD", "0.18", "0.00001", "1", "4000", 150, 60e-6, 0.55),
            new Row("AAVE-USD", "95", "0.01", "0.001", "6", 150, 65e-6, 0.55),
            new Row("TRX-USD", "0.12", "0.00001", "1", "6000", 150, 35e-6, 0.40),
            new Row("SHIB-USD", "0.0000245", "0.00000001", "1000", "20000000", 150, 75e-6, 0.60),
            new Row("MKR-USD", "2900", "0.5", "0.0001", "0.2", 150, 60e-6, 0.50),
            new Row("PAXG-USD", "2350", "0.05", "0.0001", "0.3", 150, 12e-6, 0.05));

    private InstrumentCatalogue() {}

    /** Ascending ids from 1, descending activity that adds up to 1. */
    static List<InstrumentModel> models(int count) {
        double total = IntStream.rangeClosed(1, count).mapToDouble(n -> 1.0 / n).sum();
        return IntStream.rangeClosed(1, count)
                .mapToObj(n -> row(n).model(n, symbol(n), 1 / (n * total)))
                .toList();
    }

    private static Row row(int id) {
        return ROWS.get((id - 1) % ROWS.size());
    }

    private static String symbol(int id) {
        int series = (id - 1) / ROWS.size() + 1;
        return series == 1 ? row(id).symbol : row(id).symbol.replace("-", series + "-");
    }

    /** An {@link InstrumentModel} with prices and sizes in units of the currencies. */
    private record Row(
            String symbol,
            String price,
            String tickSize,
            String lotSize,
            String orderSize,
            int depthTicks,
            double volatility,
            double marketCorrelation) {

        InstrumentModel model(int id, String name, double activity) {
            Instrument instrument = new Instrument(id, name, StepSize.parse(tickSize), StepSize.parse(lotSize));
            return new InstrumentModel(
                    instrument,
                    steps(price, tickSize),
                    steps(orderSize, lotSize),
                    depthTicks,
                    volatility,
                    marketCorrelation,
                    activity);
        }

        private static long steps(String amount, String stepSize) {
            return new BigDecimal(amount).divide(new BigDecimal(stepSize)).longValueExact();
        }
    }
}
