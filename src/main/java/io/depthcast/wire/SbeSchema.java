package io.depthcast.wire;

/**
 * Numbers of {@code depthcast-sbe.xml} that its encoder and decoders share. A message is a framing header, a message header,
 * a block of fixed length, then groups; a group is its dimension and entries of fixed length. All little-endian but the
 * framing header.
 */
public final class SbeSchema {
    public static final int ID = 1207;
    public static final int VERSION = 2;

    /** The version of messages that nothing was added to, so that their bytes are what they always were. */
    public static final int FIRST_VERSION = 1;

    /** Simple Open Framing Header, big-endian: uint32 length of all including itself, uint16 {@link #FRAMING_TYPE}. */
    public static final int FRAMING_BYTES = 6;

    /** Says SBE 1.0, little-endian. */
    public static final int FRAMING_TYPE = 0xEB50;

    /** Four uint16: block length, template, schema, version. */
    public static final int HEADER_BYTES = 8;

    /** Two uint16: bytes of an entry, number of entries. */
    public static final int DIMENSION_BYTES = 4;

    /** The largest uint16 says null. */
    public static final int MAX_ENTRIES = 65534;

    public static final int BOOK_SNAPSHOT = 1;
    public static final int BOOK_DELTA = 2;
    public static final int BEST_BID_OFFER = 3;
    public static final int TRADES = 4;
    public static final int CANDLE = 5;
    public static final int HEARTBEAT = 6;
    public static final int INSTRUMENTS = 7;
    public static final int INSTRUMENT_STATUS = 8;
    public static final int TICKER = 9;

    /** Block lengths, and those of group entries. */
    public static final int BOOK_BYTES = 48;

    /** What a uint16 says that is not there. */
    public static final int NO_UINT16 = 65_535;

    /** Of a book whose prices are gathered: its depth and its group follow, two uint16. */
    public static final int GROUPED_BOOK_BYTES = BOOK_BYTES + 4;

    public static final int LEVEL_BYTES = 16;
    public static final int BEST_BID_OFFER_BYTES = 52;
    public static final int TRADES_BYTES = 12;
    public static final int TRADE_BYTES = 33;
    public static final int CANDLE_BYTES = 65;
    public static final int HEARTBEAT_BYTES = 9;
    public static final int INSTRUMENTS_BYTES = 0;

    public static final int INSTRUMENT_STATUS_BYTES = 13;
    public static final int TICKER_BYTES = 92;

    /** Without the symbol, which follows as uint8 length and ASCII. */
    public static final int INSTRUMENT_BYTES = 23;

    /** Without the status. */
    public static final int FIRST_INSTRUMENT_BYTES = 22;

    /** The longest name that a venue has for a trade; a shorter one is filled up with zeros. */
    public static final int VENUE_ID_BYTES = 36;

    /** In a message of trades of which one has such a name. */
    public static final int NAMED_TRADE_BYTES = TRADE_BYTES + VENUE_ID_BYTES;

    private SbeSchema() {}
}
