package io.depthcast.http;

import io.depthcast.limit.Address;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Names that a {@code Host} header may have. A page of a stranger that has its own name point at this machine sends that
 * name; an address, a name without a dot and the names of a cluster or a local network are nobody's to register. Immutable.
 */
public final class HostNames {
    public static final HostNames NONE = new HostNames(Set.of());
    private static final String NONE_TEXT = "none";
    private static final Pattern NAME =
            Pattern.compile("[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*");
    /** Of Kubernetes, RFC 6762, RFC 8375 and RFC 6761. */
    private static final Pattern PRIVATE = Pattern.compile(".*\\.(svc|local|internal|home\\.arpa|localhost)");

    private static final Pattern PORT = Pattern.compile(":[0-9]{1,5}$");

    private final Set<String> names;

    private HostNames(Set<String> names) {
        this.names = Set.copyOf(names);
    }

    /** {@code gw-1.example.com,gw-2.example.com} or {@code none}; null if it is neither. */
    public static @Nullable HostNames parse(String text) {
        if (text.equals(NONE_TEXT)) {
            return NONE;
        }
        Set<String> names = new TreeSet<>();
        for (String part : text.split(",", -1)) {
            String name = part.trim().toLowerCase(Locale.ROOT);
            if (!NAME.matcher(name).matches()) {
                return null;
            }
            names.add(name);
        }
        return new HostNames(names);
    }

    /** @param host the whole header, with the port if there is one */
    boolean allow(String host) {
        String name = PORT.matcher(host).replaceFirst("").toLowerCase(Locale.ROOT);
        if (name.startsWith("[") && name.endsWith("]")) {
            return Address.parse(name.substring(1, name.length() - 1)) != null;
        }
        return Address.parse(name) != null
                || names.contains(name)
                || (NAME.matcher(name).matches()
                        && (name.indexOf('.') < 0 || PRIVATE.matcher(name).matches()));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof HostNames hosts && hosts.names.equals(names);
    }

    @Override
    public int hashCode() {
        return names.hashCode();
    }

    @Override
    public String toString() {
        return names.isEmpty() ? NONE_TEXT : String.join(",", new TreeSet<>(names));
    }
}
