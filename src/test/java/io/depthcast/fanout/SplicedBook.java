package io.depthcast.fanout;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A local order book kept as Binance documents it, and strictly: changes wait until there is a snapshot that they go on from;
 * those that it includes are dropped, the first that is applied has to include what follows it, and from then on each has to
 * begin where the one before ended.
 */
public final class SplicedBook {
    private final SortedMap<BigDecimal, BigDecimal> bids = new TreeMap<>(Collections.reverseOrder());
    private final SortedMap<BigDecimal, BigDecimal> asks = new TreeMap<>();
    private final List<JsonObject> waiting = new ArrayList<>();
    private boolean isSpliced;
    private long updateId;
    private long heardId;
    private long applied;

    /** A change; whatever does not abut is an error. */
    public void change(JsonObject change) {
        long first = change.getLong("U");
        long last = change.getLong("u");
        if (first > last || (heardId != 0 && first != heardId + 1)) {
            throw new AssertionError("after " + heardId + " came " + first + " to " + last);
        }
        heardId = last;
        if (isSpliced) {
            apply(change);
        } else {
            waiting.add(change);
        }
    }

    /** What was asked for; returns false if it is too old and has to be asked for again. */
    public boolean snapshot(JsonObject snapshot) {
        long id = snapshot.getLong("lastUpdateId");
        if (!waiting.isEmpty() && waiting.get(0).getLong("U") > id + 1) {
            return false;
        }
        bids.clear();
        asks.clear();
        set(bids, snapshot.getJsonArray("bids"));
        set(asks, snapshot.getJsonArray("asks"));
        updateId = id;
        isSpliced = true;
        waiting.forEach(this::apply);
        waiting.clear();
        return true;
    }

    private void apply(JsonObject change) {
        long last = change.getLong("u");
        if (last <= updateId) {
            return;
        }
        if (change.getLong("U") > updateId + 1) {
            throw new AssertionError("the book is at " + updateId + " and a change begins at " + change.getLong("U"));
        }
        set(bids, change.getJsonArray("b"));
        set(asks, change.getJsonArray("a"));
        updateId = last;
        applied++;
    }

    private static void set(Map<BigDecimal, BigDecimal> side, JsonArray levels) {
        for (int i = 0; i < levels.size(); i++) {
            JsonArray level = levels.getJsonArray(i);
            BigDecimal price = new BigDecimal(level.getString(0)).stripTrailingZeros();
            BigDecimal size = new BigDecimal(level.getString(1)).stripTrailingZeros();
            if (size.signum() == 0) {
                side.remove(price);
            } else {
                side.put(price, size);
            }
        }
    }

    public boolean isSpliced() {
        return isSpliced;
    }

    /** The number of the last update in it. */
    public long updateId() {
        return updateId;
    }

    /** Changes applied since the start. */
    public long applied() {
        return applied;
    }

    /** Both sides, best first, as {@code [price=size, ...] [...]}. */
    public String text() {
        return text(bids) + ' ' + text(asks);
    }

    private static String text(Map<BigDecimal, BigDecimal> side) {
        List<String> levels = new ArrayList<>();
        side.forEach((price, size) -> levels.add(price.toPlainString() + '=' + size.toPlainString()));
        return levels.toString();
    }
}
