package io.depthcast.app;

import java.util.Set;

/** For tests of other packages: the keys that need no restart. */
public final class LiveKeys {
    private LiveKeys() {}

    public static Set<String> names() {
        return LiveParts.KEYS;
    }
}
