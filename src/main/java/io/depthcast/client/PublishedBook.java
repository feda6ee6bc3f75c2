package io.depthcast.client;

import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A book as its publisher has it, kept so that it can be told whole again. Confined to its publisher. */
final class PublishedBook {
    private final String symbol;
    private final NavigableMap<BigDecimal, BigDecimal> bids = new TreeMap<>(Comparator.reverseOrder());
    private final NavigableMap<BigDecimal, BigDecimal> asks = new TreeMap<>();
    private final String definition;
    private final BigDecimal tickSize;
    private boolean isWhole;

    /** @param definition the object that lists it */
    PublishedBook(String symbol, String definition, BigDecimal tickSize) {
        this.symbol = symbol;
        this.definition = definition;
        this.tickSize = tickSize;
    }

    String definition() {
        return definition;
    }

    void replace(List<PublishClient.Level> newBids, List<PublishClient.Level> newAsks) {
        if (areGood(newBids) && areGood(newAsks)) {
            bids.clear();
            asks.clear();
            isWhole = true;
            update(newBids, newAsks);
        }
    }

    /** Whether the gateway takes them. What it refuses must not come again with the whole book. */
    private boolean areGood(List<PublishClient.Level> levels) {
        return levels.stream()
                .allMatch(level -> level.size().signum() >= 0
                        && level.price().remainder(tickSize).signum() == 0);
    }

    void update(List<PublishClient.Level> bidChanges, List<PublishClient.Level> askChanges) {
        if (areGood(bidChanges) && areGood(askChanges)) {
            apply(bids, bidChanges);
            apply(asks, askChanges);
        }
    }

    private static void apply(NavigableMap<BigDecimal, BigDecimal> side, List<PublishClient.Level> changes) {
        for (PublishClient.Level level : changes) {
            if (level.size().signum() == 0) {
                side.remove(level.price());
            } else {
                side.put(level.price(), level.size());
            }
        }
    }

    /** The object that tells it whole; null as long as it was not told so. */
    @Nullable
    String snapshot() {
        return isWhole ? PublishClient.levels("snapshot", symbol, list(bids), list(asks)) : null;
    }

    private static List<PublishClient.Level> list(NavigableMap<BigDecimal, BigDecimal> side) {
        return side.entrySet().stream()
                .map(entry -> new PublishClient.Level(entry.getKey(), entry.getValue()))
                .toList();
    }
}
