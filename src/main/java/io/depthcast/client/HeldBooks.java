package io.depthcast.client;

import io.depthcast.book.BookShapes;
import io.depthcast.wire.BookChoice;
import io.depthcast.wire.Channel;
import io.depthcast.wire.Version;
import io.depthcast.wire.View;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** The books of one client, which outlive its connections. */
final class HeldBooks {
    /**
     * What distinguishes the books of one client.
     *
     * @param depth 0 for the one whose prices are as they are
     */
    private record Key(int instrumentId, int depth, int group) {
        static Key of(int instrumentId, int depth, int group) {
            return new Key(instrumentId, group == BookShapes.NO_GROUP ? 0 : depth, group);
        }

        boolean isLike(Key other) {
            return depth == other.depth && group == other.group;
        }
    }

    /** One book and what is known of it beside its levels. */
    static final class HeldBook {
        final String symbol;
        private final int group;
        final ProvedBook book = new ProvedBook();
        /** When a snapshot was last asked for. */
        long askedNanos;

        /** Whether what comes is to a depth that is no longer wanted, until the gateway takes up the one that is. */
        private boolean isPassing;

        private int announcedDepth;
        /** What its version is a version of: a book of another depth has other versions. */
        private int depth;

        private HeldBook(String symbol, int group, long nowNanos) {
            this.symbol = symbol;
            this.group = group;
            this.askedNanos = nowNanos;
        }

        private boolean isGrouped() {
            return group != BookShapes.NO_GROUP;
        }

        private View.Book view() {
            return new View.Book(announcedDepth, group);
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

    private final Map<Key, HeldBook> byKey = new HashMap<>();

    /** @param wantedDepth by symbol, 0 for none: of a stream to another depth nothing is applied */
    void onSubscribed(ControlMessage.Subscribed message, ToIntFunction<String> wantedDepth, long nowNanos) {
        if (message.channel() != Channel.BOOK) {
            return;
        }
        message.instrumentIds().forEach((symbol, id) -> {
            Key key = Key.of(id, message.depth(), message.group());
            HeldBook held = byKey.get(key);
            if (held == null || !held.symbol.equals(symbol)) {
                // A gateway that was started anew may number its instruments differently.
                byKey.entrySet()
                        .removeIf(other -> other.getValue().symbol.equals(symbol)
                                && other.getKey().isLike(key));
                held = new HeldBook(symbol, message.group(), nowNanos);
                byKey.put(key, held);
            }
            int wanted = held.isGrouped() ? 0 : wantedDepth.applyAsInt(symbol);
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
        for (HeldBook held : byKey.values()) {
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
            byKey.values()
                    .removeIf(held -> message.symbols().contains(held.symbol)
                            && message.books().has(held.view()));
        }
    }

    /** Empties the book of a symbol whose steps have changed, so that it is never shown in the wrong ones. */
    void restart(String symbol) {
        for (HeldBook held : byKey.values()) {
            if (held.symbol.equals(symbol)) {
                held.book.restart();
            }
        }
    }

    /** Drops the books that are not among these. */
    void retain(BiPredicate<View.Book, String> wanted) {
        byKey.values().removeIf(held -> !wanted.test(held.view(), held.symbol));
    }

    /**
     * Null if no such book of the instrument is subscribed.
     *
     * @param depth means nothing where prices are not gathered
     */
    @Nullable
    HeldBook find(int instrumentId, int depth, int group) {
        return byKey.get(Key.of(instrumentId, depth, group));
    }

    /** The one whose prices are as they are; null if none is subscribed. */
    @Nullable
    ProvedBook find(String symbol) {
        return find(symbol, 0, BookShapes.NO_GROUP);
    }

    /** Null if no such book is subscribed. */
    @Nullable
    ProvedBook find(String symbol, int depth, int group) {
        Key like = Key.of(0, depth, group);
        for (Map.Entry<Key, HeldBook> entry : byKey.entrySet()) {
            if (entry.getValue().symbol.equals(symbol) && entry.getKey().isLike(like)) {
                return entry.getValue().book;
            }
        }
        return null;
    }

    /** What tells the gateway which of the books of its symbol this is; a gateway of before there were several has one alone. */
    BookChoice choice(HeldBook held) {
        if (held.isGrouped()) {
            return BookChoice.of(held.view());
        }
        boolean isOnly = byKey.values().stream().noneMatch(HeldBook::isGrouped);
        return isOnly ? BookChoice.ALL : new BookChoice(BookChoice.ANY, BookShapes.NO_GROUP);
    }

    /** Of the books of this view that are proved, by symbol. */
    Map<String, Version> versions(View.Book view) {
        Map<String, Version> versions = new LinkedHashMap<>();
        for (HeldBook held : byKey.values()) {
            Version version = held.book.version();
            if (version != null && held.depth == view.depth() && held.group == view.group()) {
                versions.put(held.symbol, version);
            }
        }
        return versions;
    }

    int count() {
        return byKey.size();
    }

    /** How many of them are proved. */
    int provedCount() {
        int count = 0;
        for (HeldBook held : byKey.values()) {
            count += held.book.version() == null ? 0 : 1;
        }
        return count;
    }
}
