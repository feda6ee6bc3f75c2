package io.depthcast.book;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32;

/**
 * CRC-32 (zlib's) over the best 10 levels of the asks, best first, then of the bids, best first, each as two
 * little-endian int64: price in ticks, size in lots.
 */
public final class BookChecksum {
    /** Levels a side that are covered. */
    public static final int DEPTH = 10;

    private static final int SIDES = 2;

    private final ByteBuffer bytes =
            ByteBuffer.allocate(SIDES * DEPTH * 2 * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    private final CRC32 crc = new CRC32();

    BookChecksum() {}

    /** @param asks the whole side or at least its best 10 levels, best first; likewise the bids */
    public static int of(Levels asks, Levels bids) {
        BookChecksum checksum = new BookChecksum();
        checksum.add(asks);
        checksum.add(bids);
        return checksum.take();
    }

    int of(BookSide asks, BookSide bids) {
        add(asks);
        add(bids);
        return take();
    }

    private void add(Levels side) {
        for (int rank = 0; rank < Math.min(DEPTH, side.count()); rank++) {
            bytes.putLong(side.priceTicks(rank)).putLong(side.sizeLots(rank));
        }
    }

    private void add(BookSide side) {
        for (int rank = 0; rank < Math.min(DEPTH, side.count()); rank++) {
            bytes.putLong(side.priceTicks(rank)).putLong(side.sizeLots(rank));
        }
    }

    private int take() {
        crc.reset();
        crc.update(bytes.flip());
        bytes.clear();
        return (int) crc.getValue();
    }
}
