package io.depthcast.recording;

import java.nio.file.Path;

/**
 * Whether and where what the intake takes is recorded.
 *
 * @param directory a folder, or {@value #NONE}
 * @param fileBytes a file is followed by the next when it has so many
 * @param reserveBytes that stay free on the disk
 */
public record RecordSettings(String directory, long fileBytes, long reserveBytes) {
    public static final String NONE = "none";
    public static final long MIN_FILE_BYTES = 65_536;
    public static final long MAX_BYTES = 1L << 50;
    /** 256 MiB: an hour of 10,000 events a second, and small enough to copy. */
    public static final long DEFAULT_FILE_BYTES = 256L << 20;
    /** 1 GiB: so that nothing else on the disk ever notices. */
    public static final long DEFAULT_RESERVE_BYTES = 1L << 30;

    public static final RecordSettings OFF = new RecordSettings(NONE, DEFAULT_FILE_BYTES, DEFAULT_RESERVE_BYTES);

    public boolean isOn() {
        return !directory.equals(NONE);
    }

    public Path folder() {
        return Path.of(directory);
    }
}
