package io.depthcast.source;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/** Reads recordings on a thread of its own, ahead of the feed loop as far as a few pages. */
final class PlaylistReader {
    private static final int EVENTS_PER_PAGE = 256;
    private static final int PAGES = 64;

    /**
     * Some events in a row.
     *
     * @param isLast whether a pass ends with it
     * @param fault why no more can be read, null if nothing is wrong
     */
    record Page(
            List<RecordedEvent> events,
            int percent,
            boolean isLast,
            @Nullable String fault) {}

    private final BlockingQueue<Page> pages = new ArrayBlockingQueue<>(PAGES);
    private final Thread thread;

    /** @param loop whether to begin anew at the end */
    PlaylistReader(List<Path> files, boolean loop) {
        thread = new Thread(() -> run(files, loop), "depthcast-recording");
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** The next page, or null if it is not there yet. Feed loop. */
    @Nullable
    Page poll() {
        return pages.poll();
    }

    /** Events that were read ahead, at most. */
    int waiting() {
        return pages.size() * EVENTS_PER_PAGE;
    }

    /** Ends the thread. */
    void stop() {
        thread.interrupt();
    }

    private void run(List<Path> files, boolean loop) {
        try {
            while (pass(files) && loop) {
                // Once more.
            }
        } catch (InterruptedException stopped) {
            thread.interrupt();
        }
    }

    /** Whether it came to the end. */
    private boolean pass(List<Path> files) throws InterruptedException {
        List<RecordedEvent> events = new ArrayList<>(EVENTS_PER_PAGE);
        try (Playlist list = new Playlist(files)) {
            boolean isEmpty = true;
            for (RecordedEvent event = list.next(); event != null; event = list.next()) {
                isEmpty = false;
                events.add(event);
                if (events.size() == EVENTS_PER_PAGE) {
                    pages.put(new Page(events, list.percent(), false, null));
                    events = new ArrayList<>(EVENTS_PER_PAGE);
                }
            }
            pages.put(new Page(events, 100, true, isEmpty ? "there is nothing in " + files : null));
            return !isEmpty;
        } catch (IOException e) {
            pages.put(new Page(events, 0, true, String.valueOf(e.getMessage())));
            return false;
        }
    }
}
