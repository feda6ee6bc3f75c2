package io.depthcast.recording;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;

/** Where recordings go. Blocks. */
interface Disk {
    /** Bytes that may still be written. */
    long usableBytes() throws IOException;

    /** @param wallMicros microseconds since 1970, by which the file is named */
    OutputStream create(long wallMicros) throws IOException;

    /** A folder; the names of its files are in the order of their times. */
    record Folder(Path path) implements Disk {
        private static final int BUFFER_BYTES = 65_536;
        private static final DateTimeFormatter NAME =
                DateTimeFormatter.ofPattern("uuuuMMdd-HHmmss-SSSSSS").withZone(ZoneOffset.UTC);

        @Override
        public long usableBytes() throws IOException {
            return Files.getFileStore(path).getUsableSpace();
        }

        @Override
        public OutputStream create(long wallMicros) throws IOException {
            String name = NAME.format(Instant.EPOCH.plus(wallMicros, ChronoUnit.MICROS));
            Path file = path.resolve(name + RecordingReader.EXTENSION);
            return new BufferedOutputStream(
                    Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), BUFFER_BYTES);
        }
    }
}
