package io.depthcast.source;

import io.depthcast.feed.Door;
import io.depthcast.feed.FeedBus;
import io.depthcast.feed.LevelChanges;
import io.depthcast.feed.Refusal;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The doors of a recording: each source that was recorded has one of its own again, with its own clock; what does not say
 * who told it goes through the recording's own. Feed loop only.
 */
final class RecordedDoors {
    private final Door own;
    private final Map<Integer, Door> bySource = new LinkedHashMap<>();
    private final Map<String, Door> bySymbol = new HashMap<>();
    private final LevelChanges bids = new LevelChanges();
    private final LevelChanges asks = new LevelChanges();

    RecordedDoors(Door own) {
        this.own = own;
    }

    /**
     * Tells an event; null if it was taken.
     *
     * @param atMicros its time as clients are to see it
     */
    @Nullable
    Refusal tell(RecordedEvent event, long atMicros) {
        if (event.what() instanceof RecordedEvent.Listed listed) {
            keep(listed);
            return null;
        }
        Door door = event.what() instanceof RecordedEvent.Define define
                ? definer(event.symbol(), define.source())
                : bySymbol.getOrDefault(event.symbol(), own);
        Refusal refusal = event.tell(door, bids, asks, atMicros);
        if (refusal != null) {
            doubt(event, door);
        } else if (event.what() instanceof RecordedEvent.Define) {
            bySymbol.put(event.symbol(), door);
        } else if (event.what() instanceof RecordedEvent.Remove) {
            bySymbol.remove(event.symbol());
        }
        return refusal;
    }

    /** A file does not hear what is refused, and goes on from it. */
    private void doubt(RecordedEvent event, Door door) {
        if (event.what() instanceof RecordedEvent.Define) {
            Door former = bySymbol.get(event.symbol());
            if (former != null) {
                // What follows is in other steps.
                remove(event.symbol(), former);
            }
        } else if (!(event.what() instanceof RecordedEvent.Print)) {
            // Refused if it is another's, and then nothing of ours is wrong.
            var unused = door.stale(event.symbol());
        }
    }

    /** The door of who defines; who had the symbol before gives it up. */
    private Door definer(String symbol, int source) {
        Door door = source == RecordedEvent.NO_SOURCE
                ? own
                : bySource.computeIfAbsent(source, absent -> own.open("recording-" + source, FeedBus.STALE_MILLIS));
        Door former = bySymbol.get(symbol);
        if (former != null && former != door) {
            remove(symbol, former);
        }
        return door;
    }

    private void keep(RecordedEvent.Listed listed) {
        for (Map.Entry<String, Door> each : List.copyOf(bySymbol.entrySet())) {
            if (!listed.symbols().contains(each.getKey())) {
                remove(each.getKey(), each.getValue());
            }
        }
    }

    private void remove(String symbol, Door from) {
        bySymbol.remove(symbol);
        // Whoever defined it may remove it, so there is nothing to refuse.
        var unused = from.remove(symbol);
    }

    void heartbeat() {
        own.heartbeat();
        bySource.values().forEach(Door::heartbeat);
    }

    void disconnected() {
        own.disconnected();
        bySource.values().forEach(Door::disconnected);
    }
}
