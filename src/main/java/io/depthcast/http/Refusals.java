package io.depthcast.http;

import io.depthcast.limit.Address;
import io.depthcast.limit.Masking;
import io.depthcast.metrics.Meters;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who was refused what at one loop: each refusal is counted by its kind, and each address has a line a minute, the
 * next of which says how many more there were. One thread; monotonic time.
 */
final class Refusals {
    static final String WEBSOCKET = "websocket";
    static final String SSE = "sse";
    static final String HTTP = "http";
    static final String PUBLISH = "publish";

    private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);
    private static final long LINE_NANOS = TimeUnit.MINUTES.toNanos(1);
    /** Addresses remembered; of more nothing is logged, for they are an attack that the counters show. */
    private static final int MOST_ADDRESSES = 10_000;

    private static final class Told {
        private long lineNanos;
        private String transport = HTTP;
        private String kind = "";
        private long more;
    }

    private final Meters meters;
    private final Masking masking;
    private final Map<Address, Told> told = new LinkedHashMap<>();

    Refusals(Meters meters, Masking masking) {
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
        Told known = told.get(address.block());
        if (known == null && told.size() < MOST_ADDRESSES) {
            Told first = new Told();
            told.put(address.block(), first);
            tell(address.block(), first, transport, kind, nowNanos);
        } else if (known != null) {
            known.more++;
            known.transport = transport;
            known.kind = kind;
        }
    }

    private void tell(Address address, Told line, String transport, String kind, long nowNanos) {
        LOG.atInfo()
                .addKeyValue("address", masking.of(address))
                .addKeyValue("transport", transport)
                .addKeyValue("reason", kind)
                .addKeyValue("more", line.more)
                .log("a client is refused");
        line.lineNanos = nowNanos;
        line.more = 0;
    }

    /** Tells of those that went on, and forgets the others; to be called every few seconds. */
    void tick(long nowNanos) {
        for (Iterator<Map.Entry<Address, Told>> each = told.entrySet().iterator(); each.hasNext(); ) {
            Map.Entry<Address, Told> entry = each.next();
            Told line = entry.getValue();
            if (nowNanos - line.lineNanos >= LINE_NANOS) {
                if (line.more == 0) {
                    each.remove();
                } else {
                    // This line stands for one of them.
                    line.more--;
                    tell(entry.getKey(), line, line.transport, line.kind, nowNanos);
                }
            }
        }
    }

    /** Addresses remembered. */
    int addresses() {
        return told.size();
    }
}
