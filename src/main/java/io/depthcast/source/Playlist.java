package io.depthcast.source;

import io.depthcast.recording.DamagedRecording;
import io.depthcast.recording.RecordingReader;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Files as one recording, in the order of their times; what has none stays where it stands in its file. Blocks. */
final class Playlist implements Closeable {
    static final String EXPECTATION =
            "expected a file that can be read and ends with .rec, .ndjson, .ndjson.gz, .csv or"
                    + " .csv.gz, or a folder of .rec";

    private final List<Track> tracks = new ArrayList<>();
    private long bytes;

    /** A file and its next event. */
    private static final class Track {
        final Recording recording;

        @Nullable
        RecordedEvent next;

        /** Why nothing comes behind it. */
        @Nullable
        IOException fault;

        long dueMicros;

        Track(Recording recording) {
            this.recording = recording;
        }

        void advance() {
            try {
                next = recording.next();
            } catch (IOException e) {
                next = null;
                fault = e;
            }
            if (next != null && next.dueMicros() != 0) {
                dueMicros = next.dueMicros();
            }
        }
    }

    /** @throws IOException if one of them cannot be read, or is of no kind that is known */
    Playlist(List<Path> files) throws IOException {
        try {
            TardisSteps steps = steps(files);
            List<Path> recorded = new ArrayList<>();
            for (Path file : files) {
                if (isRecorded(file)) {
                    recorded.addAll(recorded(file));
                } else {
                    bytes += Files.size(file);
                    tracks.add(
                            new Track(isTardis(file) ? new TardisRecording(file, steps) : new ObjectRecording(file)));
                }
            }
            for (Path file : recorded) {
                bytes += Files.size(file);
            }
            if (!recorded.isEmpty()) {
                tracks.add(new Track(new FeedRecording(recorded)));
            }
            for (Track track : tracks) {
                track.advance();
            }
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    private static TardisSteps steps(List<Path> files) throws IOException {
        TardisSteps steps = new TardisSteps();
        for (Path file : files) {
            if (isTardis(file)) {
                steps.merge(TardisSteps.of(file));
            }
        }
        return steps;
    }

    private static boolean isTardis(Path file) {
        return file.toString().endsWith(".csv") || file.toString().endsWith(".csv.gz");
    }

    /** Whether it is written by the recorder: a file, or a folder of them. */
    static boolean isRecorded(Path file) {
        return Files.isDirectory(file) || file.toString().endsWith(RecordingReader.EXTENSION);
    }

    /** The file itself, or those of the folder, in the order in which they were written. */
    static List<Path> recorded(Path file) throws IOException {
        if (!Files.isDirectory(file)) {
            return List.of(file);
        }
        try (Stream<Path> all = Files.list(file)) {
            return all.filter(each -> each.toString().endsWith(RecordingReader.EXTENSION))
                    .sorted()
                    .toList();
        }
    }

    /** Whether it can be read, and its name says that it is a recording. */
    static boolean isKnown(Path file) {
        String name = file.toString();
        if (Files.isDirectory(file)) {
            return hasRecorded(file);
        }
        return Files.isReadable(file)
                && (isRecorded(file) || isTardis(file) || name.endsWith(".ndjson") || name.endsWith(".ndjson.gz"));
    }

    private static boolean hasRecorded(Path folder) {
        try {
            return !recorded(folder).isEmpty();
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * The next event, or null at the end of all.
     *
     * @throws DamagedRecording where one is damaged; what came before is good
     */
    @Nullable
    RecordedEvent next() throws IOException {
        Track first = null;
        for (Track track : tracks) {
            if (track.fault != null) {
                throw track.fault;
            }
            if (track.next != null && (first == null || track.dueMicros < first.dueMicros)) {
                first = track;
            }
        }
        if (first == null) {
            return null;
        }
        RecordedEvent event = first.next;
        first.advance();
        return event;
    }

    /** Of all bytes, how many of a hundred were read. */
    int percent() {
        long read =
                tracks.stream().mapToLong(track -> track.recording.position()).sum();
        return bytes == 0 ? 100 : (int) (100 * read / bytes);
    }

    @Override
    public void close() throws IOException {
        for (Track track : tracks) {
            track.recording.close();
        }
    }
}
