package io.depthcast.recording;

import java.io.IOException;
import java.nio.file.Path;

/** A file that is not what it should be from some place on; the message names both. */
public final class DamagedRecording extends IOException {
    /** @param place such as {@code line 7} or {@code byte 29} */
    public DamagedRecording(Path file, String place, String what) {
        super(file + ": " + place + ": " + what);
    }
}
