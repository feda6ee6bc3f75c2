package io.depthcast.app;

import java.util.List;

/**
 * How the gateway speaks to the kernel.
 *
 * @param transport {@link #AUTO} or one of the others of {@link #NAMES}
 */
public record TransportSettings(String transport) {
    /** epoll where it is to be had, for what it costs ({@code decisions.md}), NIO elsewhere. */
    public static final String AUTO = "auto";

    static final String NIO = "nio";
    static final String EPOLL = "epoll";
    static final String IO_URING = "io_uring";

    static final List<String> NAMES = List.of(AUTO, NIO, EPOLL, IO_URING);
}
