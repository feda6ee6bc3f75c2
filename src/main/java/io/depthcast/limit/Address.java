package io.depthcast.limit;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An IP address. One of IPv4 that travels in IPv6 ({@code ::ffff:203.0.113.7}) is of IPv4. Immutable.
 *
 * @param high the first 64 bits of IPv6; 0 for IPv4
 * @param low the last 64 bits of IPv6, the 32 bits of IPv4
 */
public record Address(boolean isV6, long high, long low) {
    private static final Pattern V4 = Pattern.compile("((25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(\\.(?!$)|$)){4}");
    /** With a colon in it, Java takes a text for a literal or refuses it; it never asks a name server. */
    private static final Pattern MAYBE_V6 = Pattern.compile("(?=.*:)[0-9A-Fa-f:.]{2,45}");

    private static final int V4_BYTES = 4;
    private static final int GROUP_BITS = 16;

    public static Address of(InetAddress address) {
        ByteBuffer bytes = ByteBuffer.wrap(address.getAddress());
        return bytes.remaining() == V4_BYTES
                ? new Address(false, 0, Integer.toUnsignedLong(bytes.getInt()))
                : new Address(true, bytes.getLong(), bytes.getLong());
    }

    /** The address that a text is, or null if it is none: a host name, a zone or a port make it one. */
    public static @Nullable Address parse(String text) {
        if (!V4.matcher(text).matches() && !MAYBE_V6.matcher(text).matches()) {
            return null;
        }
        try {
            return of(InetAddress.getByName(text));
        } catch (UnknownHostException notOne) {
            return null;
        }
    }

    public boolean isLoopback() {
        return isV6 ? high == 0 && low == 1 : low >>> 24 == 127;
    }

    /** What counts as one client: an address of IPv4, or the /64 of IPv6, of which a subscriber has one at least. */
    public Address block() {
        return isV6 ? new Address(true, high, 0) : this;
    }

    /** Enough to tell clients apart and not enough to find a person: {@code 203.0.113.x}, {@code 2001:db8:0:7::/64}. */
    public String masked() {
        if (!isV6) {
            return (low >>> 24) + "." + (low >>> 16 & 0xFF) + "." + (low >>> 8 & 0xFF) + ".x";
        }
        return String.format(Locale.ROOT, "%x:%x:%x:%x::/64", group(0), group(1), group(2), group(3));
    }

    private long group(int index) {
        return high >>> (Long.SIZE - GROUP_BITS * (index + 1)) & 0xFFFF;
    }

    @Override
    public String toString() {
        byte[] bytes = isV6
                ? ByteBuffer.allocate(2 * Long.BYTES).putLong(high).putLong(low).array()
                : ByteBuffer.allocate(Integer.BYTES).putInt((int) low).array();
        try {
            return InetAddress.getByAddress(bytes).getHostAddress();
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address has 4 or 16 bytes", e);
        }
    }
}
