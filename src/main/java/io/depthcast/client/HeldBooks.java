package io.depthcast.client;

import io.depthcast.wire.Channel;
import io.depthcast.wire.Version;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** The books of one client, which outlive its connections. */
final class HeldBooks {
    /** One book and what is known of it beside its levels. */
    static final class HeldBook {
        final String symbol;
        final ProvedBook book = new ProvedBook();
        /** When a snapshot was last asked for. */
        long askedNanos;

        /** Whether what comes is to a depth that is no longer wanted, until the gateway takes up the one that is. */
        private boolean isPassing;

        private int announcedDepth;
        /** What its version is a version of: a book of another depth has other versions. */
        private int depth;

        private HeldBook(String symbol, long nowNanos) {
            this.symbol = symbol;
            this.askedNanos = nowNanos;
        }

        boolean isPassing() {
            return isPassing;
        }

        ProvedBook.Outcome apply(BookMessage message) {
            ProvedBook.Outcome outcome = book.apply(message);
            if (message.isSnapshot()) {
                depth = announcedDepth;
            }
            return outcome;
        }
    }

    private final Map<Integer, HeldBook> byId = new HashMap<>();

    /** @param wantedDepth by symbol, 0 for none: of a stream to another depth nothing is applied */
    void onSubscribed(ControlMessage.Subscribed message, ToIntFunction<String> wantedDepth, long nowNanos) {
        if (message.channel() != Channel.BOOK) {
            return;
        }
        message.instrumentIds().forEach((symbol, id) -> {
            HeldBook held = byId.get(id);
            if (held == null || !held.symbol.equals(symbol)) {
                // A gateway that was started anew may number its instruments differently.
                byId.values().removeIf(other -> other.symbol.equals(symbol));
                held = new HeldBook(symbol, nowNanos);
                byId.put(id, held);
            }
            int wanted = wantedDepth.applyAsInt(symbol);
            held.isPassing = wanted != 0 && wanted != message.depth();
            held.announcedDepth = message.depth();
        });
    }

    /**
     * After what was wanted has been refused: takes streams that were to pass, but are all that there is.
     *
     * @param wantedDepth by symbol, 0 for none
     * @return the symbols whose snapshots have been passed over
     */
    List<String> settle(ToIntFunction<String> wantedDepth) {
        List<String> settled = new ArrayList<>();
        for (HeldBook held : byId.values()) {
            int wanted = wantedDepth.applyAsInt(held.symbol);
            if (held.isPassing && (wanted == 0 || wanted == held.announcedDepth)) {
                held.isPassing = false;
                held.book.restart();
                settled.add(held.symbol);
            }
        }
        return settled;
    }

    void onUnsubscribed(ControlMessage.Unsubscribed message) {
        if (message.channel() == Channel.BOOK) {
            byId.values().removeIf(held -> message.symbols().contains(held.symbol));
        }
    }

    /** Empties the book of a symbol whose steps have changed, so that it is never shown in the wrong ones. */
    void restart(String symbol) {
        for (HeldBook held : byId.values()) {
            if (held.symbol.equals(symbol)) {
                held.book.restart();
            }
        }
    }

    /** Drops the books of other symbols. */
    void retain(Predicate<String> symbols) {
        byId.values().removeIf(held -> !symbols.test(held.symbol));
    }

    /** Null if no book of the instrument is subscribed. */
    @Nullable
    HeldBook find(int instrumentId) {
        return byId.get(instrumentId);
    }

    @Nullable
    ProvedBook find(String symbol) {
        for (HeldBook held : byId.values()) {
            if (held.symbol.equals(symbol)) {
                return held.book;
            }
        }
        return null;
    }

    /** Of the books of this depth that are proved, by symbol. */
    Map<String, Version> versions(int depth) {
        Map<String, Version> versions = new LinkedHashMap<>();
        for (HeldBook held : byId.values()) {
            Version version = held.book.version();
            if (version != null && held.depth == depth) {
                versions.put(held.symbol, version);
            }
        }
        return versions;
    }

    int count() {
        return byId.size();
    }

    /** How many of them are proved. */
    int provedCount() {
        int count = 0;
        for (HeldBook held : byId.values()) {
            count += held.book.version() == null ? 0 : 1;
        }
        return count;
    }
}
