package io.depthcast.admission;

import io.depthcast.limit.Address;
import io.depthcast.limit.TokenBucket;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * How many requests each address may make by now. An address is remembered only while its bucket is not full, and there
 * are never more than {@link #MAX_ADDRESSES}. One thread; time is monotonic.
 */
public final class RequestBudgets {
    /** Addresses: at some 150 bytes each this is all that somebody with many of them can make us remember. */
    static final int MAX_ADDRESSES = 100_000;

    private static final long SWEEP_NANOS = TimeUnit.SECONDS.toNanos(5);

    private int perSecond;
    private int burst;
    private final Map<Address, TokenBucket> addresses = new HashMap<>();
    private long sweptNanos;

    /**
     * @param perSecond requests of one address, or of one IPv6 /64
     * @param burst that it may make at once
     */
    public RequestBudgets(int perSecond, int burst, long nowNanos) {
        this.perSecond = perSecond;
        this.burst = burst;
        this.sweptNanos = nowNanos;
    }

    /** Holds every address to these from now on; see the constructor. */
    public void setRate(int newPerSecond, int newBurst, long nowNanos) {
        perSecond = newPerSecond;
        burst = newBurst;
        addresses.values().forEach(bucket -> bucket.setRate(newPerSecond, newBurst, nowNanos));
    }

    /** Takes one request; returns false if it must be refused. */
    public boolean tryTake(Address address, long nowNanos) {
        if (nowNanos - sweptNanos >= SWEEP_NANOS) {
            sweptNanos = nowNanos;
            addresses.values().removeIf(bucket -> bucket.isFull(nowNanos));
        }
        TokenBucket bucket = bucket(address.block(), nowNanos);
        return bucket != null && bucket.tryTake(1, nowNanos);
    }

    private @Nullable TokenBucket bucket(Address block, long nowNanos) {
        TokenBucket known = addresses.get(block);
        if (known != null || addresses.size() >= MAX_ADDRESSES) {
            return known;
        }
        TokenBucket fresh = new TokenBucket(perSecond, burst, nowNanos);
        addresses.put(block, fresh);
        return fresh;
    }

    /** Addresses remembered. */
    int addresses() {
        return addresses.size();
    }
}
