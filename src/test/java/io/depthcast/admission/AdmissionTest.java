package io.depthcast.admission;

import static io.depthcast.admission.Verdict.ADMITTED;
import static io.depthcast.admission.Verdict.CROWDED;
import static io.depthcast.admission.Verdict.DRAINING;
import static io.depthcast.admission.Verdict.FULL;
import static io.depthcast.admission.Verdict.TOO_MANY_CONNECTIONS;
import static io.depthcast.admission.Verdict.TOO_MANY_HANDSHAKES;
import static io.depthcast.limit.AddressTest.address;
import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.limit.Address;
import io.depthcast.limit.Networks;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdmissionTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long HEAP = 1L << 30;
    private static final Address CLIENT = address("203.0.113.7");

    /** Nowhere near zero, for monotonic time has no origin. */
    private static final long NOW = Long.MAX_VALUE - 5 * SECOND;

    private static final int MANY = 100_000;

    private long nowNanos = NOW;

    private static Admission admission(int connections, int perAddress, int perSecond, int burst) {
        return new Admission(
                new AdmissionSettings(connections, perAddress, 1_000, 2, perSecond, burst, MANY, true, Networks.NONE),
                HEAP,
                1,
                NOW);
    }

    @Test
    void shouldHoldAnAddressToItsConnections() {
        Admission admission = admission(0, 2, 1_000, 1_000);

        assertThat(ask(admission, CLIENT, 3)).containsExactly(ADMITTED, ADMITTED, TOO_MANY_CONNECTIONS);
        assertThat(ask(admission, address("203.0.113.8"), 1)).containsExactly(ADMITTED);
        admission.depart(0, CLIENT);
        assertThat(ask(admission, CLIENT, 2)).containsExactly(ADMITTED, TOO_MANY_CONNECTIONS);
        assertThat(admission.connections()).isEqualTo(3);
    }

    @Test
    void shouldHoldASubjectToItsConnectionsWhereverTheyCameFrom() {
        Admission admission = admission(0, 100, 100, 100);

        assertThat(admission.askFor("ann", 0)).isTrue();
        assertThat(admission.askFor("ann", 1)).isTrue();
        assertThat(admission.askFor("ann", 0)).isFalse();
        assertThat(admission.askFor("bob", 0)).isTrue();
        admission.departFrom("ann", 1);
        assertThat(admission.askFor("ann", 0)).isTrue();
        admission.departFrom("ann", 1);
        admission.departFrom("carl", 0);
        assertThat(admission.askFor("ann", 1)).isFalse();

        admission.leave(0);
        assertThat(admission.subjects()).isZero();
        assertThat(admission.askFor("ann", 1)).isTrue();
        admission.departFrom("ann", 1);
        assertThat(admission.subjects()).isZero();
    }

    @Test
    void shouldKnowWhatWhoeverHasMostHasWithoutThoseThatHaveNoLimit() {
        Admission admission = admission(0, 100, 1_000, 1_000);
        assertThat(List.of(admission.mostOfAddress(), admission.mostOfSubject()))
                .containsExactly(0, 0);

        ask(admission, CLIENT, 3);
        ask(admission, address("203.0.113.8"), 2);
        ask(admission, address("127.0.0.1"), 9);
        assertThat(admission.askFor("ann", 0)).isTrue();
        assertThat(admission.askFor("ann", 1)).isTrue();
        assertThat(admission.askFor("bob", 0)).isTrue();
        assertThat(List.of(admission.mostOfAddress(), admission.mostOfSubject()))
                .containsExactly(3, 2);
        admission.depart(0, CLIENT);
        admission.depart(0, CLIENT);
        assertThat(admission.mostOfAddress()).isEqualTo(2);
    }

    @Test
    void shouldHoldAnAddressToItsHandshakes() {
        Admission admission = admission(0, 100, 2, 3);

        assertThat(ask(admission, CLIENT, 4)).containsExactly(ADMITTED, ADMITTED, ADMITTED, TOO_MANY_HANDSHAKES);
        nowNanos += SECOND;
        assertThat(ask(admission, CLIENT, 3)).containsExactly(ADMITTED, ADMITTED, TOO_MANY_HANDSHAKES);
        assertThat(ask(admission, address("::1"), 1)).containsExactly(ADMITTED);
    }

    @Test
    void shouldCountHandshakesThatAreRefusedForOtherReasons() {
        Admission admission = admission(0, 1, 1, 3);

        assertThat(ask(admission, CLIENT, 4))
                .containsExactly(ADMITTED, TOO_MANY_CONNECTIONS, TOO_MANY_CONNECTIONS, TOO_MANY_HANDSHAKES);
    }

    @Test
    void shouldCountAnIpv6SubscriberOnce() {
        Admission admission = admission(0, 2, 1_000, 1_000);

        assertThat(ask(admission, address("2001:db8::1"), 1)).containsExactly(ADMITTED);
        assertThat(ask(admission, address("2001:db8::2"), 1)).containsExactly(ADMITTED);
        assertThat(ask(admission, address("2001:db8::3"), 1)).containsExactly(TOO_MANY_CONNECTIONS);
        assertThat(ask(admission, address("2001:db8:0:1::1"), 1)).containsExactly(ADMITTED);
        admission.depart(0, address("2001:db8::2"));
        assertThat(ask(admission, address("2001:db8::4"), 1)).containsExactly(ADMITTED);
    }

    @Test
    void shouldHoldThisMachineToTheLimitOfTheNodeAlone() {
        Admission admission = admission(4, 1, 1, 1);

        assertThat(ask(admission, address("127.0.0.1"), 5))
                .containsExactly(ADMITTED, ADMITTED, ADMITTED, ADMITTED, FULL);
        assertThat(ask(admission, CLIENT, 1)).containsExactly(FULL);
        admission.depart(0, address("127.0.0.1"));
        assertThat(ask(admission, CLIENT, 2)).containsExactly(ADMITTED, FULL);
    }

    @Test
    void shouldHoldThisMachineToEverythingWhereItIsNotExempt() {
        AdmissionSettings settings = new AdmissionSettings(0, 1, 9, 9, 9, 9, MANY, false, Networks.NONE);

        assertThat(ask(new Admission(settings, HEAP, 1, NOW), address("127.0.0.1"), 2))
                .containsExactly(ADMITTED, TOO_MANY_CONNECTIONS);
    }

    @Test
    void shouldAdmitNobodyWhileDraining() {
        Admission admission = admission(0, 50, 8, 20);
        admission.drain();

        assertThat(ask(admission, address("127.0.0.1"), 1)).containsExactly(DRAINING);
        assertThat(admission.addresses()).isZero();
    }

    @Test
    void shouldHoldThoseThatComeLaterToChangedLimits() {
        Admission admission = admission(0, 3, 2, 9);
        assertThat(ask(admission, CLIENT, 2)).containsExactly(ADMITTED, ADMITTED);

        admission.take(new AdmissionSettings(4, 1, 9, 1, 1, 2, MANY, true, Networks.NONE), nowNanos);
        assertThat(ask(admission, CLIENT, 3))
                .containsExactly(TOO_MANY_CONNECTIONS, TOO_MANY_CONNECTIONS, TOO_MANY_HANDSHAKES);
        assertThat(ask(admission, address("127.0.0.1"), 3)).containsExactly(ADMITTED, ADMITTED, FULL);
        admission.take(new AdmissionSettings(0, 9, 9, 9, 9, 9, MANY, true, Networks.NONE), nowNanos);
        nowNanos += SECOND;
        assertThat(ask(admission, CLIENT, 1)).containsExactly(ADMITTED);
    }

    @Test
    void shouldTakeInNoMoreOfAllAddressesThanTheNodeTakes() {
        AdmissionSettings settings = new AdmissionSettings(0, 9, 9, 9, 9, 9, 2, true, Networks.NONE);
        Admission admission = new Admission(settings, HEAP, 1, nowNanos);

        assertThat(ask(admission, CLIENT, 2)).containsExactly(ADMITTED, ADMITTED);
        assertThat(ask(admission, address("127.0.0.1"), 3)).containsExactly(ADMITTED, ADMITTED, CROWDED);
        assertThat(ask(admission, address("203.0.113.8"), 1)).containsExactly(CROWDED);
        assertThat(admission.promiseSeconds(nowNanos)).isEqualTo(1);
        assertThat(admission.connections()).isEqualTo(4);
        nowNanos += SECOND;
        assertThat(ask(admission, address("203.0.113.8"), 3)).containsExactly(ADMITTED, ADMITTED, CROWDED);
    }

    @Test
    void shouldTakeFromTheProcessorsWhatIsNotConfigured() {
        assertThat(AdmissionSettings.DEFAULT.handshakes(4)).isEqualTo(2_000);
        assertThat(new AdmissionSettings(0, 1, 1, 1, 1, 1, 7, true, Networks.NONE).handshakes(4))
                .isEqualTo(7);
    }

    @Test
    void shouldTakeFromTheHeapWhatIsNotConfigured() {
        assertThat(AdmissionSettings.DEFAULT.connections(HEAP)).isEqualTo(16_384);
        assertThat(AdmissionSettings.DEFAULT.connections(1)).isEqualTo(1);
        assertThat(new AdmissionSettings(7, 1, 1, 1, 1, 1, 1, true, Networks.NONE).connections(HEAP))
                .isEqualTo(7);
    }

    @Test
    void shouldForgetAnAddressWhenNothingHasToBeKnownOfIt() {
        Admission admission = admission(0, 50, 8, 20);
        ask(admission, CLIENT, 8);
        admission.sweep(nowNanos);
        assertThat(admission.addresses()).isEqualTo(1);

        for (int i = 0; i < 8; i++) {
            admission.depart(0, CLIENT);
        }
        nowNanos += SECOND - 1;
        admission.sweep(nowNanos);
        assertThat(admission.addresses()).isEqualTo(1);
        nowNanos += 1;
        admission.sweep(nowNanos);
        assertThat(admission.addresses()).isZero();
    }

    @Test
    void shouldNeverRememberMoreAddressesThanItMay() {
        Admission admission = admission(10_000_000, 50, 8, 20);
        for (int i = 0; i < Admission.MAX_ADDRESSES; i++) {
            Address each = new Address(true, i, 0);
            assertThat(admission.ask(0, each, nowNanos)).isEqualTo(ADMITTED);
            admission.depart(0, each);
        }

        assertThat(ask(admission, CLIENT, 1)).containsExactly(FULL);
        assertThat(admission.addresses()).isEqualTo(Admission.MAX_ADDRESSES);
        nowNanos += SECOND;
        admission.sweep(nowNanos);
        assertThat(ask(admission, CLIENT, 1)).containsExactly(ADMITTED);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void shouldCountAsASimpleListDoes(long seed) {
        Random random = new Random(seed);
        Admission admission = admission(40, 6, 100_000, 100_000);
        List<List<Address>> byLoop = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (int step = 0; step < 5_000; step++) {
            int loop = random.nextInt(3);
            List<Address> mine = byLoop.get(loop);
            Address address = new Address(false, 0, 0xCB007100L + random.nextInt(12));
            int all = byLoop.stream().mapToInt(List::size).sum();
            long same = byLoop.stream()
                    .flatMap(List::stream)
                    .filter(address::equals)
                    .count();
            if (random.nextInt(400) == 0) {
                admission.leave(loop);
                mine.clear();
            } else if (random.nextBoolean()) {
                Verdict expected = all >= 40 ? FULL : same >= 6 ? TOO_MANY_CONNECTIONS : ADMITTED;
                assertThat(admission.ask(loop, address, nowNanos))
                        .as("seed %d", seed)
                        .isEqualTo(expected);
                if (expected == ADMITTED) {
                    mine.add(address);
                }
            } else if (mine.remove(address)) {
                admission.depart(loop, address);
            }
            admission.sweep(nowNanos);
        }
        byLoop.forEach(List::clear);
        List.of(0, 1, 2).forEach(admission::leave);
        admission.sweep(nowNanos + SECOND);
        assertThat(List.of(admission.connections(), admission.addresses())).containsExactly(0, 0);
    }

    private List<Verdict> ask(Admission admission, Address address, int times) {
        List<Verdict> verdicts = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            verdicts.add(admission.ask(0, address, nowNanos));
        }
        return verdicts;
    }
}
