package io.depthcast.admission;

import io.depthcast.limit.Address;
import io.depthcast.limit.Networks;

/**
 * Whom an operator keeps out for a while: everybody of some addresses, or one subject of tokens. Immutable.
 *
 * @param id to take it back by
 * @param addresses none if the block is for a subject
 * @param subject empty if the block is for addresses
 * @param reason for whoever reads the list; the client is not told
 * @param endNanos when it is over, in monotonic time
 */
public record Block(int id, Networks addresses, String subject, String reason, long endNanos) {
    public boolean keepsOut(Address address, String whose) {
        return addresses.contains(address) || (!subject.isEmpty() && subject.equals(whose));
    }

    boolean isOver(long nowNanos) {
        return nowNanos - endNanos >= 0;
    }
}
