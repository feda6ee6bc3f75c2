package io.depthcast.app;

import io.depthcast.auth.AuthSettings;
import io.depthcast.auth.KeySet;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes the keys of tokens anew when their file changes: all of them, or none if anything in it is wrong. One thread. */
final class KeyReload {
    private static final Logger LOG = LoggerFactory.getLogger(KeyReload.class);

    /** What a changed file leads to. */
    interface Target {
        void take(KeySet keys);

        void refused();
    }

    private final AuthSettings settings;
    private final Target target;
    private @Nullable KeySet current;

    /** @param current what the gateway was started with */
    KeyReload(AuthSettings settings, @Nullable KeySet current, Target target) {
        this.current = current;
        this.settings = settings;
        this.target = target;
    }

    /** Watches nothing where there is no authentication. */
    static ConfigWatch watch(AuthSettings settings, Gateway gateway) {
        KeyReload reload = new KeyReload(settings, gateway.keys(), new Running(gateway));
        Path file = settings.isOn() ? Path.of(settings.keys()) : null;
        return new ConfigWatch(file, ConfigWatch.LOOK_MILLIS, reload::now);
    }

    private record Running(Gateway gateway) implements Target {
        @Override
        public void take(KeySet keys) {
            gateway.keys(keys);
            gateway.meters().reloads().taken();
        }

        @Override
        public void refused() {
            gateway.meters().reloads().refused();
        }
    }

    /** Reads the file again. Nothing is done if it is as before. */
    void now() {
        KeyFile.Contents contents = KeyFile.read(settings);
        KeySet keys = contents.keys();
        if (keys == null) {
            target.refused();
            LOG.atError()
                    .addKeyValue("mistake", contents.mistake())
                    .log("the keys of tokens cannot be taken; the former ones stay");
        } else if (!keys.equals(current)) {
            current = keys;
            target.take(keys);
            LOG.atInfo().addKeyValue("kids", String.join(" ", keys.ids())).log("the keys of tokens are taken");
        }
    }
}
