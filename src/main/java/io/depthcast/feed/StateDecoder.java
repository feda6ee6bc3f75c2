package io.depthcast.feed;

import io.depthcast.book.BookShapes;
import io.depthcast.book.InstrumentSnapshot;
import io.depthcast.book.Levels;
import io.depthcast.book.Side;
import io.depthcast.book.TradeHistory;
import io.depthcast.book.ViewStamp;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/** Reads the bytes of {@link StateEncoder}; refuses what is cut, changed or not understood. Stateless. */
public final class StateDecoder {
    private static final int VIEWS = BookShapes.DEPTHS.size() + 1;
    /** Of the smallest level. */
    private static final int MIN_LEVEL_BYTES = 2;

    private StateDecoder() {}

    public static StateReading decode(byte[] bytes) {
        int end = bytes.length - Integer.BYTES;
        if (end < 1) {
            return new StateReading.Refused("expected more than 4 bytes, got " + bytes.length);
        }
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, end);
        if ((int) crc.getValue() != ByteReader.littleEndian(bytes, end)) {
            return new StateReading.Refused("the checksum is not that of the " + bytes.length + " bytes");
        }
        ByteReader in = new ByteReader(bytes, 0, end);
        int version = in.readByte();
        if (version != StateEncoder.VERSION && version != StateEncoder.NAMELESS_VERSION) {
            return new StateReading.Refused("expected version " + StateEncoder.VERSION + ", got " + version);
        }
        try {
            LogState state = read(in, version);
            return in.isBroken() || in.remaining() > 0
                    ? new StateReading.Refused("the fields are not those of a state")
                    : new StateReading.Read(state);
        } catch (IllegalArgumentException e) {
            return new StateReading.Refused("a definition that is none: " + e.getMessage());
        }
    }

    private static LogState read(ByteReader in, int version) {
        int kind = in.readCount(StateEncoder.INSTRUMENT);
        LogPlace place = new LogPlace(
                version == StateEncoder.NAMELESS_VERSION ? "" : in.readAscii(BatchEncoder.MAX_LOG),
                in.readUnsigned(),
                in.readUnsigned(),
                in.readAscii(BatchEncoder.MAX_WRITER),
                in.readUnsigned(),
                in.readUnsigned());
        if (kind == StateEncoder.MARK || in.isBroken()) {
            return new LogState(place, null);
        }
        Listing listing = in.readListing(in.readCount(ByteReader.MAX_ID));
        return new LogState(place, new FeedSnapshot.Book(listing, state(in, listing)));
    }

    private static InstrumentSnapshot state(ByteReader in, Listing listing) {
        Levels bids = side(in, Side.BID);
        Levels asks = side(in, Side.ASK);
        List<ViewStamp> views = new ArrayList<>(VIEWS);
        in.expect(VIEWS);
        for (int i = 0; i < VIEWS; i++) {
            views.add(new ViewStamp(in.readUnsigned(), in.readSigned()));
        }
        TradeHistory trades = HistoryDecoder.read(in, listing.id());
        return new InstrumentSnapshot(
                listing.instrument(), bids, asks, List.copyOf(views), trades.tape(), trades.candles());
    }

    private static Levels side(ByteReader in, Side side) {
        int count = in.readCount(in.remaining() / MIN_LEVEL_BYTES);
        long[] priceTicks = new long[count];
        long[] sizeLots = new long[count];
        for (int i = 0; i < count; i++) {
            if (i == 0) {
                priceTicks[0] = in.readSigned();
            } else {
                long away = in.readVarint();
                priceTicks[i] = side == Side.BID ? priceTicks[i - 1] - away : priceTicks[i - 1] + away;
                in.require(side == Side.BID ? priceTicks[i] < priceTicks[i - 1] : priceTicks[i] > priceTicks[i - 1]);
            }
            sizeLots[i] = in.readUnsigned();
            in.require(sizeLots[i] > 0);
        }
        return new Levels(priceTicks, sizeLots);
    }
}
