package io.depthcast.source;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.depthcast.feed.Door;
import io.depthcast.feed.Refusal;
import io.depthcast.metrics.SourceMeters;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** One WebSocket of a publisher: tells what it sends, and answers. Feed loop only. */
public final class PublishingSession {
    /** The connection, as the session sees it. */
    public interface Connection {
        void send(String text);

        /** Whether what was sent has mostly left. */
        boolean isWritable();

        /** Stops or goes on taking what the publisher sends. */
        void reading(boolean on);

        void close(int code, String reason);
    }

    /** Close code: another connection of the same source has come. */
    static final int REPLACED = 4009;

    private static final long ANSWER_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final PublishingParser parser = new PublishingParser();
    private final Outcomes outcomes = new Outcomes();
    private final Door door;
    private final SourceMeters meters;
    private final Connection connection;
    private final ObjectEvents events;
    private long objects;
    private long told;
    private long toldNanos;
    /** What is to be said once it is settled; what was said last if nothing is. */
    private long due;

    private BooleanSupplier settled = () -> true;
    private boolean paused;
    private boolean over;

    PublishingSession(Door door, SourceMeters meters, Predicate<String> allowed, Connection connection, long nowNanos) {
        this.door = door;
        this.meters = meters;
        this.connection = connection;
        this.events = new ObjectEvents(door, meters, allowed);
        this.toldNanos = nowNanos - ANSWER_NANOS;
    }

    /** A text frame: an object or an array of them. */
    public void onText(byte[] text, long nowNanos) {
        if (!over) {
            parser.parse(text, 0, text.length, outcomes);
            tick(nowNanos);
        }
    }

    /** To be called now and then: says what was published for good, and reads on where it had stopped. */
    void tick(long nowNanos) {
        if (due == told && objects > told && nowNanos - toldNanos >= ANSWER_NANOS) {
            due = objects;
            settled = door.settling();
        }
        if (due > told && settled.getAsBoolean()) {
            told = due;
            toldNanos = nowNanos;
            connection.send("{\"op\":\"published\",\"through\":" + told + "}");
        }
        boolean mayRead = door.hasRoom() && connection.isWritable();
        if (mayRead == paused) {
            pause(!mayRead);
            connection.reading(mayRead);
        }
    }

    private void pause(boolean on) {
        if (paused != on) {
            paused = on;
            meters.waitingChanged(on ? 1 : -1);
        }
    }

    /** Another connection of the same name takes over. */
    void replaced() {
        end();
        connection.close(REPLACED, "another connection of this source has taken over");
    }

    /** What comes from now on is not heard. */
    void end() {
        over = true;
        pause(false);
    }

    private final class Outcomes implements PublishingParser.Taker {
        @Override
        public @Nullable Refusal take(PublishedObject object) {
            return events.tell(object);
        }

        @Override
        public void outcome(@Nullable Refusal refusal, @Nullable PublishedObject object) {
            objects++;
            if (refusal == null) {
                meters.taken();
                return;
            }
            meters.refused(refusal.code().text());
            connection.send("{\"op\":\"refused\",\"object\":" + objects + ",\"code\":\""
                    + refusal.code().text() + "\",\"reason\":\""
                    + String.valueOf(JsonStringEncoder.getInstance().quoteAsString(refusal.reason())) + "\"}");
        }
    }
}
