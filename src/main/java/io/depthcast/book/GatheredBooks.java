package io.depthcast.book;

import java.util.ArrayList;
import java.util.List;

/** The gathered books of one instrument that somebody asked for: at most one for each group, and none costs nothing. */
final class GatheredBooks {
    private final OrderBook whole;
    private final List<GatheredBook> books = new ArrayList<>(0);

    GatheredBooks(OrderBook whole) {
        this.whole = whole;
    }

    boolean isEmpty() {
        return books.isEmpty();
    }

    /**
     * The one of that group, made if it is not there.
     *
     * @throws IllegalArgumentException unless the group is one of {@link BookShapes#GROUPS}
     */
    OrderBook of(int group) {
        for (GatheredBook each : books) {
            if (each.group() == group) {
                return each.book();
            }
        }
        if (!BookShapes.GROUPS.contains(group)) {
            throw new IllegalArgumentException(
                    "expected a group of " + Choices.text(BookShapes.GROUPS) + ", got " + group);
        }
        GatheredBook made = new GatheredBook(whole, group);
        books.add(made);
        return made.book();
    }

    void forget(int group) {
        books.removeIf(each -> each.group() == group);
    }

    /** Sets the absolute size of a level of the whole book, and what follows from it. */
    boolean apply(Side side, long priceTicks, long sizeLots, long sequence, long timeMicros) {
        long fromLots = whole.side(side).sizeAt(priceTicks);
        if (!whole.apply(side, priceTicks, sizeLots, sequence, timeMicros)) {
            return false;
        }
        for (int i = 0; i < books.size(); i++) {
            books.get(i).changed(side, priceTicks, fromLots, sizeLots, timeMicros);
        }
        return true;
    }

    void startFrom() {
        books.forEach(GatheredBook::startFrom);
    }

    void repaired() {
        books.forEach(GatheredBook::repaired);
    }
}
