package io.depthcast.app;

import io.depthcast.feed.Source;
import io.depthcast.market.FeedSettings;
import io.depthcast.market.SimulatedSource;
import io.depthcast.metrics.Meters;
import io.depthcast.source.BinanceSource;
import io.depthcast.source.CountedSource;
import io.depthcast.source.KafkaSource;
import io.depthcast.source.RecordingSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The sources that {@code feed.kind} names. */
final class Sources {
    private static final List<String> KINDS = Stream.concat(
                    FeedKinds.BUILT_IN.stream(), OwnSources.FOUND.names().stream())
            .toList();

    /** What an operator is told that they may be. */
    static final String EXPECTATION =
            FeedKinds.NONE + ", or one or more of " + String.join(", ", KINDS) + " with commas between";

    private Sources() {}

    /** The text if it names kinds, each once, else null. */
    static @Nullable String parse(String text) {
        List<String> kinds = List.of(text.split(",", -1));
        boolean areGood = KINDS.containsAll(kinds) && kinds.stream().distinct().count() == kinds.size();
        return text.equals(FeedKinds.NONE) || areGood ? text : null;
    }

    /** @param epochMicros start of the feed's numbers */
    static List<Source> of(Settings settings, long epochMicros, Meters meters) {
        List<Source> sources = new ArrayList<>();
        for (String kind : settings.feed().kind().split(",", -1)) {
            switch (kind) {
                case FeedSettings.SIMULATED -> sources.add(new SimulatedSource(settings.feed(), epochMicros));
                case FeedKinds.RECORDING ->
                    sources.add(
                            new RecordingSource(settings.sources().recording(), meters.source(FeedKinds.RECORDING)));
                case FeedKinds.BINANCE ->
                    sources.add(new BinanceSource(
                            settings.sources().binance(),
                            meters.source(FeedKinds.BINANCE),
                            () -> ThreadLocalRandom.current().nextDouble()));
                case FeedKinds.KAFKA ->
                    sources.add(new KafkaSource(
                            settings.kafka(), settings.sources().kafka(), meters.source(FeedKinds.KAFKA)));
                case FeedKinds.NONE -> {}
                default ->
                    sources.add(new CountedSource(
                            OwnSources.FOUND.create(kind, settings.sources().own()), meters.source(kind)));
            }
        }
        return sources;
    }
}
