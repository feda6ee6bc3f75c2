package io.depthcast.limit;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A range of addresses in CIDR notation.
 *
 * @param bits of the address that all in the range have in common: 0 to 32 for IPv4, 0 to 128 for IPv6
 */
record Network(Address base, int bits) {
    private static final int V4_BITS = 32;
    private static final int V6_BITS = 128;
    private static final Pattern BITS = Pattern.compile("0|[1-9][0-9]{0,2}");

    /** {@code 10.0.0.0/8}, or one address alone; null if the text is neither. Bits beyond the prefix do not count. */
    static @Nullable Network parse(String text) {
        int slash = text.indexOf('/');
        Address base = Address.parse(slash < 0 ? text : text.substring(0, slash));
        if (base == null) {
            return null;
        }
        int all = base.isV6() ? V6_BITS : V4_BITS;
        String bits = slash < 0 ? String.valueOf(all) : text.substring(slash + 1);
        return BITS.matcher(bits).matches() && Integer.parseInt(bits) <= all
                ? new Network(base, Integer.parseInt(bits))
                : null;
    }

    boolean contains(Address address) {
        if (address.isV6() != base.isV6()) {
            return false;
        }
        if (!base.isV6()) {
            return sameStart(address.low(), base.low(), Long.SIZE - V4_BITS + bits);
        }
        return sameStart(address.high(), base.high(), Math.min(bits, Long.SIZE))
                && sameStart(address.low(), base.low(), Math.max(0, bits - Long.SIZE));
    }

    private static boolean sameStart(long a, long b, int bits) {
        // A shift by 64 is one by 0.
        return bits == 0 || (a ^ b) >>> (Long.SIZE - bits) == 0;
    }

    @Override
    public String toString() {
        return base + "/" + bits;
    }
}
