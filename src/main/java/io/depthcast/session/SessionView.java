package io.depthcast.session;

import io.depthcast.limit.Address;

/**
 * One client as an operator sees it, at one moment.
 *
 * @param address where the client is, behind any trusted proxy
 * @param subject of its token; empty where nobody has to say who he is
 * @param transport {@code websocket} or {@code sse}
 * @param subprotocol the form of its market data
 * @param openedNanos when it came, in monotonic time
 * @param pendingBytes what was sent and may still be on its way
 * @param behindMillis how long ago the oldest of that was sent; 0 if all is acknowledged
 * @param bytesSent to the socket, of whatever kind
 * @param framesSent WebSocket frames or groups of events, of whatever kind
 * @param mergedEvents updates that stood for several, because the client had no room in between
 */
public record SessionView(
        String id,
        Address address,
        String subject,
        String transport,
        String subprotocol,
        long openedNanos,
        long ageMillis,
        int subscriptions,
        long pendingBytes,
        long behindMillis,
        Rung rung,
        long bytesSent,
        long framesSent,
        long mergedEvents) {}
