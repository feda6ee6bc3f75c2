package io.depthcast.source;

import java.util.Map;

/**
 * What the kinds of source are told. The market that is made up has its own.
 *
 * @param own of the kinds that come in jars of their own, by the full names of their keys
 */
public record SourceSettings(
        RecordingSettings recording, BinanceSettings binance, KafkaFeedSettings kafka, Map<String, String> own) {
    public static final SourceSettings DEFAULT = new SourceSettings(
            new RecordingSettings(
                    RecordingSettings.NONE, RecordingSettings.AS_IT_WAS, false, RecordingSettings.SHIFTED),
            new BinanceSettings(
                    BinanceSettings.DEFAULT_REST, BinanceSettings.DEFAULT_STREAM, BinanceSettings.DEFAULT_SYMBOLS),
            KafkaFeedSettings.OFF,
            Map.of());

    /** Their values may be secrets. */
    @Override
    public String toString() {
        return "SourceSettings[recording=%s, binance=%s, kafka=%s, own=%s]"
                .formatted(recording, binance, kafka, own.keySet());
    }
}
