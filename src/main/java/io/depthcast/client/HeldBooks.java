package io.depthcast.client;

import io.depthcast.wire.Channel;
import io.depthcast.wire.Version;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The books of one client, which outlive its connections. */
final class HeldBooks {
    /** One book and what is known of it beside its levels. */
    static final class HeldBook {
        final String symbol;
        final ProvedBook book = new ProvedBook();
        /** When a snapshot was last asked for. */
        long askedNanos;

        private int announcedDepth;
        /** What its version is a version of: a book of another depth has other versions. */
        private int depth;

        private HeldBook(String symbol, long nowNanos) {
            this.symbol = symbol;
            this.askedNanos = nowNanos;
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

    void onSubscribed(ControlMessage.Subscribed message, long nowNanos) {
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
            held.announcedDepth = message.depth();
        });
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
