package io.depthcast.feed;

import io.depthcast.book.InstrumentStatus;
import io.depthcast.book.Side;
import io.depthcast.book.TradeHistory;
import io.depthcast.feed.Refusal.Code;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What an event has to be. Each rule answers null, or why the event is refused. Stateless. */
final class EventRules {
    /** Levels a side: a whole book of the largest venues has some 5,000. */
    static final int MAX_LEVELS = 50_000;

    /** What fits a heap of 512 MiB: an instrument takes about 230 KiB. */
    static final int MAX_INSTRUMENTS = 2_000;
    /** Each symbol keeps its id as long as the epoch lasts, and ids index arrays. */
    static final int MAX_SYMBOLS = 20_000;
    /** Characters of a venue's own id of a trade. */
    static final int MAX_VENUE_ID = 36;

    private static final Pattern SYMBOL = Pattern.compile("[A-Z0-9._-]{1,32}");
    private static final int MAX_QUOTED = 40;

    private EventRules() {}

    static @Nullable Refusal symbol(String symbol) {
        return SYMBOL.matcher(symbol).matches()
                ? null
                : new Refusal(Code.BAD_REQUEST, "symbol: expected [A-Z0-9._-]{1,32}, got " + quote(symbol));
    }

    static @Nullable Refusal status(InstrumentStatus status) {
        return status == InstrumentStatus.STALE
                ? new Refusal(Code.BAD_REQUEST, "status: expected open, halted, auction or closed, got stale")
                : null;
    }

    static @Nullable Refusal owner(@Nullable Listed listed, Listed.Owner owner, String symbol) {
        if (listed != null && listed.owner() == owner) {
            return null;
        }
        Listed.Owner other = listed == null ? null : listed.owner();
        return other == null
                ? new Refusal(Code.UNKNOWN_SYMBOL, "symbol: " + quote(symbol) + " is not defined; define it first")
                : new Refusal(Code.TAKEN, "symbol: " + quote(symbol) + " is told by the source " + quote(other.name()));
    }

    /** @param whole whether they replace those there are */
    static @Nullable Refusal levels(
            @Nullable Listed listed,
            Listed.Owner owner,
            String symbol,
            boolean whole,
            LevelChanges bids,
            LevelChanges asks) {
        Refusal refusal = owner(listed, owner, symbol);
        if (listed == null || refusal != null) {
            return refusal;
        }
        if (!whole && !listed.whole) {
            return new Refusal(
                    Code.NO_SNAPSHOT, "the book of " + symbol + " is not known; tell it whole with a snapshot first");
        }
        refusal = side(listed, bids, whole ? 0 : listed.state().count(Side.BID));
        return refusal == null ? side(listed, asks, whole ? 0 : listed.state().count(Side.ASK)) : refusal;
    }

    /** @param kept levels that there are before */
    private static @Nullable Refusal side(Listed listed, LevelChanges changes, int kept) {
        int levels = kept;
        for (int i = 0; i < changes.count(); i++) {
            if (!listed.hasPrice(changes.priceTicks(i))) {
                return price(changes.priceTicks(i));
            }
            if (!listed.hasSize(changes.sizeLots(i))) {
                return size("0 or more", changes.sizeLots(i));
            }
            levels += changes.sizeLots(i) == 0 ? 0 : 1;
        }
        return levels > MAX_LEVELS
                ? new Refusal(Code.TOO_MANY, "levels: expected at most " + MAX_LEVELS + " a side")
                : null;
    }

    static @Nullable Refusal trade(
            @Nullable Listed listed,
            Listed.Owner owner,
            String symbol,
            long priceTicks,
            long sizeLots,
            @Nullable String venueId) {
        Refusal refusal = owner(listed, owner, symbol);
        if (listed == null || refusal != null) {
            return refusal;
        }
        if (!listed.hasPrice(priceTicks)) {
            return price(priceTicks);
        }
        if (sizeLots < 1 || !listed.hasSize(sizeLots)) {
            return size("1 or more", sizeLots);
        }
        return venueId == null || isVenueId(venueId)
                ? null
                : new Refusal(
                        Code.BAD_REQUEST,
                        "id: expected 1 to " + MAX_VENUE_ID + " printable ASCII characters, got " + quote(venueId));
    }

    private static boolean isVenueId(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < ' ' || text.charAt(i) > '~') {
                return false;
            }
        }
        return !text.isEmpty() && text.length() <= MAX_VENUE_ID;
    }

    static @Nullable Refusal time(long timeMicros, long nowMicros) {
        if (timeMicros >= 0 && timeMicros - nowMicros <= SourceClock.MAX_AHEAD_MICROS) {
            return null;
        }
        return new Refusal(
                Code.BAD_TIME,
                "time: expected microseconds since 1970, at most 60 s after " + nowMicros + ", got " + timeMicros);
    }

    static @Nullable Refusal history(@Nullable TradeHistory history, long nowMicros) {
        return history == null ? null : time(history.newestMicros(), nowMicros);
    }

    static Refusal twice(String symbol) {
        return new Refusal(Code.BAD_PRICE, "a snapshot of " + symbol + " names a price twice");
    }

    static Refusal tooManyInstruments() {
        return new Refusal(
                Code.TOO_MANY,
                "expected at most " + MAX_INSTRUMENTS + " instruments, and " + MAX_SYMBOLS
                        + " symbols since the start");
    }

    private static Refusal price(long priceTicks) {
        return new Refusal(Code.BAD_PRICE, "price: expected one that fits 63 bits, got " + priceTicks + " ticks");
    }

    private static Refusal size(String expected, long sizeLots) {
        return new Refusal(
                Code.BAD_SIZE, "size: expected " + expected + " that fits 64 bits, got " + sizeLots + " lots");
    }

    /** Of text from outside no more than a line shows, in printable ASCII. */
    private static String quote(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < Math.min(text.length(), MAX_QUOTED); i++) {
            char c = text.charAt(i);
            quoted.append(c >= ' ' && c <= '~' && c != '"' && c != '\\' ? c : '?');
        }
        return quoted.append(text.length() > MAX_QUOTED ? "...\"" : "\"").toString();
    }
}
