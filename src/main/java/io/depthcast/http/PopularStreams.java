package io.depthcast.http;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.vertx.core.Context;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Subscriptions by channel, and those of the ten streams that most follow: a number of series that does not grow with
 * clients or instruments. Looked at every few seconds, because it costs every loop a walk over its streams.
 */
final class PopularStreams {
    static final int LOOK_MILLIS = 5_000;
    private static final int MOST = 10;
    private static final List<String> CHANNELS = List.of("book", "bbo", "trades", "candles");

    /** So that the metric is there before anybody follows anything. */
    private static final List<MultiGauge.Row<?>> NOTHING =
            List.of(row(tags(new StreamName("none", "none", "none")), 0));

    private final List<Connections> loops;
    private final MultiGauge byChannel;
    private final MultiGauge byStream;

    PopularStreams(MeterRegistry registry, List<Connections> loops) {
        this.loops = loops;
        this.byChannel = MultiGauge.builder("depthcast.channel.subscriptions")
                .description("Subscriptions by channel, of streams that are followed now.")
                .register(registry);
        this.byStream = MultiGauge.builder("depthcast.popular.stream.subscriptions")
                .description("Subscriptions of the ten streams that are followed most.")
                .register(registry);
        tell(Map.of());
    }

    /** Asks all loops; one that does not answer is left out, and its metric of lag tells why. */
    void look(Context management) {
        LoopAnswers.ask(management, loops, Connections::followers)
                .onSuccess(asked -> tell(StreamRoutes.sum(asked.given())));
    }

    private void tell(Map<StreamName, Integer> followers) {
        Map<String, Integer> channels = new TreeMap<>();
        CHANNELS.forEach(channel -> channels.put(channel, 0));
        followers.forEach((stream, count) -> channels.merge(stream.channel(), count, Integer::sum));
        byChannel.register(
                rows(channels.entrySet().stream().map(each -> row(Tags.of("channel", each.getKey()), each.getValue()))),
                true);
        List<MultiGauge.Row<?>> popular = rows(StreamName.mostPopular(followers, MOST).stream()
                .map(each -> row(tags(each.getKey()), each.getValue())));
        byStream.register(popular.isEmpty() ? NOTHING : popular, true);
    }

    private static List<MultiGauge.Row<?>> rows(java.util.stream.Stream<MultiGauge.Row<?>> rows) {
        return rows.toList();
    }

    private static MultiGauge.Row<?> row(Tags tags, int count) {
        return MultiGauge.Row.of(tags, count);
    }

    private static Tags tags(StreamName stream) {
        return Tags.of("channel", stream.channel(), "symbol", stream.symbol(), "detail", stream.detail());
    }
}
