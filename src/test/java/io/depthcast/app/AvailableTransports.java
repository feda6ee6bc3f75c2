package io.depthcast.app;

import io.vertx.core.transport.Transport;
import java.util.stream.Stream;

/** For tests of other packages: what this machine has. */
public final class AvailableTransports {
    private AvailableTransports() {}

    public static Stream<Transport> all() {
        return Stream.of(Transport.NIO, Transport.EPOLL, Transport.IO_URING).filter(Transports::isAvailable);
    }

    public static Stream<String> names() {
        return all().map(Transport::name);
    }
}
