package io.depthcast.wire;

import io.depthcast.book.BookShapes;
import io.depthcast.book.CandleInterval;

/** What of an instrument a stream tells, and how it is cut. */
public sealed interface View permits View.Single, View.Book, View.Candles, BinanceStream, BinanceBody {
    Channel channel();

    /** What distinguishes it within its channel, for people: {@code 25} levels, {@code 1m}; {@code none} if nothing does. */
    default String detail() {
        return "none";
    }

    /**
     * What stands for all views of which a client follows at most one of an instrument at a time, so that the next takes the
     * place of the last. A book that is gathered stands for itself: there may be one for each depth and group.
     */
    default View lane() {
        return this;
    }

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
        static final Book LANE = new Book(BookShapes.DEFAULT_DEPTH);

        /** With its prices as they are. */
        public Book(int depth) {
            this(depth, BookShapes.NO_GROUP);
        }

        @Override
        public Channel channel() {
            return Channel.BOOK;
        }

        @Override
        public String detail() {
            return isGrouped() ? depth + " by " + group : Integer.toString(depth);
        }

        @Override
        public View lane() {
            return isGrouped() ? this : LANE;
        }

        public boolean isGrouped() {
            return group != BookShapes.NO_GROUP;
        }
    }

    /** Candles of one length. */
    record Candles(CandleInterval interval) implements View {
        static final Candles LANE = new Candles(CandleInterval.ONE_MINUTE);

        @Override
        public Channel channel() {
            return Channel.CANDLES;
        }

        @Override
        public View lane() {
            return LANE;
        }

        @Override
        public String detail() {
            return interval.text();
        }
    }
}
