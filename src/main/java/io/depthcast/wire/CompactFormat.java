package io.depthcast.wire;

/**
 * Numbers of subprotocol {@code depthcast.v1.compact} that its encoder and decoders share; the protocol document has the
 * layout field by field. Integers are little-endian base 128, seven bits a byte in as few bytes as they need (varint).
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

    /** The largest time, sequence, id or count: 2^53 - 1, which JavaScript reads exactly. */
    public static final long MAX_NATURAL = (1L << 53) - 1;

    public static final int MAX_LENGTH = (1 << 24) - 1;

    /** The byte before the levels has four bits for the number of bids, four for that of the asks; 15 means 15 or more. */
    public static final int MANY_LEVELS = 15;

    /** A level's first byte is {@code gap << SIZE_BITS | size}. */
    public static final int SIZE_BITS = 2;

    public static final int REMOVED = 0;
    public static final int SIZE_IN_1_BYTE = 1;
    public static final int SIZE_IN_2_BYTES = 2;
    public static final int SIZE_IN_VARINT = 3;

    /** Smallest size that goes in two bytes, in lots; one byte begins with 1. */
    public static final int FIRST_2_BYTE_SIZE = 257;

    /** Smallest size that goes as a varint, in lots. */
    public static final int FIRST_VARINT_SIZE = FIRST_2_BYTE_SIZE + (1 << 16);

    /** A gap of so many or more; the excess follows as a varint. */
    public static final int WIDE_GAP = 63;

    /** The first price is {@code base * PRICE_RADIX + gap}, or {@code -base} with a gap of {@code PRICE_RADIX}. */
    public static final int PRICE_RADIX = 62;

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
