package io.depthcast.recording;

import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;

/** A disk that is full, fails or stands still when a test wants it. */
final class MemoryDisk implements Disk {
    volatile long usableBytes = Long.MAX_VALUE / 2;
    volatile boolean failing;
    volatile boolean hasFailed;
    /** Of writes that may happen. */
    final Semaphore writes = new Semaphore(Integer.MAX_VALUE);

    private final List<ByteArrayOutputStream> files = new ArrayList<>();

    @Override
    public long usableBytes() {
        return usableBytes;
    }

    @Override
    public synchronized OutputStream create(long wallMicros) throws IOException {
        check();
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        files.add(file);
        return new FilterOutputStream(file) {
            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                check();
                writes.acquireUninterruptibly();
                out.write(bytes, offset, length);
            }
        };
    }

    private void check() throws IOException {
        if (failing) {
            hasFailed = true;
            throw new IOException("the disk fails");
        }
    }

    /** As files of a folder, in order. */
    synchronized List<Path> save(Path folder) throws IOException {
        List<Path> saved = new ArrayList<>();
        for (ByteArrayOutputStream file : files) {
            saved.add(Files.write(folder.resolve(saved.size() + RecordingReader.EXTENSION), file.toByteArray()));
        }
        return saved;
    }
}
