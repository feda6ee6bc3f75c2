package io.depthcast.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.limit.Address;
import io.depthcast.limit.Networks;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SocketsTest {
    private static final long HEAP = 1L << 30;
    private static final long SPARE = 128;

    private final List<String> cut = new ArrayList<>();
    private long nowNanos = -5;

    private static AdmissionSettings settings(int perAddress, boolean exempt, String proxies) {
        return new AdmissionSettings(
                0, 50, perAddress, 10, 8, 20, 0, exempt, Objects.requireNonNull(Networks.parse(proxies)));
    }

    private Sockets.@Nullable Seat take(Sockets sockets, String name, String address) {
        return sockets.take(Objects.requireNonNull(Address.parse(address)), () -> cut.add(name), ++nowNanos);
    }

    @Test
    void shouldSendThoseAwayFirstThatHaveWaitedLongest() {
        Sockets sockets = new Sockets(settings(100, true, "none"), () -> 3, SPARE, HEAP);
        Sockets.Seat busy = take(sockets, "busy", "192.0.2.1");
        Sockets.Seat late = take(sockets, "late", "192.0.2.2");
        take(sockets, "early", "192.0.2.3");
        busy.busy();
        late.busy();
        late.idle(++nowNanos);

        assertThat(take(sockets, "next", "192.0.2.4").isRefused()).isFalse();
        assertThat(cut).containsExactly("early");
        assertThat(take(sockets, "last", "192.0.2.5").isRefused()).isFalse();
        assertThat(cut).containsExactly("early", "late");
        assertThat(sockets.open()).isEqualTo(3);
        assertThat(sockets.evicted()).isEqualTo(2);
    }

    @Test
    void shouldKnowWhatTheAddressWithMostHasOfThoseThatHaveALimit() {
        Sockets sockets = new Sockets(settings(40, true, "10.0.0.0/8"), () -> 100, SPARE, HEAP);
        for (int i = 0; i < 5; i++) {
            take(sockets, "proxy", "10.0.0.1");
            take(sockets, "here", "127.0.0.1");
        }
        assertThat(sockets.mostOfAddress()).isZero();
        Sockets.Seat seat = take(sockets, "a", "192.0.2.1");
        take(sockets, "b", "192.0.2.1");
        take(sockets, "c", "192.0.2.2");
        assertThat(sockets.mostOfAddress()).isEqualTo(2);
        seat.leave();
        assertThat(sockets.mostOfAddress()).isEqualTo(1);
        assertThat(sockets.mostPerAddress()).isEqualTo(25);
    }

    @Test
    void shouldSayThatItIsCrowdedUntilThoseHaveGoneWhoHadTo() {
        Sockets sockets = new Sockets(settings(100, true, "none"), () -> 2, 4, HEAP);
        List<Sockets.Seat> seats = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            seats.add(take(sockets, "a" + i, "192.0.2.1"));
        }
        assertThat(cut).containsExactly("a0", "a1");
        assertThat(sockets.isCrowded()).isFalse();
        seats.add(take(sockets, "a4", "192.0.2.1"));
        assertThat(sockets.open()).isEqualTo(2);
        assertThat(sockets.held()).isEqualTo(5);
        assertThat(sockets.isCrowded()).isTrue();

        seats.forEach(Sockets.Seat::leave);
        assertThat(sockets.isCrowded()).isFalse();
        assertThat(sockets.held()).isZero();
    }

    @Test
    void shouldTellNoMoreThanHalfOfTheSpareDescriptorsAllow() {
        Sockets sockets = new Sockets(settings(1_000, true, "none"), () -> 30, 8, HEAP);
        for (int i = 0; i < 30; i++) {
            take(sockets, "stream", "192.0.2." + i).busy();
        }
        for (int i = 0; i < 4; i++) {
            assertThat(take(sockets, "told", "198.51.100.1").isRefused()).isTrue();
        }
        assertThat(take(sockets, "closed", "198.51.100.1")).isNull();
        assertThat(sockets.held()).isEqualTo(34);
        assertThat(sockets.isCrowded()).isFalse();
    }

    @Test
    void shouldTellSomeAndNoMoreThatThereIsNoRoomAndTakeThemWhenThereIs() {
        Sockets sockets = new Sockets(settings(100, true, "none"), () -> 2, SPARE, HEAP);
        Sockets.Seat first = take(sockets, "a", "192.0.2.1");
        first.busy();
        take(sockets, "b", "192.0.2.1").busy();
        assertThat(sockets.isFull()).isTrue();

        Sockets.Seat told = take(sockets, "c", "192.0.2.1");
        assertThat(told.isRefused()).isTrue();
        assertThat(take(sockets, "d", "192.0.2.1").isRefused()).isTrue();
        assertThat(take(sockets, "e", "192.0.2.1")).isNull();
        assertThat(sockets.refused()).isEqualTo(3);
        told.leave();
        assertThat(take(sockets, "f", "192.0.2.1").isRefused()).isTrue();

        first.leave();
        nowNanos += TimeUnit.SECONDS.toNanos(1);
        assertThat(take(sockets, "g", "192.0.2.1").isRefused()).isFalse();
        assertThat(cut).isEmpty();
    }

    @Test
    void shouldHoldAnAddressToItsShareButNoProxyAndNobodyOnThisMachine() {
        Sockets sockets = new Sockets(settings(2, true, "10.0.0.0/8"), () -> 1_000, SPARE, HEAP);
        for (int i = 0; i < 2; i++) {
            take(sockets, "v6-" + i, "2001:db8::" + i).busy();
        }
        assertThat(take(sockets, "v6", "2001:db8::7").isRefused()).isTrue();
        assertThat(take(sockets, "other", "2001:db8:0:1::7").isRefused()).isFalse();
        for (int i = 0; i < 9; i++) {
            take(sockets, "proxy", "10.0.0.1").busy();
            take(sockets, "local", "127.0.0.1").busy();
        }
        assertThat(sockets.open()).isEqualTo(21);
        assertThat(cut).isEmpty();
    }

    @Test
    void shouldNotLeaveAllThatDescriptorsAllowToOneAddress() {
        Sockets sockets = new Sockets(settings(200, false, "none"), () -> 100, SPARE, HEAP);
        int taken = 0;
        while (!take(sockets, "a", "192.0.2.1").isRefused()) {
            taken++;
            sockets.open();
            if (taken > 100) {
                break;
            }
        }
        assertThat(cut).isNotEmpty();
        assertThat(sockets.open()).isEqualTo(100 / Sockets.ADDRESS_SHARE);
    }

    @Test
    void shouldKeepAReserveOfDescriptorsAndLeaveThoseOfOthersAlone() {
        long[] open = {80};
        Descriptors descriptors = new Descriptors(256, () -> open[0]);
        assertThat(descriptors.getAsInt()).isEqualTo(256 - 80 - 32);
        open[0] = 150;
        descriptors.measure(60);
        assertThat(descriptors.getAsInt()).isEqualTo(256 - 90 - 32);
        assertThat(new Descriptors(1_048_576, () -> 100).reserve()).isEqualTo(1_024);
        assertThat(new Descriptors(20, () -> 100).getAsInt()).isEqualTo(1);
    }
}
