package io.depthcast.wire;

/**
 * Numbers of subprotocol {@code depthcast.v1.compact} that its encoder and decoders share; the protocol document has the
 * layout field by field. Integers outside bit fields are little-endian base 128, seven bits a byte in as few bytes as they
 * need (varint). In bit fields, highest bit first, they are exponential Golomb codes of some order {@code k}: of
 * {@code (n >>> k) + 1} its length in bits less one as zeros, itself, and then the low {@code k} bits of {@code n}.
 */
public final class CompactFormat {
    /** The first varint of a message is {@code subject << KIND_BITS | kind}; the subject is an instrument. */
    public static final int KIND_BITS = 2;

    public static final int DELTA = 0;
    public static final int BEST_BID_OFFER = 1;
    public static final int TRADES = 2;

    /** Here the subject is one of the types below, and a uint24 follows: bytes of the rest, so that it can be skipped. */
    public static final int OTHER = 3;

    public static final int LENGTH_BYTES = 3;

    public static final int SNAPSHOT = 1;
    public static final int CANDLE = 2;
    public static final int HEARTBEAT = 3;
    public static final int INSTRUMENTS = 4;
    public static final int INSTRUMENT_STATUS = 5;

    /** Names of the venue's for the trades of the message behind it. */
    public static final int VENUE_IDS = 6;

    public static final int TICKER = 7;

    /** Of a book whose prices are gathered: its depth, its group, and a delta or snapshot with prices in groups of ticks. */
    public static final int GROUPED = 8;

    /** The largest time, sequence, id or count: 2^53 - 1, which JavaScript reads exactly. */
    public static final long MAX_NATURAL = (1L << 53) - 1;

    /** The largest depth or group. */
    public static final int MAX_SHAPE = 65_535;

    public static final int MAX_LENGTH = (1 << 24) - 1;

    /** Characters of a symbol or a venue's id. */
    public static final int MAX_TEXT_LENGTH = 36;

    /** Orders of the codes in bit fields. Those of the sizes have an order of the message's own. */
    public static final int ADVANCE_ORDER = 6;

    public static final int LAG_ORDER = 13;
    /** Numbers of levels, and differences of prices. */
    public static final int LEVEL_ORDER = 1;

    /** The order of the sizes has so many bits. */
    public static final int SIZE_ORDER_BITS = 5;

    /** A time in full has so many bits. */
    public static final int TIME_BITS = 53;

    /** A delta has the low bits of its time of sending alone. */
    public static final int SENT_BITS = 16;

    /** How far behind the gateway's last full time a delta may have been made; ahead, it is the rest of 2^16. */
    public static final int SENT_BEHIND_MILLIS = 5_536;

    private static final int MICROS_PER_MILLI = 1_000;
    private static final int[] CRC = new int[256];

    static {
        for (int i = 0; i < CRC.length; i++) {
            int crc = i;
            for (int bit = 0; bit < Byte.SIZE; bit++) {
                crc = (crc & 1) == 0 ? crc >>> 1 : crc >>> 1 ^ 0xEDB88320;
            }
            CRC[i] = crc;
        }
    }

    private CompactFormat() {}

    /**
     * What a delta's checksum is combined with by exclusive or: CRC-32 (zlib's) over three little-endian int64, all of
     * which the reader must know without being told. If it is wrong about one of them, the checksum is wrong.
     */
    public static int proof(long epoch, long previous, long sentMillis) {
        return ~crc(sentMillis, crc(previous, crc(epoch, ~0)));
    }

    /** Rounded up, so that no event is later than the frame which carries it. */
    static long sentMillis(long sentMicros) {
        return sentMicros / MICROS_PER_MILLI + (sentMicros % MICROS_PER_MILLI == 0 ? 0 : 1);
    }

    private static int crc(long value, int before) {
        int crc = before;
        for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
            crc = crc >>> Byte.SIZE ^ CRC[(crc ^ (int) (value >>> shift)) & 0xFF];
        }
        return crc;
    }
}
