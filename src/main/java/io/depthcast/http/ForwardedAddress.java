package io.depthcast.http;

import io.depthcast.limit.Address;
import io.depthcast.limit.Networks;
import io.vertx.core.MultiMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where a client is that comes through proxies. Each proxy adds at the right end of {@code X-Forwarded-For} or
 * {@code Forwarded} (RFC 7239) whom it was asked by; so from the right we believe each hop that a trusted one names, up to
 * the first that is not trusted itself. What stands further left may be anybody's invention. Stateless.
 */
final class ForwardedAddress {
    private ForwardedAddress() {}

    /** @param peer the other end of the socket */
    static Address of(Address peer, MultiMap headers, Networks trusted) {
        if (!trusted.contains(peer)) {
            return peer;
        }
        List<@Nullable Address> plain = hops(headers.getAll("X-Forwarded-For"), false);
        List<@Nullable Address> standard = hops(headers.getAll("Forwarded"), true);
        if (plain.isEmpty() || standard.isEmpty()) {
            return client(peer, plain.isEmpty() ? standard : plain, trusted);
        }
        // A proxy that writes the one lets a client's own other pass: only what both say can be believed.
        Address client = client(peer, plain, trusted);
        return client.equals(client(peer, standard, trusted)) ? client : peer;
    }

    private static Address client(Address peer, List<@Nullable Address> hops, Networks trusted) {
        Address client = peer;
        for (int i = hops.size() - 1; i >= 0 && trusted.contains(client); i--) {
            Address hop = hops.get(i);
            if (hop == null) {
                break;
            }
            client = hop;
        }
        return client;
    }

    /** One for each proxy, from the far end to the near one; null where it does not say an address. */
    private static List<@Nullable Address> hops(List<String> values, boolean named) {
        List<@Nullable Address> hops = new ArrayList<>();
        for (String value : values) {
            for (String element : value.split(",", -1)) {
                hops.add(address(named ? nodeOf(element) : element.trim()));
            }
        }
        return hops;
    }

    /** What {@code for=} says in an element such as {@code for="[2001:db8::7]:4711";proto=https}. */
    private static String nodeOf(String element) {
        for (String pair : element.split(";", -1)) {
            String trimmed = pair.trim();
            if (trimmed.toLowerCase(Locale.ROOT).startsWith("for=")) {
                return trimmed.substring("for=".length()).replace("\"", "");
            }
        }
        return "";
    }

    private static @Nullable Address address(String node) {
        int bracket = node.indexOf(']');
        if (node.startsWith("[") && bracket > 0) {
            return Address.parse(node.substring(1, bracket));
        }
        int colon = node.indexOf(':');
        boolean hasPort = colon >= 0 && colon == node.lastIndexOf(':');
        return Address.parse(hasPort ? node.substring(0, colon) : node);
    }
}
