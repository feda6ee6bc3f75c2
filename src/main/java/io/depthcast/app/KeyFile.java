package io.depthcast.app;

import io.depthcast.auth.AuthSettings;
import io.depthcast.auth.BadKeySetException;
import io.depthcast.auth.KeySet;
import io.depthcast.config.RegularFile;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Reads the file that {@code auth.keys} names. */
final class KeyFile {
    /** A key set, or what is wrong with it; neither where there is no authentication. */
    record Contents(@Nullable KeySet keys, @Nullable String mistake) {}

    private KeyFile() {}

    /** Of what the system says, the kind alone: its text is the name of the file. */
    private static String reason(Exception unreadable) {
        return unreadable.getClass().equals(IOException.class)
                ? String.valueOf(unreadable.getMessage())
                : unreadable.getClass().getSimpleName();
    }

    static Contents read(AuthSettings settings) {
        if (!settings.isOn()) {
            return new Contents(null, null);
        }
        String where = "auth.keys: " + settings.keys() + ": ";
        try {
            return new Contents(KeySet.parse(RegularFile.text(Path.of(settings.keys()))), null);
        } catch (BadKeySetException e) {
            return new Contents(null, where + e.getMessage());
        } catch (IOException | InvalidPathException unreadable) {
            return new Contents(null, where + "expected a file that can be read, got " + reason(unreadable));
        }
    }
}
