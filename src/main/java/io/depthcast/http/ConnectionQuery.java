package io.depthcast.http;

import static java.util.Map.entry;

import io.depthcast.limit.Networks;
import io.depthcast.session.Rung;
import io.depthcast.session.SessionView;
import io.depthcast.wire.Refusal;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which clients an operator asks for, and in which order.
 *
 * @param rung null is any
 * @param addresses null is any
 * @param subject null is any
 * @param transport null is any
 * @param behindMillis at least
 * @param bytesSent at least
 * @param order of equals the oldest comes first
 * @param offset clients to pass over
 * @param limit clients to tell of at most
 */
public record ConnectionQuery(
        @Nullable Rung rung,
        @Nullable Networks addresses,
        @Nullable String subject,
        @Nullable String transport,
        int behindMillis,
        int bytesSent,
        Comparator<SessionView> order,
        int offset,
        int limit) {
    private static final int MAX_OFFSET = 10_000_000;
    private static final int MAX_LIMIT = 1_000;
    private static final int DEFAULT_LIMIT = 100;
    private static final int MAX_AT_LEAST = 999_999_999;

    /** What narrows a list of clients, for whoever takes more parameters. */
    static final Set<String> PARAMETERS = Set.of(
            "rung",
            "address",
            "subject",
            "transport",
            "minBehindMillis",
            "minBytesSent",
            "sort",
            "offset",
            "limit",
            "addresses");

    private static final Set<String> TRANSPORTS = Set.of("websocket", "sse");
    private static final Map<String, Rung> RUNGS =
            Arrays.stream(Rung.values()).collect(Collectors.toMap(ConnectionQuery::text, Function.identity()));

    /** By what does not change from one page to the next. */
    private static final Comparator<SessionView> OLDEST_FIRST =
            Comparator.comparingLong(SessionView::openedNanos).thenComparing(SessionView::id);

    private static final Map<String, Comparator<SessionView>> ORDERS = Map.ofEntries(
            entry("age", OLDEST_FIRST),
            entry("behind", mostFirst(Comparator.comparingLong(SessionView::behindMillis))),
            entry("pending", mostFirst(Comparator.comparingLong(SessionView::pendingBytes))),
            entry("bytes", mostFirst(Comparator.comparingLong(SessionView::bytesSent))),
            entry("merged", mostFirst(Comparator.comparingLong(SessionView::mergedEvents))),
            entry("subscriptions", mostFirst(Comparator.comparingInt(SessionView::subscriptions))),
            entry("rung", mostFirst(Comparator.comparing(SessionView::rung))),
            entry("subject", Comparator.comparing(SessionView::subject).thenComparing(OLDEST_FIRST)),
            entry(
                    "address",
                    Comparator.<SessionView, String>comparing(
                                    view -> view.address().toString())
                            .thenComparing(OLDEST_FIRST)));

    private static Comparator<SessionView> mostFirst(Comparator<SessionView> by) {
        return by.reversed().thenComparing(OLDEST_FIRST);
    }

    /** What the parameters of a request say; of no use if they were refused. */
    static ConnectionQuery read(Query query) {
        String rung = oneOf(query, "rung", RUNGS.keySet());
        String sort = query.text("sort");
        Comparator<SessionView> order = ORDERS.get(sort == null ? "age" : sort);
        if (order == null) {
            String known = ORDERS.keySet().stream().sorted().collect(Collectors.joining(", "));
            query.refuse(
                    "bad-request", "sort: expected one of " + known + ", got " + Refusal.quote(String.valueOf(sort)));
        }
        return new ConnectionQuery(
                rung == null ? null : RUNGS.get(rung),
                networks(query),
                query.text("subject"),
                oneOf(query, "transport", TRANSPORTS),
                query.integer("minBehindMillis", 0, 0, MAX_AT_LEAST),
                query.integer("minBytesSent", 0, 0, MAX_AT_LEAST),
                order == null ? OLDEST_FIRST : order,
                query.integer("offset", 0, 0, MAX_OFFSET),
                query.integer("limit", DEFAULT_LIMIT, 1, MAX_LIMIT));
    }

    private static @Nullable String oneOf(Query query, String name, Set<String> known) {
        String text = query.text(name);
        if (text != null && !known.contains(text)) {
            String expected = known.stream().sorted().collect(Collectors.joining(", "));
            query.refuse("bad-request", name + ": expected one of " + expected + ", got " + Refusal.quote(text));
        }
        return text;
    }

    private static @Nullable Networks networks(Query query) {
        String text = query.text("address");
        if (text == null) {
            return null;
        }
        Networks networks = Networks.parse(text);
        if (networks == null || networks.equals(Networks.NONE)) {
            query.refuse("bad-request", "address: expected an address or a range, got " + Refusal.quote(text));
        }
        return networks;
    }

    boolean isMet(SessionView client) {
        return (rung == null || client.rung() == rung)
                && (addresses == null || addresses.contains(client.address()))
                && (subject == null || subject.equals(client.subject()))
                && (transport == null || transport.equals(client.transport()))
                && client.behindMillis() >= behindMillis
                && client.bytesSent() >= bytesSent;
    }

    /** The same for the whole that several loops have a part of: the first clients of each may all be wanted. */
    ConnectionQuery ofOneLoop() {
        return new ConnectionQuery(
                rung, addresses, subject, transport, behindMillis, bytesSent, order, 0, offset + limit);
    }

    /** Every client that is meant, in no matter which order. */
    ConnectionQuery ofAll() {
        return new ConnectionQuery(
                rung, addresses, subject, transport, behindMillis, bytesSent, order, 0, Integer.MAX_VALUE);
    }

    static String text(Rung rung) {
        return rung.name().toLowerCase(Locale.ROOT);
    }
}
