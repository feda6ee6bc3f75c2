package io.depthcast.loadtest.compare;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What core 0 did since the machine was started, in nanoseconds. Linux.
 *
 * @param busy for any process or the kernel
 * @param stolen while something should have run, and another machine did
 */
record CoreTime(long busy, long stolen) {
    private static final long NANOS_PER_TICK = 10_000_000;
    private static final int IDLE = 4;
    private static final int IO_WAIT = 5;
    private static final int STOLEN = 8;

    static CoreTime now() {
        try {
            String core = Files.readAllLines(Path.of("/proc/stat")).stream()
                    .filter(line -> line.startsWith("cpu0 "))
                    .findFirst()
                    .orElseThrow();
            String[] fields = core.split(" ");
            long busy = 0;
            for (int i = 1; i < STOLEN; i++) {
                busy += i == IDLE || i == IO_WAIT ? 0 : Long.parseLong(fields[i]);
            }
            return new CoreTime(busy * NANOS_PER_TICK, Long.parseLong(fields[STOLEN]) * NANOS_PER_TICK);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    CoreTime since(CoreTime before) {
        return new CoreTime(busy - before.busy, stolen - before.stolen);
    }
}
