package io.depthcast.fanout;

import io.depthcast.auth.Entitlements;
import io.depthcast.book.Instrument;
import io.depthcast.book.InstrumentStatus;
import io.depthcast.feed.Listing;
import io.depthcast.feed.ListingChanges;
import io.depthcast.wire.BinanceListing;
import io.depthcast.wire.BinanceNames;
import io.depthcast.wire.Channel;
import io.depthcast.wire.HttpBodies;
import io.depthcast.wire.ListedInstrument;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The instruments that are listed now, by symbol. One gateway loop. */
public final class InstrumentDirectory {
    private static final Logger LOG = LoggerFactory.getLogger(InstrumentDirectory.class);

    private final Map<Integer, Listing> byId = new TreeMap<>();
    private final Map<String, Listing> bySymbol = new HashMap<>();
    /** Those of another status than whoever was here before may have been listed. */
    private final Set<Integer> switched = new HashSet<>();
    /** How often it has changed. */
    private long version;
    /** Of {@link #byId}, made when asked for. */
    private @Nullable List<Instrument> all;
    /** Of {@link #all()}, made when asked for. */
    private @Nullable BinanceNames binanceNames;

    /** Without any. */
    public InstrumentDirectory() {}

    /** With instruments that are traded. */
    public InstrumentDirectory(List<Instrument> instruments) {
        instruments.forEach(instrument -> list(new Listing(instrument, 0, InstrumentStatus.OPEN)));
    }

    /** Returns what that changes. */
    DirectoryChange apply(ListingChanges changes) {
        List<Instrument> removed = new ArrayList<>();
        for (int id : changes.removed()) {
            Listing gone = byId.remove(id);
            if (gone != null) {
                bySymbol.remove(gone.instrument().symbol());
                switched.remove(id);
                removed.add(gone.instrument());
            }
        }
        List<ListedInstrument> added = new ArrayList<>();
        List<ListedInstrument> redefined = new ArrayList<>();
        List<ListedInstrument> otherwise = new ArrayList<>();
        for (Listing listing : changes.changed()) {
            Listing before = byId.get(listing.id());
            if (before == null) {
                added.add(told(listing));
            } else if (!before.hasStepsOf(listing.instrument())) {
                redefined.add(told(listing));
            }
            if (before != null && before.status() != listing.status()) {
                otherwise.add(told(listing));
                switched.add(listing.id());
            }
            list(listing);
        }
        version++;
        all = null;
        binanceNames = null;
        return new DirectoryChange(removed, added, redefined, otherwise);
    }

    private static ListedInstrument told(Listing listing) {
        return new ListedInstrument(listing.instrument(), listing.status());
    }

    private void list(Listing listing) {
        byId.put(listing.id(), listing);
        bySymbol.put(listing.instrument().symbol(), listing);
    }

    /** Another one after each change. */
    public long version() {
        return version;
    }

    /** Ascending ids. */
    public List<Instrument> all() {
        List<Instrument> instruments = all;
        if (instruments == null) {
            instruments = byId.values().stream().map(Listing::instrument).toList();
            all = instruments;
        }
        return instruments;
    }

    /** What they are called in Binance's dialect. */
    public BinanceNames binanceNames() {
        BinanceNames names = binanceNames;
        if (names == null) {
            names = new BinanceNames(all());
            binanceNames = names;
            names.leftOut()
                    .forEach(each -> LOG.warn(
                            "{} is left out for clients of Binance's dialect: another instrument is called the same",
                            each.symbol()));
        }
        return names;
    }

    @Nullable
    public Instrument find(String symbol) {
        Listing listing = bySymbol.get(symbol);
        return listing == null ? null : listing.instrument();
    }

    /** Null if it is not listed. */
    @Nullable
    public Listing listing(int id) {
        return byId.get(id);
    }

    /** Id of the instrument with that symbol, or 0. */
    public int idOf(String symbol) {
        Listing listing = bySymbol.get(symbol);
        return listing == null ? 0 : listing.id();
    }

    /** The same as a client is told of it. */
    @Nullable
    public ListedInstrument listed(String symbol) {
        Listing listing = bySymbol.get(symbol);
        return listing == null ? null : told(listing);
    }

    /** Its status, if somebody who was listed it may take it for another; null if not, or if it is not listed. */
    @Nullable
    public ListedInstrument unsure(String symbol) {
        Listing listing = bySymbol.get(symbol);
        if (listing == null || (listing.status() == InstrumentStatus.OPEN && !switched.contains(listing.id()))) {
            return null;
        }
        return told(listing);
    }

    /** STALE for one that is not listed. */
    public InstrumentStatus statusOf(int id) {
        Listing listing = byId.get(id);
        return listing == null ? InstrumentStatus.STALE : listing.status();
    }

    /** Whether there are instruments and the source of none of them is there. */
    public boolean isStale() {
        for (Listing listing : byId.values()) {
            if (listing.status() != InstrumentStatus.STALE) {
                return false;
            }
        }
        return !byId.isEmpty();
    }

    /** The symbol of each id. */
    public Map<Integer, String> symbols() {
        return byId.values().stream()
                .map(Listing::instrument)
                .collect(Collectors.toMap(Instrument::id, Instrument::symbol));
    }

    /** Those of which a client may see anything, ascending ids. */
    public List<Instrument> visibleTo(Entitlements entitlements) {
        return entitlements.isEverything()
                ? all()
                : all().stream()
                        .filter(instrument -> entitlements.allows(instrument.symbol()))
                        .toList();
    }

    /** Ids of those of which a client may see that channel, ascending. */
    public List<Integer> idsVisibleTo(Entitlements entitlements, Channel channel) {
        return all().stream()
                .filter(instrument -> entitlements.allows(channel.text(), instrument.symbol()))
                .map(Instrument::id)
                .toList();
    }

    /** The same as a client is told of them. */
    public List<ListedInstrument> listedTo(Entitlements entitlements) {
        return byId.values().stream()
                .map(InstrumentDirectory::told)
                .filter(listed -> entitlements.isEverything()
                        || entitlements.allows(listed.instrument().symbol()))
                .toList();
    }

    /** Id of the instrument that is called so in Binance's dialect and of which a client may see that channel, or 0. */
    public int binanceIdOf(String name, Entitlements entitlements, Channel channel) {
        Instrument found = binanceNames().find(name);
        return found != null && entitlements.allows(channel.text(), found.symbol()) ? found.id() : 0;
    }

    /** Ids of all those, ascending. */
    public List<Integer> binanceIds(Entitlements entitlements, Channel channel) {
        return all().stream()
                .filter(each -> binanceNames().has(each) && entitlements.allows(channel.text(), each.symbol()))
                .map(Instrument::id)
                .toList();
    }

    /** Writes the answer to {@code exchangeInfo} in Binance's dialect. */
    public void writeBinanceListing(List<Integer> ids, long timeMicros, ByteBuf out) {
        List<ListedInstrument> listed = ids.stream()
                .map(byId::get)
                .filter(Objects::nonNull)
                .map(InstrumentDirectory::told)
                .toList();
        BinanceListing.write(listed, timeMicros, out);
    }

    /** Writes the JSON listing of {@code GET /v1/instruments}. */
    public void writeListing(Entitlements entitlements, ByteBuf out) {
        HttpBodies.instruments(listedTo(entitlements), out);
    }
}
