package io.depthcast.book;

import java.util.List;

/** The books that are told of an instrument: how deep they go, and to how many ticks their prices are gathered. */
public final class BookShapes {
    /** Levels a side, ascending. */
    public static final List<Integer> DEPTHS = List.of(10, 25, 100, 500);

    public static final int DEFAULT_DEPTH = 25;

    /** The group of a book whose prices are as they are. */
    public static final int NO_GROUP = 1;

    /** Ticks from one price of a book to the next, ascending. */
    public static final List<Integer> GROUPS = List.of(NO_GROUP, 2, 5, 10, 25, 50, 100, 250, 500, 1_000);

    /** How many views of the best levels a book has; each is known by its index, ascending. */
    static final int VIEWS = DEPTHS.size();

    private static final int[] DEPTH_OF_VIEW =
            DEPTHS.stream().mapToInt(Integer::intValue).toArray();

    private BookShapes() {}

    /** Levels a side of the view with that index. */
    static int depth(int view) {
        return DEPTH_OF_VIEW[view];
    }
}
