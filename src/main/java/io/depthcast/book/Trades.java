package io.depthcast.book;

import java.util.List;

/**
 * What a tape answers to "which trades since trade X".
 *
 * @param missed trades after X that the tape no longer holds
 * @param trades oldest first, contiguous ids
 */
public record Trades(int instrumentId, long epoch, long missed, List<Trade> trades) {
    /** Whether the venue has a name for any of them. */
    public boolean hasVenueIds() {
        for (int i = 0; i < trades.size(); i++) {
            if (trades.get(i).venueId() != null) {
                return true;
            }
        }
        return false;
    }
}
