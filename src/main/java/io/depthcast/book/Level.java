package io.depthcast.book;

/** A price level of a {@link BookSide}; reused for another price after it is removed. */
final class Level {
    long sizeLots;

    /** Version at which the size last changed. */
    long changed;

    /** Per depth, the version at which the level last came among the best; means nothing while it is not among them. */
    final long[] entered;

    /** @param views for which that is kept */
    Level(int views) {
        entered = new long[views];
    }
}
