package io.depthcast.wire;

import io.depthcast.book.BookShapes;
import io.depthcast.book.CandleInterval;

/** What of an instrument a stream tells, and how it is cut. */
public sealed interface View {
    Channel channel();

    /** The views of which every instrument has one. */
    enum Single implements View {
        BBO(Channel.BBO),
        TRADES(Channel.TRADES),
        TICKER(Channel.TICKER);

        private final Channel channel;

        Single(Channel channel) {
            this.channel = channel;
        }

        @Override
        public Channel channel() {
            return channel;
        }
    }

    /**
     * The best levels.
     *
     * @param depth levels a side, one of {@link BookShapes#DEPTHS}
     * @param group ticks to which prices are gathered, one of {@link BookShapes#GROUPS}
     */
    record Book(int depth, int group) implements View {
        /** With its prices as they are. */
        public Book(int depth) {
            this(depth, BookShapes.NO_GROUP);
        }

        @Override
        public Channel channel() {
            return Channel.BOOK;
        }

        public boolean isGrouped() {
            return group != BookShapes.NO_GROUP;
        }
    }

    /** Candles of one length. */
    record Candles(CandleInterval interval) implements View {
        @Override
        public Channel channel() {
            return Channel.CANDLES;
        }
    }
}
