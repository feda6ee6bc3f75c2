package io.depthcast.admission;

import io.depthcast.limit.Networks;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Whom operators keep out, each for a time. It holds for every connection that is asked for, so it outlasts those that are
 * closed; it does not outlast the process. One thread; time is monotonic.
 */
public final class Blocks {
    /** Each costs every newcomer a comparison; whoever needs more has a firewall. */
    public static final int MAX_BLOCKS = 1_000;

    private BlockList list = BlockList.EMPTY;
    private int lastId;

    /**
     * Keeps somebody out from now on; null if there are too many blocks already.
     *
     * @param subject empty for a block of addresses
     */
    public @Nullable Block add(Networks addresses, String subject, int seconds, String reason, long nowNanos) {
        List<Block> all = new ArrayList<>(list(nowNanos).blocks());
        if (all.size() >= MAX_BLOCKS) {
            return null;
        }
        long endNanos = nowNanos + TimeUnit.SECONDS.toNanos(seconds);
        Block block = new Block(++lastId, addresses, subject, reason, endNanos);
        all.add(block);
        list = new BlockList(List.copyOf(all));
        return block;
    }

    /** Lets in again whom a block kept out; returns whether there was one. */
    public boolean remove(int id, long nowNanos) {
        sweep(nowNanos);
        return removeIf(block -> block.id() == id);
    }

    /** Those that hold, the oldest first; the same list until one comes or goes. */
    public BlockList list(long nowNanos) {
        sweep(nowNanos);
        return list;
    }

    /** Forgets those that are over; to be called every few seconds. */
    public void sweep(long nowNanos) {
        var unused = removeIf(block -> block.isOver(nowNanos));
    }

    private boolean removeIf(Predicate<Block> goes) {
        List<Block> left = new ArrayList<>(list.blocks());
        boolean went = left.removeIf(goes);
        if (went) {
            list = new BlockList(List.copyOf(left));
        }
        return went;
    }
}
