package io.depthcast.wire;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a client asks for, with every value in its range. Symbols have the form of one but may be unknown. */
public sealed interface Command extends ParsedCommand {
    /** Stands alone in a list of symbols and means all that the client may see. */
    String EVERY_SYMBOL = "*";

    /** The client's number for this command, 0 to 2^53 - 1, to be repeated in the answer. */
    @Nullable
    Long id();

    /** Whether {@code symbols} is {@link #EVERY_SYMBOL}. */
    static boolean isEverySymbol(List<String> symbols) {
        return symbols.size() == 1 && symbols.get(0).equals(EVERY_SYMBOL);
    }

    /**
     * Start streams, or change those that exist.
     *
     * @param symbols at least one, each once
     * @param intervalMillis least time between two updates, 0 to 60,000; 0 means every flush
     * @param resume the versions that the client holds, by symbol; empty unless the channel is book
     */
    record Subscribe(
            @Nullable Long id, View view, List<String> symbols, int intervalMillis, Map<String, Version> resume)
            implements Command {
        public Channel channel() {
            return view.channel();
        }

        /** The same for somebody who holds these versions. */
        public Subscribe resuming(Map<String, Version> held) {
            return new Subscribe(id, view, symbols, intervalMillis, held);
        }
    }

    /**
     * End streams.
     *
     * @param symbols at least one, each once
     * @param books which of them; all if the channel is another
     */
    record Unsubscribe(@Nullable Long id, Channel channel, List<String> symbols, BookChoice books) implements Command {
        /** Whatever there is of the channel. */
        public Unsubscribe(@Nullable Long id, Channel channel, List<String> symbols) {
            this(id, channel, symbols, BookChoice.ALL);
        }
    }

    /**
     * Send a snapshot of these books.
     *
     * @param symbols at least one, each once
     * @param books which of them
     * @param why the client's reason in at most 64 characters, possibly empty; text of a stranger
     */
    record Resync(@Nullable Long id, List<String> symbols, BookChoice books, String why) implements Command {
        /** Whatever books are subscribed. */
        public Resync(@Nullable Long id, List<String> symbols, String why) {
            this(id, symbols, BookChoice.ALL, why);
        }
    }

    /** Send no more than this, at least 1,000. */
    record Limit(@Nullable Long id, int bytesPerSecond) implements Command {}

    /** Use these credentials from now on. */
    record Auth(@Nullable Long id, String token) implements Command {
        /** Without the token. */
        @Override
        public String toString() {
            return "Auth[id=" + id + "]";
        }
    }

    /**
     * Answer with a pong.
     *
     * @param ageMillis how old the newest price was when the client applied it, or {@link #NO_AGE}
     */
    record Ping(@Nullable Long id, int ageMillis) implements Command {
        /** The client says nothing of ages. */
        public static final int NO_AGE = -1;

        /** Milliseconds, ten minutes: beyond that a clock is wrong, or a feed stands still and says so. */
        public static final int MAX_AGE_MILLIS = 600_000;

        public Ping(@Nullable Long id) {
            this(id, NO_AGE);
        }
    }
}
