package io.depthcast.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenBucketTest {
    private static final long SECOND = 1_000_000_000L;

    /** The same in arithmetic that cannot overflow. */
    private static final class NaiveBucket {
        private final BigInteger perSecond;
        private final BigInteger capacity;
        private BigInteger level;
        private BigInteger lastNanos;

        NaiveBucket(long perSecond, long burst, long nowNanos) {
            this.perSecond = BigInteger.valueOf(perSecond);
            this.capacity = BigInteger.valueOf(burst).multiply(BigInteger.valueOf(SECOND));
            this.level = capacity;
            this.lastNanos = BigInteger.valueOf(nowNanos);
        }

        boolean tryTake(long tokens, BigInteger nowNanos) {
            BigInteger elapsed = nowNanos.subtract(lastNanos).max(BigInteger.ZERO);
            lastNanos = lastNanos.max(nowNanos);
            level = level.add(elapsed.multiply(perSecond)).min(capacity);
            BigInteger cost = BigInteger.valueOf(tokens).multiply(BigInteger.valueOf(SECOND));
            boolean enough = cost.compareTo(level) <= 0;
            level = enough ? level.subtract(cost) : level;
            return enough;
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void shouldDecideAsABucketOfUnboundedIntegers(long seed) {
        Random random = new Random(seed);
        long perSecond = 1 + random.nextLong(seed % 2 == 0 ? 30 : 1_000_000_000L);
        long burst = 1 + random.nextLong(seed % 3 == 0 ? 4_000_000_000L : 40);
        long startNanos = random.nextLong();
        TokenBucket bucket = new TokenBucket(perSecond, burst, startNanos);
        NaiveBucket naive = new NaiveBucket(perSecond, burst, startNanos);

        BigInteger now = BigInteger.valueOf(startNanos);
        for (int i = 0; i < 20_000; i++) {
            now = now.add(BigInteger.valueOf(step(random, perSecond)));
            long tokens = random.nextInt(50) == 0 ? Long.MAX_VALUE - random.nextInt(3) : random.nextLong(burst + 2);
            tokens = random.nextBoolean() ? 1 : tokens;
            // A monotonic clock may run over the end of a long.
            assertThat(bucket.tryTake(tokens, now.longValue())).isEqualTo(naive.tryTake(tokens, now));
        }
    }

    @Test
    void shouldNotLoseAFractionOfATokenHoweverOftenItIsAsked() {
        TokenBucket bucket = new TokenBucket(3, 1, 0);
        assertThat(bucket.tryTake(1, 0)).isTrue();

        int taken = 0;
        for (long nowNanos = 1_000_003; nowNanos <= 10 * SECOND; nowNanos += 1_000_003) {
            taken += bucket.tryTake(1, nowNanos) ? 1 : 0;
        }
        assertThat(taken).isEqualTo(29);
    }

    @Test
    void shouldStandStillWhileTimeRunsBackwards() {
        TokenBucket bucket = new TokenBucket(1, 1, 10 * SECOND);

        assertThat(bucket.tryTake(1, 10 * SECOND)).isTrue();
        assertThat(bucket.tryTake(1, 5 * SECOND)).isFalse();
        assertThat(bucket.tryTake(1, 11 * SECOND - 1)).isFalse();
        assertThat(bucket.tryTake(1, 11 * SECOND)).isTrue();
    }

    @Test
    void shouldBeFullAfterALongSilenceAndNoFuller() {
        TokenBucket bucket = new TokenBucket(1_000_000_000L, 4_000_000_000L, 0);

        assertThat(bucket.tryTake(4_000_000_000L, 0)).isTrue();
        assertThat(bucket.tryTake(4_000_000_001L, Long.MAX_VALUE)).isFalse();
        assertThat(bucket.tryTake(4_000_000_000L, Long.MAX_VALUE)).isTrue();
        assertThat(bucket.tryTake(1, Long.MAX_VALUE)).isFalse();
    }

    @Test
    void shouldBeInDebtUntilWhatWasSpentHasFlowedIn() {
        TokenBucket bucket = new TokenBucket(1_000, 250, 0);

        bucket.spend(250, 0);
        assertThat(bucket.isInDebt(0)).isFalse();
        bucket.spend(3_000, 0);
        assertThat(bucket.isInDebt(3 * SECOND - 1)).isTrue();
        assertThat(bucket.isInDebt(3 * SECOND)).isFalse();
        assertThat(bucket.tryTake(1, 3 * SECOND)).isFalse();
    }

    @Test
    void shouldForgetWhatIsBeyondTheDeepestDebt() {
        TokenBucket bucket = new TokenBucket(1_000_000_000L, 4_000_000_000L, 0);
        for (int i = 0; i < 20; i++) {
            bucket.spend(1_000_000_000L, 0);
        }

        assertThat(bucket.isInDebt(4 * SECOND - 1)).isTrue();
        assertThat(bucket.isInDebt(4 * SECOND)).isFalse();
        assertThat(bucket.tryTake(4_000_000_000L, Long.MAX_VALUE)).isTrue();
    }

    @Test
    void shouldTakeItsLevelAndItsDebtToAnotherRate() {
        TokenBucket bucket = new TokenBucket(1_000, 1_000, 0);
        bucket.setRate(10, 100, 0);
        assertThat(bucket.perSecond()).isEqualTo(10);
        assertThat(bucket.tryTake(101, 0)).isFalse();
        assertThat(bucket.tryTake(100, 0)).isTrue();

        bucket.spend(10, 0);
        bucket.setRate(1, 1, 0);
        assertThat(bucket.isInDebt(10 * SECOND - 1)).isTrue();
        assertThat(bucket.isInDebt(10 * SECOND)).isFalse();
        assertThatThrownBy(() -> bucket.setRate(0, 1, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({"0,1", "-1,1", "1,0", "1000000001,1", "1,4000000001", "1,-1"})
    void shouldRefuseARateOutsideItsRange(long perSecond, long burst) {
        assertThatThrownBy(() -> new TokenBucket(perSecond, burst, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    private static long step(Random random, long perSecond) {
        return switch (random.nextInt(20)) {
            case 0 -> -random.nextLong(3 * SECOND);
            case 1 -> random.nextLong(100 * SECOND);
            case 2 -> random.nextLong(Long.MAX_VALUE);
            case 3 -> 0;
            default -> random.nextLong(2 + 3 * SECOND / perSecond);
        };
    }
}
