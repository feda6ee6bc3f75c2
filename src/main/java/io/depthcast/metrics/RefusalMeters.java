package io.depthcast.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/** The meters of refusals: a series for each transport and each kind that we know, however clients ask. */
final class RefusalMeters {
    private static final String OTHER = "other";
    private static final String[] TRANSPORTS = {"websocket", "sse", "http", "publish"};
    private static final String[] KINDS = {
        "bad-depth",
        "bad-handshake",
        "bad-interval",
        "bad-request",
        "bad-token",
        "blocked",
        "draining",
        "crowded",
        "full",
        "no-token",
        "not-entitled",
        "origin",
        "overloaded",
        "too-many-connections",
        "too-many-handshakes",
        "too-many-of-subject",
        "too-many-requests",
        "too-many-subscriptions",
        "unavailable",
        "unknown-subprotocol",
        "unknown-symbol",
        "upgrade-required",
        OTHER
    };

    private final Map<String, Map<String, LongAdder>> counts = new LinkedHashMap<>();

    RefusalMeters(MeterRegistry registry) {
        for (String transport : TRANSPORTS) {
            Map<String, LongAdder> byKind = new LinkedHashMap<>();
            for (String kind : KINDS) {
                LongAdder count = new LongAdder();
                byKind.put(kind, count);
                FunctionCounter.builder("depthcast.refusals", count, LongAdder::sum)
                        .description("Clients refused a stream or a request, by transport and by what was wrong.")
                        .tag("transport", transport)
                        .tag("reason", kind)
                        .register(registry);
            }
            counts.put(transport, byKind);
        }
    }

    void increment(String transport, String kind) {
        Map<String, LongAdder> byKind = Objects.requireNonNull(counts.get(transport), transport);
        LongAdder known = byKind.get(kind);
        Objects.requireNonNull(known == null ? byKind.get(OTHER) : known).increment();
    }
}
