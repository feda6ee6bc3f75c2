package io.depthcast.book;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The candles of an instrument in all intervals. */
final class Candles {
    private final Map<CandleInterval, CandleSeries> byInterval = new EnumMap<>(CandleInterval.class);
    private final CandleSeries[] series;

    Candles(int instrumentId) {
        for (CandleInterval interval : CandleInterval.values()) {
            byInterval.put(interval, new CandleSeries(instrumentId, interval));
        }
        series = byInterval.values().toArray(new CandleSeries[0]);
    }

    CandleSeries of(CandleInterval interval) {
        return Objects.requireNonNull(byInterval.get(interval));
    }

    void trade(long timeMicros, long priceTicks, long sizeLots, long sequence) {
        for (CandleSeries ofInterval : series) {
            ofInterval.trade(timeMicros, priceTicks, sizeLots, sequence);
        }
    }

    void advance(long timeMicros, long sequence) {
        for (CandleSeries ofInterval : series) {
            ofInterval.advance(timeMicros, sequence);
        }
    }

    /** Forgets everything; all have that version. */
    void startFrom(long epoch, long version) {
        for (CandleSeries ofInterval : series) {
            ofInterval.startFrom(epoch, version);
        }
    }

    /** @param histories one for each interval, in their order */
    void replace(long epoch, List<CandleHistory> histories) {
        for (int i = 0; i < series.length; i++) {
            series[i].replace(epoch, histories.get(i));
        }
    }

    /** The same, as what changed in that version. */
    void remember(long epoch, long version, List<CandleHistory> histories) {
        for (int i = 0; i < series.length; i++) {
            series[i].replace(epoch, histories.get(i).at(version));
        }
    }

    void addTo(Fingerprint of) {
        for (CandleSeries ofInterval : series) {
            of.add(ofInterval.version());
        }
    }

    List<CandleHistory> histories() {
        List<CandleHistory> histories = new ArrayList<>(series.length);
        for (CandleSeries ofInterval : series) {
            histories.add(ofInterval.history());
        }
        return List.copyOf(histories);
    }
}
