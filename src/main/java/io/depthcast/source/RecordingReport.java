package io.depthcast.source;

import io.depthcast.feed.Books;
import io.depthcast.feed.EventBatch;
import io.depthcast.recording.DamagedRecording;
import io.depthcast.recording.RecordingReader;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was found in recordings.
 *
 * @param isGood whether nothing is damaged or missing
 * @param lines in words
 */
public record RecordingReport(boolean isGood, List<String> lines) {
    /** Null if these files can be recordings, else what is wrong with the first that cannot. */
    public static @Nullable String mistake(List<Path> files) {
        for (Path file : files) {
            if (!Playlist.isKnown(file)) {
                return file + ": " + Playlist.EXPECTATION;
            }
        }
        return null;
    }

    /** What there is, by instrument. */
    public static RecordingReport describe(List<Path> files) {
        RecordingDescription description = new RecordingDescription();
        String fault = null;
        try (Playlist list = new Playlist(files)) {
            for (RecordedEvent event = list.next(); event != null; event = list.next()) {
                description.add(event);
            }
        } catch (IOException e) {
            fault = explain(e);
        }
        List<String> lines = new ArrayList<>(description.lines());
        if (fault != null) {
            lines.add(fault);
        }
        return new RecordingReport(fault == null, List.copyOf(lines));
    }

    /** Reads all to the end: checksums, numbers, and whether one file goes on from the one before. */
    public static RecordingReport verify(List<Path> files) {
        Verification verification = new Verification();
        for (Path file : files) {
            try {
                for (Path each : Playlist.recorded(file)) {
                    verification.verify(each);
                }
            } catch (IOException e) {
                verification.fault(explain(e));
            }
        }
        return new RecordingReport(verification.isGood, List.copyOf(verification.lines));
    }

    static String explain(IOException e) {
        if (e instanceof DamagedRecording) {
            return String.valueOf(e.getMessage());
        }
        return e instanceof NoSuchFileException ? e.getMessage() + ": no such file" : "cannot be read: " + e;
    }

    /** One file after the other. */
    private static final class Verification {
        private final List<String> lines = new ArrayList<>();
        private boolean isGood = true;
        /** Of the file before; none if negative. */
        private long epoch = -1;

        private long sequence;

        void fault(String line) {
            isGood = false;
            lines.add(line);
        }

        void verify(Path file) {
            try {
                if (Playlist.isRecorded(file)) {
                    recorded(file);
                } else {
                    other(file);
                }
            } catch (IOException e) {
                fault(explain(e));
            }
        }

        private void recorded(Path file) throws IOException {
            long batches = 0;
            try (RecordingReader reader = new RecordingReader(file)) {
                follow(file, reader);
                Books books = Books.of(reader.epoch(), reader.sequence());
                for (EventBatch batch = reader.next(); batch != null; batch = reader.next()) {
                    FeedRecording.apply(books, batch, reader);
                    sequence = batch.lastSequence();
                    batches++;
                }
                lines.add(file + ": good: " + batches + " batches, events to " + reader.sequence() + ", of which "
                        + (reader.sequence() - reader.stateSequence()) + " after the state at its start");
            }
        }

        private void follow(Path file, RecordingReader reader) {
            if (epoch == reader.epoch() && sequence != reader.stateSequence()) {
                fault(file + ": " + (reader.stateSequence() - sequence) + " events are missing before it");
            } else if (epoch >= 0 && epoch != reader.epoch()) {
                lines.add(file + ": begins a new run of the gateway");
            }
            epoch = reader.epoch();
            sequence = reader.stateSequence();
        }

        private void other(Path file) throws IOException {
            long events = 0;
            try (Playlist list = new Playlist(List.of(file))) {
                while (list.next() != null) {
                    events++;
                }
            }
            lines.add(file + ": good: " + events + " events");
        }
    }
}
