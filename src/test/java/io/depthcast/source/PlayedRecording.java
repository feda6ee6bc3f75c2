package io.depthcast.source;

import io.depthcast.feed.Books;
import io.depthcast.feed.Intake;
import io.depthcast.feed.IntakeListener;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** What is there when a recording was played to its end, by its own times. */
public final class PlayedRecording {
    private PlayedRecording() {}

    /** Books, tapes and candles, in words. */
    public static String play(Path file) throws IOException {
        try (Playlist list = new Playlist(List.of(file))) {
            Intake intake = new Intake(1, IntakeListener.NONE);
            Books books = new Books(0, 1);
            books.replace(intake.snapshot());
            RecordedDoors doors = new RecordedDoors(intake.open("recording", Integer.MAX_VALUE));
            long nowMicros = 0;
            for (RecordedEvent event = list.next(); event != null; event = list.next()) {
                nowMicros = Math.max(nowMicros, event.dueMicros());
                intake.begin(nowMicros, TimeUnit.MICROSECONDS.toNanos(nowMicros));
                if (doors.tell(event, event.timeMicros()) != null
                        || books.apply(Objects.requireNonNullElseGet(intake.take(), intake::heartbeat))
                                != Books.Applied.APPLIED) {
                    throw new IllegalStateException("refused: " + event);
                }
            }
            return RecordedMarket.text(books) + "\n" + RecordedMarket.trades(books);
        }
    }
}
