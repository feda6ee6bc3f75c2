package io.depthcast.loadtest.rehearsal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Has a process take another time of day for the right one, by Debian's libfaketime. Monotonic time is left alone. */
final class WrongClock {
    private static final Path LIBRARIES = Path.of("/usr/lib");
    private static final String LIBRARY = "faketime/libfaketimeMT.so.1";

    private WrongClock() {}

    /**
     * The environment of such a process.
     *
     * @param shift such as {@code -1h}
     * @throws IOException if the library is not there
     */
    static Map<String, String> by(String shift) throws IOException {
        String named = System.getenv("LIBFAKETIME");
        Path library = named == null ? find() : Path.of(named);
        return Map.of("LD_PRELOAD", library.toString(), "FAKETIME", shift, "FAKETIME_DONT_FAKE_MONOTONIC", "1");
    }

    private static Path find() throws IOException {
        try (Stream<Path> folders = Files.list(LIBRARIES)) {
            List<Path> found = folders.map(each -> each.resolve(LIBRARY))
                    .filter(Files::exists)
                    .toList();
            if (found.isEmpty()) {
                throw new IOException("the drill needs " + LIBRARY + " in a folder of " + LIBRARIES
                        + ": apt-get install libfaketime, or name it by LIBFAKETIME");
            }
            return found.get(0);
        }
    }
}
