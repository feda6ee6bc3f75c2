package io.depthcast.session;

import io.depthcast.fanout.Subscription;
import io.depthcast.wire.BookChoice;
import io.depthcast.wire.Channel;
import io.depthcast.wire.StreamKey;
import io.depthcast.wire.View;
import io.depthcast.wire.Views;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What one session follows, by the {@linkplain View#lane() lane} of each. One gateway loop. */
final class Lanes {
    /** Small, for most clients follow little. */
    private final Map<StreamKey, Subscription> byLane = new HashMap<>(2);
    /** How many of them are gathered books. */
    private int grouped;

    private static StreamKey lane(StreamKey key) {
        return new StreamKey(key.instrumentId(), key.view().lane());
    }

    private static boolean isGrouped(Subscription subscription) {
        return subscription.key().view() instanceof View.Book book && book.isGrouped();
    }

    int count() {
        return byLane.size();
    }

    Collection<Subscription> all() {
        return byLane.values();
    }

    /** What is in the lane of this stream; null if nothing. */
    @Nullable
    Subscription get(StreamKey key) {
        return byLane.get(lane(key));
    }

    /** Its lane must be free. */
    void put(Subscription subscription) {
        byLane.put(lane(subscription.key()), subscription);
        grouped += isGrouped(subscription) ? 1 : 0;
    }

    void remove(Subscription subscription) {
        byLane.remove(lane(subscription.key()));
        grouped -= isGrouped(subscription) ? 1 : 0;
    }

    void clear() {
        byLane.clear();
        grouped = 0;
    }

    boolean hasAnyOf(int instrumentId) {
        for (Channel channel : Channel.values()) {
            if (byLane.containsKey(new StreamKey(instrumentId, Views.lane(channel)))) {
                return true;
            }
        }
        return grouped > 0 && !grouped(instrumentId, BookChoice.ALL).isEmpty();
    }

    /** Those that follow one instrument in a channel. */
    List<Subscription> find(Channel channel, int instrumentId, BookChoice books) {
        List<Subscription> found = new ArrayList<>(1);
        Subscription single = byLane.get(new StreamKey(instrumentId, Views.lane(channel)));
        if (single != null && books.has(single.key().view())) {
            found.add(single);
        }
        if (channel == Channel.BOOK && grouped > 0) {
            found.addAll(grouped(instrumentId, books));
        }
        return found;
    }

    private List<Subscription> grouped(int instrumentId, BookChoice books) {
        List<Subscription> found = new ArrayList<>(1);
        for (View.Book book : Views.GROUPED_BOOKS) {
            Subscription present = books.has(book) ? byLane.get(new StreamKey(instrumentId, book)) : null;
            if (present != null) {
                found.add(present);
            }
        }
        return found;
    }
}
