package io.depthcast.admission;

import io.depthcast.limit.Address;
import java.util.List;

/** Whom operators keep out, as every gateway loop knows it. Immutable; time is monotonic. */
public record BlockList(List<Block> blocks) {
    public static final BlockList EMPTY = new BlockList(List.of());

    /** @param subject of the client's token, empty if it showed none */
    public boolean keepsOut(Address address, String subject, long nowNanos) {
        for (Block block : blocks) {
            if (!block.isOver(nowNanos) && block.keepsOut(address, subject)) {
                return true;
            }
        }
        return false;
    }
}
