package io.depthcast.source;

import io.depthcast.feed.Books;
import io.depthcast.feed.EventBatch;
import io.depthcast.feed.Intake;
import io.depthcast.feed.IntakeListener;
import io.depthcast.feed.Refusal;
import io.depthcast.recording.DamagedRecording;
import io.depthcast.recording.RecordingReader;
import io.depthcast.recording.RecordingWriter;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A part of recordings as a file of its own, which begins with the books there were. From files of the recorder the rows are
 * taken as they are, with their numbers; those of others go through an intake first, as if they were played.
 */
public final class RecordingCut implements Closeable {
    private final Path out;
    private final long fromMicros;
    private final long toMicros;
    private @Nullable RecordingWriter writer;
    private long wallMicros;
    private long written;
    private long refused;

    private RecordingCut(Path out, long fromMicros, long toMicros) {
        this.out = out;
        this.fromMicros = fromMicros;
        this.toMicros = toMicros;
    }

    /**
     * @param out a file that is not there; good only if the report is
     * @param fromMicros the first time, microseconds since 1970
     * @param toMicros the last time
     */
    public static RecordingReport cut(List<Path> files, Path out, long fromMicros, long toMicros) {
        List<String> lines = new ArrayList<>();
        boolean isGood = false;
        try (RecordingCut cut = new RecordingCut(out, fromMicros, toMicros)) {
            if (files.stream().allMatch(Playlist::isRecorded)) {
                cut.recorded(files);
            } else {
                cut.others(files);
            }
            isGood = cut.writer != null;
            lines.add(isGood ? out + ": " + cut.written + " events" : "nothing was recorded in that time");
            if (cut.refused > 0) {
                lines.add(cut.refused + " events were refused, as they would be if they were played");
            }
        } catch (FileAlreadyExistsException e) {
            lines.add(out + ": expected a file that is not there");
        } catch (IOException e) {
            lines.add(RecordingReport.explain(e));
            discard(out, lines);
        }
        return new RecordingReport(isGood, List.copyOf(lines));
    }

    /** What was written of it is no recording of that time. */
    private static void discard(Path out, List<String> lines) {
        try {
            Files.deleteIfExists(out);
        } catch (IOException e) {
            lines.add(out + ": is not whole, and cannot be removed: " + e.getMessage());
        }
    }

    private void recorded(List<Path> files) throws IOException {
        for (Path each : files) {
            for (Path file : Playlist.recorded(each)) {
                try (RecordingReader reader = new RecordingReader(file)) {
                    if (!recorded(file, reader)) {
                        return;
                    }
                }
            }
        }
    }

    /** Whether what is wanted may go on behind it. */
    private boolean recorded(Path file, RecordingReader reader) throws IOException {
        if (writer != null && !writer.endsAt(reader.epoch(), reader.stateSequence())) {
            throw new DamagedRecording(file, "its start", "does not go on from the file before; cut each by itself");
        }
        Books books = Books.of(reader.epoch(), reader.sequence());
        for (EventBatch batch = reader.next(); batch != null; batch = reader.next()) {
            boolean isState = batch.count() > 0 && batch.lastSequence() <= reader.stateSequence();
            if (!isState && !take(books, batch)) {
                return false;
            }
            wallMicros = batch.wallMicros();
            FeedRecording.apply(books, batch, reader);
        }
        return true;
    }

    /** Writes a batch if it is of the time, before it is applied; false behind it. */
    private boolean take(Books before, EventBatch batch) throws IOException {
        if (batch.wallMicros() > toMicros) {
            return false;
        }
        if (batch.wallMicros() >= fromMicros) {
            if (writer == null) {
                OutputStream to = new BufferedOutputStream(
                        Files.newOutputStream(out, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
                writer = new RecordingWriter(to, before.snapshot(), Math.max(wallMicros, fromMicros));
            }
            writer.write(batch);
            written += batch.count();
        }
        return true;
    }

    /** Each time of the recording is a turn of the feed. */
    private void others(List<Path> files) throws IOException {
        try (Playlist list = new Playlist(files)) {
            RecordedEvent event = list.next();
            Intake intake = new Intake(event == null ? 0 : event.dueMicros(), IntakeListener.NONE);
            RecordedDoors doors = new RecordedDoors(intake.open("recording", Integer.MAX_VALUE));
            Books own = Books.of(event == null ? 0 : event.dueMicros(), 0);
            long nowMicros = 0;
            boolean goesOn = true;
            while (event != null && goesOn) {
                nowMicros = Math.max(nowMicros, event.dueMicros());
                intake.begin(nowMicros, TimeUnit.MICROSECONDS.toNanos(nowMicros));
                while (event != null && event.dueMicros() <= nowMicros) {
                    Refusal refusal = doors.tell(event, event.timeMicros());
                    refused += refusal == null ? 0 : 1;
                    event = list.next();
                }
                EventBatch batch = Objects.requireNonNullElseGet(intake.take(), intake::heartbeat);
                goesOn = take(own, batch);
                wallMicros = nowMicros;
                var unused = own.apply(batch);
            }
        }
    }

    @Override
    public void close() throws IOException {
        if (writer != null) {
            writer.close();
        }
    }
}
