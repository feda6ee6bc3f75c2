package io.depthcast.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads files that end: of a pipe or a device nobody knows when it does, and who waits for that looks at nothing else. */
public final class RegularFile {
    /** Bytes: many times what any configuration or key set has. */
    public static final int MOST_BYTES = 4 * 1024 * 1024;

    private RegularFile() {}

    /**
     * All that is in the file, or in the one that a link leads to.
     *
     * @throws IOException if there is none, or it is too large, or no regular file
     */
    public static byte[] read(Path file) throws IOException {
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new IOException("a folder, a pipe or a device");
        }
        if (Files.size(file) > MOST_BYTES) {
            throw new IOException("more than " + MOST_BYTES + " bytes");
        }
        return Files.readAllBytes(file);
    }

    /**
     * The same as text.
     *
     * @throws java.nio.charset.CharacterCodingException if it is not UTF-8
     */
    public static String text(Path file) throws IOException {
        return UTF_8.newDecoder().decode(ByteBuffer.wrap(read(file))).toString();
    }
}
