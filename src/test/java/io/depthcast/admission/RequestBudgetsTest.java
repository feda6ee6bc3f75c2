package io.depthcast.admission;

import static io.depthcast.limit.AddressTest.address;
import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.limit.Address;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RequestBudgetsTest {
    private static final long SECOND = 1_000_000_000L;
    private static final Address CLIENT = address("203.0.113.7");

    /** Nowhere near zero, for monotonic time has no origin. */
    private long nowNanos = Long.MAX_VALUE - 5 * SECOND;

    private final RequestBudgets budgets = new RequestBudgets(2, 3, nowNanos);

    @Test
    void shouldHoldEachAddressToItsOwnRequests() {
        assertThat(take(CLIENT, 4)).isEqualTo(List.of(true, true, true, false));
        assertThat(take(address("203.0.113.8"), 1)).isEqualTo(List.of(true));
        nowNanos += SECOND;
        assertThat(take(CLIENT, 3)).isEqualTo(List.of(true, true, false));
    }

    @Test
    void shouldCountOneNetworkOfIpv6AsOneAddress() {
        assertThat(take(address("2001:db8::1"), 3)).isEqualTo(List.of(true, true, true));
        assertThat(take(address("2001:db8::2"), 1)).isEqualTo(List.of(false));
        assertThat(take(address("2001:db8:0:1::1"), 1)).isEqualTo(List.of(true));
    }

    @Test
    void shouldForgetWhoHasAllItsRequestsBack() {
        take(CLIENT, 3);
        nowNanos += 60 * SECOND;
        take(address("203.0.113.8"), 1);
        assertThat(budgets.addresses()).isEqualTo(1);
    }

    @Test
    void shouldRefuseStrangersWhileItRemembersAllItCan() {
        take(CLIENT, 1);
        for (int i = 1; i < RequestBudgets.MAX_ADDRESSES; i++) {
            assertThat(budgets.tryTake(new Address(false, 0, i), nowNanos)).isTrue();
        }
        assertThat(take(address("203.0.113.8"), 1)).isEqualTo(List.of(false));
        assertThat(take(CLIENT, 1)).isEqualTo(List.of(true));
    }

    @Test
    void shouldHoldEverybodyToANewRateAtOnce() {
        take(CLIENT, 1);
        budgets.setRate(1, 1, nowNanos);
        assertThat(take(CLIENT, 2)).isEqualTo(List.of(true, false));
        assertThat(take(address("203.0.113.8"), 2)).isEqualTo(List.of(true, false));
    }

    private List<Boolean> take(Address address, int times) {
        List<Boolean> taken = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            taken.add(budgets.tryTake(address, nowNanos));
        }
        return taken;
    }
}
