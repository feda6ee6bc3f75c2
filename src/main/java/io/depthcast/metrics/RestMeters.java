package io.depthcast.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;

/** How long requests that are no streams take, by route and status. A fixed number of series. Any thread. */
public final class RestMeters {
    /** What a request asks for; the label of {@code depthcast_rest_seconds}. */
    public enum Route {
        INSTRUMENTS,
        BOOK,
        /** A book that is waited for. */
        POLL,
        TRADES,
        CANDLES,
        TICKERS,
        TICKETS,
        /** Whatever is asked in Binance's dialect. */
        BINANCE,
        OTHER;

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static final List<String> STATUSES = List.of("2xx", "3xx", "4xx", "429", "5xx");
    private static final int TOO_MANY = 429;
    private static final Duration[] BUCKETS = {
        Duration.ofMillis(1),
        Duration.ofMillis(5),
        Duration.ofMillis(25),
        Duration.ofMillis(100),
        Duration.ofMillis(500),
        Duration.ofSeconds(2),
        Duration.ofSeconds(10),
        Duration.ofSeconds(60)
    };

    private final Map<Route, Map<String, Timer>> timers = new EnumMap<>(Route.class);

    RestMeters(MeterRegistry registry) {
        for (Route route : Route.values()) {
            timers.put(
                    route,
                    STATUSES.stream()
                            .collect(Collectors.toMap(
                                    Function.identity(), status -> timer(registry, route.label(), status))));
        }
    }

    private static Timer timer(MeterRegistry registry, String route, String status) {
        return Timer.builder("depthcast.rest")
                .description("Time from a request to the end of its answer, but for streams.")
                .serviceLevelObjectives(BUCKETS)
                .tag("route", route)
                .tag("status", status)
                .register(registry);
    }

    /** @param status of the HTTP answer */
    public void answered(Route route, int status, long nanos) {
        Timer timer = Objects.requireNonNull(timers.get(route)).get(status == TOO_MANY ? "429" : status / 100 + "xx");
        if (timer != null) {
            timer.record(nanos, TimeUnit.NANOSECONDS);
        }
    }
}
