package io.depthcast.source;

import io.depthcast.book.Instrument;
import io.depthcast.book.InstrumentStatus;
import io.depthcast.book.Side;
import io.depthcast.book.StepSize;
import io.depthcast.book.TradeHistory;
import io.depthcast.feed.Door;
import io.depthcast.feed.LevelChanges;
import io.depthcast.feed.Refusal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A door that keeps what it is told, in plain maps, for a test to look at. */
public final class PlainDoor implements Door {
    public final Map<String, Instrument> instruments = new LinkedHashMap<>();
    public final Map<String, NavigableMap<Long, Long>> bids = new LinkedHashMap<>();
    public final Map<String, NavigableMap<Long, Long>> asks = new LinkedHashMap<>();
    /** What happened, in words. */
    public final List<String> told = Collections.synchronizedList(new ArrayList<>());

    public final List<String> opened = new ArrayList<>();
    public volatile boolean full;
    public boolean late;
    /** What it refuses, and why. */
    String refused = "";

    @Nullable
    Refusal refusal;

    /** What it says of everything that it was told. */
    public volatile boolean settled = true;

    @Override
    public @Nullable Refusal define(
            String symbol, StepSize tick, StepSize lot, InstrumentStatus status, @Nullable TradeHistory history) {
        if (refused.equals("define")) {
            return refusal;
        }
        Instrument before = instruments.get(symbol);
        if (before == null
                || !before.tickSize().equals(tick)
                || !before.lotSize().equals(lot)) {
            instruments.put(symbol, new Instrument(instruments.size() + 1, symbol, tick, lot));
            bids.put(symbol, new TreeMap<>(Comparator.reverseOrder()));
            asks.put(symbol, new TreeMap<>());
        }
        told.add("define " + symbol + " " + tick + " " + lot + " " + status.text()
                + (history == null ? "" : " after " + history.tape().newestId()));
        return null;
    }

    @Override
    public @Nullable Refusal status(String symbol, InstrumentStatus status) {
        told.add("status " + symbol + " " + status.text());
        return null;
    }

    @Override
    public @Nullable Refusal remove(String symbol) {
        told.add("remove " + symbol);
        return null;
    }

    @Override
    public @Nullable Refusal snapshot(String symbol, LevelChanges bidChanges, LevelChanges askChanges, long time) {
        bids.get(symbol).clear();
        asks.get(symbol).clear();
        return changes("snapshot", symbol, bidChanges, askChanges, time);
    }

    @Override
    public @Nullable Refusal update(String symbol, LevelChanges bidChanges, LevelChanges askChanges, long time) {
        return changes("update", symbol, bidChanges, askChanges, time);
    }

    private @Nullable Refusal changes(
            String what, String symbol, LevelChanges bidChanges, LevelChanges askChanges, long time) {
        if (what.equals(refused)) {
            return refusal;
        }
        apply(bids.get(symbol), bidChanges);
        apply(asks.get(symbol), askChanges);
        told.add(what + " " + symbol + " " + text(bidChanges) + " " + text(askChanges) + " " + time);
        return null;
    }

    private static void apply(Map<Long, Long> levels, LevelChanges changes) {
        for (int i = 0; i < changes.count(); i++) {
            if (changes.sizeLots(i) == 0) {
                levels.remove(changes.priceTicks(i));
            } else {
                levels.put(changes.priceTicks(i), changes.sizeLots(i));
            }
        }
    }

    private static String text(LevelChanges changes) {
        List<String> levels = new ArrayList<>();
        for (int i = 0; i < changes.count(); i++) {
            levels.add(changes.priceTicks(i) + "x" + changes.sizeLots(i));
        }
        return levels.toString();
    }

    @Override
    public @Nullable Refusal trade(
            String symbol, Side taker, long priceTicks, long sizeLots, @Nullable String venueId, long timeMicros) {
        told.add(
                "trade " + symbol + " " + taker + " " + priceTicks + "x" + sizeLots + " " + venueId + " " + timeMicros);
        return null;
    }

    @Override
    public @Nullable Refusal stale(String symbol) {
        if (!instruments.containsKey(symbol)) {
            return Refusals.unknown(symbol);
        }
        told.add("stale " + symbol);
        return null;
    }

    @Override
    public void heartbeat() {
        told.add("heartbeat");
    }

    @Override
    public void disconnected() {
        told.add("disconnected");
    }

    @Override
    public void late(boolean isLate) {
        late = isLate;
    }

    @Override
    public @Nullable Instrument instrument(String symbol) {
        return instruments.get(symbol);
    }

    @Override
    public boolean hasInstruments() {
        return !instruments.isEmpty();
    }

    @Override
    public boolean hasRoom() {
        return !full;
    }

    @Override
    public BooleanSupplier settling() {
        return () -> settled;
    }

    @Override
    public Door open(String name, int silenceMillis) {
        opened.add(name + " " + silenceMillis);
        return this;
    }
}
