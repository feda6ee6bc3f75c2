package io.depthcast.source;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** Counts what a recording has, by instrument. One thread. */
final class RecordingDescription {
    private static final class Counts {
        private String steps = "";
        private long snapshots;
        private long updates;
        private long levels;
        private long trades;
    }

    private final Map<String, Counts> bySymbol = new TreeMap<>();
    private long events;
    private long firstMicros;
    private long lastMicros;

    void add(RecordedEvent event) {
        events++;
        if (event.dueMicros() != 0) {
            firstMicros = firstMicros == 0 ? event.dueMicros() : firstMicros;
            lastMicros = event.dueMicros();
        }
        if (!event.symbol().isEmpty()) {
            add(bySymbol.computeIfAbsent(event.symbol(), absent -> new Counts()), event.what());
        }
    }

    private static void add(Counts counts, RecordedEvent.What what) {
        if (what instanceof RecordedEvent.Define define) {
            counts.steps = "tick " + define.tick() + ", lot " + define.lot();
        } else if (what instanceof RecordedEvent.Levels levels) {
            counts.snapshots += levels.isWhole() ? 1 : 0;
            counts.updates += levels.isWhole() ? 0 : 1;
            counts.levels += levels.bids().count() + levels.asks().count();
        } else if (what instanceof RecordedEvent.Print) {
            counts.trades++;
        }
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(events + " events of " + bySymbol.size() + " instruments");
        if (firstMicros != 0) {
            lines.add("from " + instant(firstMicros) + " to " + instant(lastMicros) + ", "
                    + TimeUnit.MICROSECONDS.toSeconds(lastMicros - firstMicros) + " s");
        }
        bySymbol.forEach((symbol, counts) -> lines.add(symbol + ": " + counts.steps + ", " + counts.snapshots
                + " snapshots, " + counts.updates + " updates, " + counts.levels + " levels, " + counts.trades
                + " trades"));
        return lines;
    }

    private static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }
}
