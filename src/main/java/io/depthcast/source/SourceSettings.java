package io.depthcast.source;

/** What the kinds of source are told that come with the gateway. The market that is made up has its own. */
public record SourceSettings(RecordingSettings recording, BinanceSettings binance) {
    public static final SourceSettings DEFAULT = new SourceSettings(
            new RecordingSettings(
                    RecordingSettings.NONE, RecordingSettings.AS_IT_WAS, false, RecordingSettings.SHIFTED),
            new BinanceSettings(
                    BinanceSettings.DEFAULT_REST, BinanceSettings.DEFAULT_STREAM, BinanceSettings.DEFAULT_SYMBOLS));
}
