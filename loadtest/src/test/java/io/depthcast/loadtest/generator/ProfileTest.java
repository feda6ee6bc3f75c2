package io.depthcast.loadtest.generator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ProfileTest {
    private static final List<String> SYMBOLS =
            IntStream.rangeClosed(1, 200).mapToObj(n -> "S" + n).toList();

    @Test
    void shouldShareOneBookOrOneWatchlist() {
        SplittableRandom random = new SplittableRandom(1);
        assertThat(Profile.ONE.choose(SYMBOLS, 0, random)).containsExactly("S1");
        assertThat(Profile.WATCHLIST.choose(SYMBOLS, 0, random)).isEqualTo(SYMBOLS.subList(0, 20));
        assertThat(Profile.EVERYTHING.choose(SYMBOLS, 0, random)).containsExactly("*");
        assertThat(Profile.WATCHLIST.choose(List.of("S1"), 0, random)).containsExactly("S1");
    }

    @Test
    void shouldShareAWatchlistByTen() {
        SplittableRandom random = new SplittableRandom(1);
        List<String> first = Profile.GROUPS.choose(SYMBOLS, 0, random);
        assertThat(Profile.GROUPS.choose(SYMBOLS, 9, random)).isEqualTo(first).hasSize(20);
        assertThat(Profile.GROUPS.choose(SYMBOLS, 10, random)).isNotEqualTo(first);
    }

    @Test
    void shouldChooseTwentyDifferentOnesOftenTheActive() {
        SplittableRandom random = new SplittableRandom(2);
        Map<String, Integer> chosen = new HashMap<>();
        for (int client = 0; client < 2_000; client++) {
            List<String> symbols = Profile.RANDOM.choose(SYMBOLS, 0, random);
            assertThat(new HashSet<>(symbols)).hasSize(20);
            symbols.forEach(symbol -> chosen.merge(symbol, 1, Integer::sum));
        }
        assertThat(chosen.get("S1")).isGreaterThan(1_800);
        assertThat(chosen.get("S10")).isBetween(400, 900);
        assertThat(chosen.get("S200")).isBetween(10, 90);
    }
}
