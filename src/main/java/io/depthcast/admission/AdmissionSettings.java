package io.depthcast.admission;

import io.depthcast.limit.Address;
import io.depthcast.limit.Networks;

/**
 * How many connections there may be.
 *
 * @param connections of the node; 0 derives it from the heap
 * @param connectionsPerAddress at once, an IPv6 /64 counting as one address
 * @param socketsPerAddress TCP connections at once, whether they bring a stream, a request or nothing
 * @param connectionsPerSubject at once, of one token subject
 * @param handshakesPerSecond of one address
 * @param handshakeBurst handshakes of one address at once
 * @param nodeHandshakesPerSecond of the node; 0 derives them from the processors
 * @param loopbackExempt whether clients on this machine are held to the limit of the node alone
 * @param trustedProxies whose word about the address of a client is taken
 */
public record AdmissionSettings(
        int connections,
        int connectionsPerAddress,
        int socketsPerAddress,
        int connectionsPerSubject,
        int handshakesPerSecond,
        int handshakeBurst,
        int nodeHandshakesPerSecond,
        boolean loopbackExempt,
        Networks trustedProxies) {

    /** Derived from the heap: the one thing that is known of every machine. */
    public static final int CONNECTIONS = 0;
    /** Connections: an office behind one address, each with a screen or two. */
    public static final int CONNECTIONS_PER_ADDRESS = 50;
    /** Connections: the streams of an office, and the few that each browser holds open beside to load pages. */
    public static final int SOCKETS_PER_ADDRESS = 200;
    /** Connections: the screens of one person, and a program or two. */
    public static final int CONNECTIONS_PER_SUBJECT = 10;
    /** Handshakes per second: an office that comes back after a restart is in within its burst and some seconds. */
    public static final int HANDSHAKES_PER_SECOND = 8;
    /** Handshakes at once: a page that opens several, or several pages that a browser restores. */
    public static final int HANDSHAKE_BURST = 20;
    /** Derived from the processors, which is what handshakes take. */
    public static final int NODE_HANDSHAKES_PER_SECOND = 0;
    /** Whoever is on this machine has better ways to harm it; load generators and side-cars are not held up. */
    public static final boolean LOOPBACK_EXEMPT = true;

    public static final AdmissionSettings DEFAULT = new AdmissionSettings(
            CONNECTIONS,
            CONNECTIONS_PER_ADDRESS,
            SOCKETS_PER_ADDRESS,
            CONNECTIONS_PER_SUBJECT,
            HANDSHAKES_PER_SECOND,
            HANDSHAKE_BURST,
            NODE_HANDSHAKES_PER_SECOND,
            LOOPBACK_EXEMPT,
            Networks.NONE);

    /**
     * Bytes of heap set aside for a connection. One with a book costs about 5 KiB and every further subscription some
     * hundred bytes; the rest is for what is on its way to those that read slowly.
     */
    static final long BYTES_PER_CONNECTION = 32 * 1024;

    /**
     * Of each processor: a handshake and the first books take 0.3 ms warm and 1 to 2 ms in a fresh JVM, so that a storm takes
     * up to a sixth of a warm node.
     */
    static final int HANDSHAKES_PER_PROCESSOR = 500;

    /** One half of the heap is for clients, the other for books, frames and what the collector needs to breathe. */
    static final long HEAP_SHARE = 2;

    public AdmissionSettings {
        atLeast(0, "connections", connections);
        atLeast(1, "connectionsPerAddress", connectionsPerAddress);
        atLeast(1, "socketsPerAddress", socketsPerAddress);
        atLeast(1, "connectionsPerSubject", connectionsPerSubject);
        atLeast(1, "handshakesPerSecond", handshakesPerSecond);
        atLeast(1, "handshakeBurst", handshakeBurst);
        atLeast(0, "nodeHandshakesPerSecond", nodeHandshakesPerSecond);
    }

    /** Whether an address is spared the limits of addresses. */
    public boolean isExempt(Address address) {
        return loopbackExempt && address.isLoopback();
    }

    /** Connections that the node takes: as configured, else half of the heap in pieces of 32 KiB, at least one. */
    public int connections(long heapBytes) {
        if (connections > 0) {
            return connections;
        }
        long derived = heapBytes / HEAP_SHARE / BYTES_PER_CONNECTION;
        return (int) Math.max(1, Math.min(derived, Integer.MAX_VALUE));
    }

    /** Handshakes that the node takes in a second: as configured, else 500 for each processor. */
    public int handshakes(int processors) {
        return nodeHandshakesPerSecond > 0 ? nodeHandshakesPerSecond : HANDSHAKES_PER_PROCESSOR * processors;
    }

    private static void atLeast(int bound, String name, int value) {
        if (value < bound) {
            throw new IllegalArgumentException(name + ": expected at least " + bound + ", got " + value);
        }
    }
}
