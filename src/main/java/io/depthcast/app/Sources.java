package io.depthcast.app;

import io.depthcast.feed.Source;
import io.depthcast.market.FeedSettings;
import io.depthcast.market.SimulatedSource;
import io.depthcast.metrics.Meters;
import io.depthcast.source.BinanceSource;
import io.depthcast.source.RecordingSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** The sources that {@code feed.kind} names. */
final class Sources {
    static final String NONE = "none";
    private static final String RECORDING = "recording";
    private static final String BINANCE = "binance";
    private static final List<String> KINDS = List.of(FeedSettings.SIMULATED, RECORDING, BINANCE);

    /** What an operator is told that they may be. */
    static final String EXPECTATION = NONE + ", or one or more of " + String.join(", ", KINDS) + " with commas between";

    private Sources() {}

    /** The text if it names kinds, each once, else null. */
    static @Nullable String parse(String text) {
        List<String> kinds = List.of(text.split(",", -1));
        boolean areGood = KINDS.containsAll(kinds) && kinds.stream().distinct().count() == kinds.size();
        return text.equals(NONE) || areGood ? text : null;
    }

    /** @param epochMicros start of the feed's numbers */
    static List<Source> of(Settings settings, long epochMicros, Meters meters) {
        List<Source> sources = new ArrayList<>();
        for (String kind : settings.feed().kind().split(",", -1)) {
            switch (kind) {
                case FeedSettings.SIMULATED -> sources.add(new SimulatedSource(settings.feed(), epochMicros));
                case RECORDING ->
                    sources.add(new RecordingSource(settings.sources().recording(), meters.source(RECORDING)));
                case BINANCE ->
                    sources.add(new BinanceSource(
                            settings.sources().binance(), meters.source(BINANCE), () -> ThreadLocalRandom.current()
                                    .nextDouble()));
                default -> {}
            }
        }
        return sources;
    }
}
