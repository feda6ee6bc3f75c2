package io.depthcast.app;

import io.vertx.core.transport.Transport;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the transport that the settings name. */
final class Transports {
    private static final Logger LOG = LoggerFactory.getLogger(Transports.class);

    private Transports() {}

    /** A transport that was asked for and is not to be had; the message says why and what to do. */
    static final class Unavailable extends RuntimeException {
        private Unavailable(String name, String why, @Nullable Throwable cause) {
            super(
                    "cannot use %s (http.transport): %s; expected a Linux that has it, or take http.transport=%s"
                            .formatted(name, why, TransportSettings.AUTO),
                    cause);
        }
    }

    /** @throws Unavailable if it is neither here nor optional */
    static Transport choose(TransportSettings settings) {
        return switch (settings.transport()) {
            case TransportSettings.NIO -> Transport.NIO;
            case TransportSettings.EPOLL -> required(TransportSettings.EPOLL, Transport.EPOLL);
            case TransportSettings.IO_URING -> required(TransportSettings.IO_URING, Transport.IO_URING);
            default -> preferred();
        };
    }

    private static Transport preferred() {
        if (isAvailable(Transport.EPOLL)) {
            return Transport.EPOLL;
        }
        LOG.debug("NIO instead of epoll: {}", why(Transport.EPOLL));
        return Transport.NIO;
    }

    /** @param transport null where its classes are missing, as Vert.x has it */
    static Transport required(String name, @Nullable Transport transport) {
        if (transport == null || !transport.available()) {
            throw new Unavailable(name, why(transport), transport == null ? null : transport.unavailabilityCause());
        }
        return transport;
    }

    static boolean isAvailable(@Nullable Transport transport) {
        return transport != null && transport.available();
    }

    /** What went wrong first, for what is around it only says that something did. */
    private static String why(@Nullable Transport transport) {
        if (transport == null) {
            return "its classes are missing";
        }
        Throwable cause = Objects.requireNonNullElse(
                transport.unavailabilityCause(), new IllegalStateException("it does not say why"));
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return Objects.requireNonNullElse(cause.getMessage(), cause.toString());
    }
}
