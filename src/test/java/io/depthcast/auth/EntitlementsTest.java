package io.depthcast.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class EntitlementsTest {
    private static List<String> allowed(Entitlements entitlements) {
        return Stream.of("BTC-USD", "BTC-EUR", "ETH-USD", "BTC", "B")
                .filter(symbol -> entitlements.allows("book", symbol))
                .toList();
    }

    private static Entitlements symbols(String... patterns) {
        return new Entitlements(List.of(patterns), null);
    }

    @Test
    void shouldAllowNamesAndPatternsOfSymbols() {
        assertThat(allowed(Entitlements.EVERYTHING)).hasSize(5);
        assertThat(allowed(symbols("*"))).hasSize(5);
        assertThat(allowed(symbols("BTC-*", "B"))).containsExactly("BTC-USD", "BTC-EUR", "B");
        assertThat(allowed(symbols("*-USD"))).containsExactly("BTC-USD", "ETH-USD");
        assertThat(allowed(symbols("BTC*C"))).isEmpty();
        assertThat(allowed(symbols("BT"))).isEmpty();
        assertThat(allowed(symbols())).isEmpty();
    }

    @Test
    void shouldAllowNothingOfAnotherChannel() {
        Entitlements quotes = new Entitlements(null, List.of("bbo"));
        assertThat(quotes.allows("bbo", "BTC-USD")).isTrue();
        assertThat(quotes.allows("book", "BTC-USD")).isFalse();
        assertThat(quotes.allows("BTC-USD")).isTrue();
        assertThat(new Entitlements(null, List.of()).allows("BTC-USD")).isFalse();
    }
}
