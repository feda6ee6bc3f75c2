package io.depthcast.app;

import java.util.List;

/**
 * How the gateway speaks to the kernel.
 *
 * @param transport {@link #AUTO} or one of the others of {@link #NAMES}
 * @param proxyProtocol whether proxies that are trusted say first whose a connection of the public port is
 */
public record TransportSettings(String transport, boolean proxyProtocol) {
    /** epoll where it is to be had, for what it costs ({@code decisions.md}), NIO elsewhere. */
    public static final String AUTO = "auto";

    static final String NIO = "nio";
    static final String EPOLL = "epoll";
    static final String IO_URING = "io_uring";

    static final List<String> NAMES = List.of(AUTO, NIO, EPOLL, IO_URING);

    /** With connections that are their clients' own. */
    public TransportSettings(String transport) {
        this(transport, false);
    }
}
