package io.depthcast.limit;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Some ranges of addresses. Immutable. */
public final class Networks {
    public static final Networks NONE = new Networks(List.of());

    private static final String NONE_TEXT = "none";

    private final List<Network> all;

    private Networks(List<Network> all) {
        this.all = List.copyOf(all);
    }

    /** {@code 10.0.0.0/8,fd00::/8}, or {@code none}; null if it is neither. */
    public static @Nullable Networks parse(String text) {
        if (text.isBlank() || text.equals(NONE_TEXT)) {
            return NONE;
        }
        List<Network> networks = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            Network network = Network.parse(part.trim());
            if (network == null) {
                return null;
            }
            networks.add(network);
        }
        return new Networks(networks);
    }

    public boolean contains(Address address) {
        for (Network network : all) {
            if (network.contains(address)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Networks networks && networks.all.equals(all);
    }

    @Override
    public int hashCode() {
        return all.hashCode();
    }

    @Override
    public String toString() {
        return all.isEmpty() ? NONE_TEXT : all.stream().map(Network::toString).collect(Collectors.joining(","));
    }
}
