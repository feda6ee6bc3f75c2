package io.depthcast.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.transport.Transport;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TransportsTest {
    @ParameterizedTest
    @MethodSource("io.depthcast.app.AvailableTransports#names")
    void shouldTakeTheOneThatIsNamed(String name) {
        assertThat(Transports.choose(new TransportSettings(name)).name()).isEqualTo(name);
    }

    @Test
    void shouldTakeEpollByItselfWhereItIsToBeHad() {
        assertThat(Transports.choose(new TransportSettings(TransportSettings.AUTO)))
                .isEqualTo(Transports.isAvailable(Transport.EPOLL) ? Transport.EPOLL : Transport.NIO);
    }

    @Test
    void shouldSayWhyOneIsNotToBeHadAndWhatToDo() {
        assertThatThrownBy(() -> Transports.required("io_uring", null))
                .isInstanceOf(Transports.Unavailable.class)
                .hasMessage(
                        "cannot use io_uring (http.transport): its classes are missing; expected a Linux that has it,"
                                + " or take http.transport=auto");
        assertThatThrownBy(() -> Transports.required("io_uring", new Forbidden()))
                .hasMessageContaining("(http.transport): io_uring_setup(2): operation not permitted; expected");
    }

    @Test
    void shouldNameEveryTransportInTheConfiguration() {
        assertThat(TransportSettings.NAMES).isEqualTo(List.of("auto", "nio", "epoll", "io_uring"));
    }

    /** As in a container whose seccomp profile refuses io_uring. */
    private static final class Forbidden implements Transport {
        @Override
        public String name() {
            return "io_uring";
        }

        @Override
        public boolean available() {
            return false;
        }

        @Override
        public Throwable unavailabilityCause() {
            return new UnsatisfiedLinkError("failed to load the library")
                    .initCause(new IllegalStateException("io_uring_setup(2): operation not permitted"));
        }

        @Override
        public io.vertx.core.spi.transport.Transport implementation() {
            throw new AssertionError("a transport that is not to be had is made");
        }
    }
}
