package io.depthcast.client;

import io.depthcast.wire.BookChoice;
import io.depthcast.wire.Channel;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the gateway says to one client beside market data. Times are microseconds since 1970. */
public sealed interface ControlMessage {
    /**
     * The greeting.
     *
     * @param session names this connection
     * @param flushMillis the fastest pace of updates
     * @param limits what this client is held to, by name
     * @param lastClose why the connection ended whose session id this client presented; null if it did not, or nobody knows
     */
    record Welcome(
            String session,
            String server,
            long timeMicros,
            int flushMillis,
            Map<String, Long> limits,
            @Nullable LastClose lastClose)
            implements ControlMessage {}

    /** How the gateway remembers the end of an earlier connection. */
    record LastClose(int code, String reason) {}

    /**
     * Streams have started, or changed.
     *
     * @param depth of a book, otherwise 0
     * @param group ticks to which a book's prices are gathered, 1 if they are as they are
     * @param instrumentIds by symbol
     */
    record Subscribed(
            @Nullable Long id,
            Channel channel,
            int depth,
            int group,
            long intervalMillis,
            Map<String, Integer> instrumentIds)
            implements ControlMessage {}

    /**
     * Streams have ended.
     *
     * @param books which of them, of the channel of books
     * @param why {@link #REMOVED}, or null if the client asked for it, or its token allows them no longer
     */
    record Unsubscribed(
            @Nullable Long id,
            Channel channel,
            List<String> symbols,
            BookChoice books,
            @Nullable String why) implements ControlMessage {
        /** The instruments are no more. */
        public static final String REMOVED = "removed";

        public boolean isRemoved() {
            return REMOVED.equals(why);
        }
    }

    record Limited(@Nullable Long id, long bytesPerSecond) implements ControlMessage {}

    record Authenticated(@Nullable Long id, long expiresMicros) implements ControlMessage {}

    record Pong(@Nullable Long id, long timeMicros) implements ControlMessage {}

    /**
     * A command, or a part of it, was refused.
     *
     * @param code as in the protocol document, such as {@code unknown-symbol}
     * @param symbol what it is about, null if it is about the whole command
     */
    record Refused(
            @Nullable Long id,
            String code,
            String reason,
            @Nullable String symbol) implements ControlMessage {}

    /**
     * What is about to happen to this client.
     *
     * @param code {@code conflating slow live draining token-expiring}, or one that a newer gateway may add
     * @param values the numbers of the notice, by name
     */
    record Notice(String code, Map<String, Long> values) implements ControlMessage {
        /** A number of the notice, 0 if it has none of that name. */
        public long value(String name) {
            return values.getOrDefault(name, 0L);
        }
    }
}
