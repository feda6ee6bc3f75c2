package io.depthcast.source;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.depthcast.feed.Door;
import io.depthcast.feed.Refusal;
import io.depthcast.metrics.SourceMeters;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The body of one POST: objects, a line each, told to the publisher's door as they come. Feed loop only. */
public final class PostedLines {
    /** So many refusals are told one by one. */
    private static final int MAX_TOLD = 1_000;

    private final PublishingParser parser = new PublishingParser();
    private final Outcomes outcomes = new Outcomes();
    private final LineSplitter splitter = new LineSplitter(Publishers.MAX_TEXT_BYTES, outcomes);
    private final ObjectEvents events;
    private final Door door;
    private final SourceMeters meters;
    private final StringBuilder refused = new StringBuilder();
    private long line;
    private long accepted;
    private long refusals;
    private BooleanSupplier settled = () -> true;

    PostedLines(Door door, SourceMeters meters, Predicate<String> allowed) {
        this.events = new ObjectEvents(door, meters, allowed);
        this.door = door;
        this.meters = meters;
    }

    public void add(byte[] chunk) {
        splitter.add(chunk, 0, chunk.length);
    }

    /** The body is whole. */
    public void end() {
        splitter.end();
        settled = door.settling();
    }

    /** Whether what the body said can no longer be lost with this process; once it is whole. */
    public boolean isSettled() {
        return accepted == 0 || settled.getAsBoolean();
    }

    /** Whether the rest may be read; asked again later if not. */
    public boolean hasRoom() {
        return door.hasRoom();
    }

    public long accepted() {
        return accepted;
    }

    /** {@code {"accepted":12,"refused":[{"line":3,"code":"...","reason":"..."}]}}. */
    public String answer() {
        String more = refusals > MAX_TOLD ? ",\"notTold\":" + (refusals - MAX_TOLD) : "";
        return "{\"accepted\":" + accepted + ",\"refused\":[" + refused + "]" + more + "}";
    }

    private final class Outcomes implements LineSplitter.Lines, PublishingParser.Taker {
        @Override
        public void line(byte[] bytes, int offset, int length) {
            line++;
            if (length > 0) {
                parser.parse(bytes, offset, length, this);
            }
        }

        @Override
        public void tooLong() {
            line++;
            outcome(Refusals.badRequest("expected a line of at most " + Publishers.MAX_TEXT_BYTES + " bytes"), null);
        }

        @Override
        public @Nullable Refusal take(PublishedObject object) {
            return events.tell(object);
        }

        @Override
        public void outcome(@Nullable Refusal refusal, @Nullable PublishedObject object) {
            if (refusal == null) {
                accepted++;
                meters.taken();
                return;
            }
            meters.refused(refusal.code().text());
            if (++refusals <= MAX_TOLD) {
                refused.append(refused.isEmpty() ? "" : ",")
                        .append("{\"line\":")
                        .append(line)
                        .append(",\"code\":\"")
                        .append(refusal.code().text())
                        .append("\",\"reason\":\"")
                        .append(JsonStringEncoder.getInstance().quoteAsString(refusal.reason()))
                        .append("\"}");
            }
        }
    }
}
