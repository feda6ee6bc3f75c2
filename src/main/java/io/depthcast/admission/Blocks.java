package io.depthcast.admission;

import io.depthcast.limit.Address;
import io.depthcast.limit.Networks;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Whom operators keep out, each for a time. It holds for every connection that is asked for, so it outlasts those that are
 * closed; it does not outlast the process. One thread; time is monotonic.
 */
public final class Blocks {
    /** Each costs every newcomer a comparison; whoever needs more has a firewall. */
    public static final int MAX_BLOCKS = 1_000;

    private final List<Block> all = new ArrayList<>();
    private int lastId;

    /**
     * Keeps somebody out from now on; null if there are too many blocks already.
     *
     * @param subject empty for a block of addresses
     */
    public @Nullable Block add(Networks addresses, String subject, int seconds, String reason, long nowNanos) {
        sweep(nowNanos);
        if (all.size() >= MAX_BLOCKS) {
            return null;
        }
        long endNanos = nowNanos + TimeUnit.SECONDS.toNanos(seconds);
        Block block = new Block(++lastId, addresses, subject, reason, endNanos);
        all.add(block);
        return block;
    }

    /** Lets in again whom a block kept out; returns whether there was one. */
    public boolean remove(int id, long nowNanos) {
        sweep(nowNanos);
        return all.removeIf(block -> block.id() == id);
    }

    /** What keeps a client out, null if nothing does. */
    public @Nullable Block find(Address address, String subject, long nowNanos) {
        for (Block block : all) {
            if (!block.isOver(nowNanos) && block.keepsOut(address, subject)) {
                return block;
            }
        }
        return null;
    }

    /** Those that hold, the oldest first. */
    public List<Block> all(long nowNanos) {
        sweep(nowNanos);
        return List.copyOf(all);
    }

    /** Forgets those that are over; to be called every few seconds. */
    public void sweep(long nowNanos) {
        all.removeIf(block -> block.isOver(nowNanos));
    }
}
