package io.depthcast.source;

import io.depthcast.recording.DamagedRecording;
import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The events of a file, in order. Blocks, so it is read by a thread of its own. */
interface Recording extends Closeable {
    /**
     * The next event, or null at the end.
     *
     * @throws DamagedRecording where the file is damaged; what came before is good
     * @throws IOException if it cannot be read
     */
    @Nullable
    RecordedEvent next() throws IOException;

    /** Bytes of the file that were read so far. */
    long position();
}
