package io.depthcast.source;

import java.io.IOException;
import java.nio.file.Path;

/** A file that is not what it should be from some place on; the message names both. */
final class DamagedRecording extends IOException {
    DamagedRecording(Path file, long line, String what) {
        super(file + ": line " + line + ": " + what);
    }
}
