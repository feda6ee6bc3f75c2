package io.depthcast.client;

import io.depthcast.book.Levels;
import io.depthcast.wire.Version;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * A client's copy of one book, which says so when it cannot vouch for itself: every message is held against the version the
 * book has and against the checksum of what results.
 */
public final class ProvedBook {
    /** What became of a message. */
    public enum Outcome {
        /** The book is the gateway's at that version. */
        APPLIED,
        /** A delta while waiting for a snapshot; nothing to do but to go on waiting. */
        IGNORED,
        /** Something between the book's version and this delta is missing: ask for a snapshot. */
        GAP,
        /** The book differs from the gateway's: ask for a snapshot. */
        BAD_CHECKSUM
    }

    private static final int CHECKSUM_DEPTH = 10;

    private final ProvedSide bids = new ProvedSide(true);
    private final ProvedSide asks = new ProvedSide(false);
    private @Nullable Version version;

    /** After {@link Outcome#GAP} and {@link Outcome#BAD_CHECKSUM} the book waits for a snapshot. */
    public Outcome apply(BookMessage message) {
        Version held = version;
        if (message.isSnapshot()) {
            bids.clear();
            asks.clear();
        } else if (held == null) {
            return Outcome.IGNORED;
        } else if (message.epoch() != held.epoch() || message.previous() != held.sequence()) {
            version = null;
            return Outcome.GAP;
        }
        bids.apply(message.bids());
        asks.apply(message.asks());
        if (checksum() != message.checksum()) {
            version = null;
            return Outcome.BAD_CHECKSUM;
        }
        version = new Version(message.epoch(), message.sequence());
        return Outcome.APPLIED;
    }

    private int checksum() {
        CRC32 crc = new CRC32();
        for (Levels side : List.of(asks.best(CHECKSUM_DEPTH), bids.best(CHECKSUM_DEPTH))) {
            ByteBuffer bytes =
                    ByteBuffer.allocate(side.count() * 2 * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            for (int i = 0; i < side.count(); i++) {
                bytes.putLong(side.priceTicks(i)).putLong(side.sizeLots(i));
            }
            crc.update(bytes.flip());
        }
        return (int) crc.getValue();
    }

    /** The version the book is proved to have, to resume from; null while it waits for a snapshot. */
    public @Nullable Version version() {
        return version;
    }

    /** The best levels of the buyers, best first; the last known while the book waits for a snapshot. */
    public Levels bids(int depth) {
        return bids.best(depth);
    }

    /** The best levels of the sellers, best first; the last known while the book waits for a snapshot. */
    public Levels asks(int depth) {
        return asks.best(depth);
    }

    public int bidCount() {
        return bids.count();
    }

    public int askCount() {
        return asks.count();
    }
}
