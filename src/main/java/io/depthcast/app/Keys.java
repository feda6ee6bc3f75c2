package io.depthcast.app;

import static io.depthcast.config.Key.flag;
import static io.depthcast.config.Key.number;
import static io.depthcast.config.Key.words;

import io.depthcast.admission.AdmissionSettings;
import io.depthcast.config.Key;
import io.depthcast.fanout.FanoutSettings;
import io.depthcast.http.DrainSettings;
import io.depthcast.limit.Networks;
import io.depthcast.session.LimitSettings;
import io.depthcast.session.PaceSettings;
import java.util.List;
import java.util.stream.Stream;

/**
 * Every key, once. A new one is a line here and a component of its record; reading, {@code --help} and
 * {@code --print-config} follow, and tests hold {@code conf/gateway.yaml} and {@code operations.md} to it.
 */
public final class Keys {
    private static final List<Key> GATEWAY = List.of(
            number(
                    "fanout.flushMillis",
                    1,
                    FanoutSettings.MAX_FLUSH_MILLIS,
                    FanoutSettings.DEFAULT_FLUSH_MILLIS,
                    "milliseconds between two flushes"),
            number(
                    "fanout.shards",
                    1,
                    FanoutSettings.MAX_SHARDS,
                    FanoutSettings.DEFAULT_SHARDS,
                    "loops that share the instruments"),
            flag(
                    "fanout.history",
                    FanoutSettings.DEFAULT_HISTORY,
                    "whether clients that take the same messages share a history"),
            number(
                    "limits.requestHeadBytes",
                    1_024,
                    65_536,
                    LimitSettings.REQUEST_HEAD_BYTES,
                    "bytes of a request line and its headers"),
            number(
                    "limits.requestHeadSeconds",
                    1,
                    60,
                    LimitSettings.REQUEST_HEAD_SECONDS,
                    "seconds within which the request head must arrive"),
            number("limits.frameBytes", 125, 1_048_576, LimitSettings.FRAME_BYTES, "bytes of a frame from a client"),
            number(
                    "limits.messageBytes",
                    125,
                    1_048_576,
                    LimitSettings.MESSAGE_BYTES,
                    "bytes of a message from a client, after inflation"),
            number(
                    "limits.fragments",
                    1,
                    1_024,
                    LimitSettings.FRAGMENTS,
                    "frames that one message from a client may consist of"),
            number(
                    "limits.commandsPerSecond",
                    1,
                    10_000,
                    LimitSettings.COMMANDS_PER_SECOND,
                    "commands per second from a client"),
            number(
                    "limits.commandBurst",
                    1,
                    10_000,
                    LimitSettings.COMMAND_BURST,
                    "commands that a client may send at once"),
            number(
                    "limits.pingsPerSecond",
                    1,
                    10_000,
                    LimitSettings.PINGS_PER_SECOND,
                    "pings per second from a client"),
            number("limits.pingBurst", 1, 10_000, LimitSettings.PING_BURST, "pings that a client may send at once"),
            number("limits.subscriptions", 1, 100_000, LimitSettings.SUBSCRIPTIONS, "subscriptions of one connection"),
            number(
                    "limits.unsubscribedSeconds",
                    1,
                    3_600,
                    LimitSettings.UNSUBSCRIBED_SECONDS,
                    "seconds that a connection may subscribe to nothing"),
            number("limits.pingSeconds", 1, 3_600, LimitSettings.PING_SECONDS, "seconds between two pings to a client"),
            number("limits.pongSeconds", 1, 3_600, LimitSettings.PONG_SECONDS, "seconds within which the pong is due"),
            number(
                    "limits.stalledSeconds",
                    1,
                    600,
                    LimitSettings.STALLED_SECONDS,
                    "seconds without a byte taken after which a socket is aborted"),
            number(
                    "limits.bytesPerSecond",
                    1_000,
                    1_000_000_000,
                    PaceSettings.BYTES_PER_SECOND,
                    "bytes per second to a client, also the most that it may ask for"),
            number(
                    "limits.pendingBytes",
                    65_536,
                    1_073_741_824,
                    PaceSettings.PENDING_BYTES,
                    "bytes waiting for a socket beyond which its client is closed"),
            number(
                    "limits.ackMillis",
                    1,
                    10_000,
                    PaceSettings.ACK_MILLIS,
                    "milliseconds within which a client that keeps up answers a ping"),
            number(
                    "limits.slowSeconds",
                    1,
                    600,
                    PaceSettings.SLOW_SECONDS,
                    "seconds behind after which a client is warned"),
            number(
                    "limits.slowCloseSeconds",
                    1,
                    600,
                    PaceSettings.SLOW_CLOSE_SECONDS,
                    "seconds from the warning to the close"),
            number(
                    "limits.snapshotsPerSecond",
                    1,
                    1_000_000,
                    PaceSettings.SNAPSHOTS_PER_SECOND,
                    "book snapshots per second to a client; more wait"),
            number(
                    "limits.snapshotBurst",
                    1,
                    1_000_000,
                    PaceSettings.SNAPSHOT_BURST,
                    "book snapshots that a client may be sent at once"),
            number(
                    "limits.lifetimeSeconds",
                    1,
                    31_536_000,
                    PaceSettings.LIFETIME_SECONDS,
                    "seconds that a connection lasts, 10 % more or less"),
            number(
                    "limits.sendBufferBytes",
                    4_096,
                    16_777_216,
                    PaceSettings.SEND_BUFFER_BYTES,
                    "bytes of the kernel's send buffer per connection, which Linux doubles"),
            number(
                    "limits.connections",
                    0,
                    10_000_000,
                    AdmissionSettings.CONNECTIONS,
                    "connections of the node; 0 is half of the heap in pieces of 32 KiB"),
            number(
                    "limits.connectionsPerAddress",
                    1,
                    10_000_000,
                    AdmissionSettings.CONNECTIONS_PER_ADDRESS,
                    "connections of one address, or of one IPv6 /64"),
            number(
                    "limits.socketsPerAddress",
                    1,
                    10_000_000,
                    AdmissionSettings.SOCKETS_PER_ADDRESS,
                    "TCP connections of one address, or of one IPv6 /64, whatever they bring"),
            number(
                    "limits.connectionsPerSubject",
                    1,
                    10_000_000,
                    AdmissionSettings.CONNECTIONS_PER_SUBJECT,
                    "connections of one token subject"),
            number(
                    "limits.handshakesPerSecond",
                    1,
                    100_000,
                    AdmissionSettings.HANDSHAKES_PER_SECOND,
                    "handshakes per second of one address"),
            number(
                    "limits.handshakeBurst",
                    1,
                    100_000,
                    AdmissionSettings.HANDSHAKE_BURST,
                    "handshakes of one address at once"),
            number(
                    "limits.nodeHandshakesPerSecond",
                    0,
                    1_000_000,
                    AdmissionSettings.NODE_HANDSHAKES_PER_SECOND,
                    "handshakes per second of all addresses; 0: 500 for each processor"),
            flag(
                    "limits.loopbackExempt",
                    AdmissionSettings.LOOPBACK_EXEMPT,
                    "whether clients on this machine are free of the limits of an address"),
            words(
                    "limits.trustedProxies",
                    Networks.NONE,
                    "none, or addresses and ranges such as 10.0.0.0/8,fd00::/8",
                    Networks::parse,
                    "proxies whose X-Forwarded-For or Forwarded is believed"),
            number(
                    "drain.seconds",
                    0,
                    3_600,
                    DrainSettings.SECONDS,
                    "seconds over which closes are spread when the node stops"),
            number(
                    "drain.reconnectMillis",
                    0,
                    600_000,
                    DrainSettings.RECONNECT_MILLIS,
                    "milliseconds that a client is asked to wait at most before it comes back"));

    public static final List<Key> ALL = Stream.of(
                    HttpKeys.ALL,
                    ManagementKeys.ALL,
                    NodeKeys.ALL,
                    FeedKeys.ALL,
                    GATEWAY,
                    LogKeys.ALL,
                    AuthKeys.ALL,
                    OwnSources.FOUND.keys())
            .flatMap(List::stream)
            .toList();

    private Keys() {}
}
