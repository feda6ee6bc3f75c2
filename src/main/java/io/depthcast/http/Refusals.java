package io.depthcast.http;

import io.depthcast.limit.Address;
import io.depthcast.limit.Masking;
import io.depthcast.metrics.Meters;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who was refused what at one node: each refusal is counted by its kind, and each address has a line a minute, the next of
 * which says how many more there were. Any thread, because the loops share what is told; monotonic time.
 */
public final class Refusals {
    static final String WEBSOCKET = "websocket";
    static final String SSE = "sse";
    static final String HTTP = "http";
    static final String PUBLISH = "publish";

    private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);
    private static final long LINE_NANOS = TimeUnit.MINUTES.toNanos(1);
    /** Addresses remembered; of more nothing is logged, for they are an attack that the counters show. */
    private static final int MOST_ADDRESSES = 10_000;

    /**
     * The last line of an address, and what came since.
     *
     * @param transport of the newest refusal, as {@code kind} is
     */
    private record Told(long lineNanos, String transport, String kind, long more) {
        Told oneMore(Told newest) {
            return new Told(lineNanos, newest.transport, newest.kind, more + 1);
        }
    }

    private final Meters meters;
    private final Masking masking;
    private final Map<Address, Told> told = new ConcurrentHashMap<>();

    public Refusals(Meters meters, Masking masking) {
        this.meters = meters;
        this.masking = masking;
    }

    /**
     * @param address null if its connection is gone
     * @param transport one of those above
     * @param kind the code of the error
     */
    void refused(@Nullable Address address, String transport, String kind, long nowNanos) {
        meters.refused(transport, kind);
        if (address == null) {
            return;
        }
        Address block = address.block();
        if (!told.containsKey(block) && told.size() >= MOST_ADDRESSES) {
            return;
        }
        Told first = new Told(nowNanos, transport, kind, 0);
        Told now = told.merge(block, first, Told::oneMore);
        if (now.more == 0) {
            tell(block, first, 0);
        }
    }

    private void tell(Address address, Told line, long more) {
        LOG.atInfo()
                .addKeyValue("address", masking.of(address))
                .addKeyValue("transport", line.transport)
                .addKeyValue("reason", line.kind)
                .addKeyValue("more", more)
                .log("a client is refused");
    }

    /** Tells of those that went on, and forgets the others; to be called every few seconds, by however many loops. */
    void tick(long nowNanos) {
        told.forEach((address, line) -> {
            if (nowNanos - line.lineNanos < LINE_NANOS) {
                return;
            }
            if (line.more == 0) {
                told.remove(address, line);
            } else if (told.replace(address, line, new Told(nowNanos, line.transport, line.kind, 0))) {
                // This line stands for one of them.
                tell(address, line, line.more - 1);
            }
        });
    }

    /** Addresses remembered. */
    int addresses() {
        return told.size();
    }
}
