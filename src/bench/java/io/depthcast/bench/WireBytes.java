package io.depthcast.bench;

import io.depthcast.bench.SimulatedBooks.Change;
import io.depthcast.feed.FeedSettings;
import io.depthcast.wire.Encoding;
import io.depthcast.wire.Form;
import io.depthcast.wire.Frame;
import io.depthcast.wire.FrameEncoder;
import io.depthcast.wire.WebSocketMessage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.util.ArrayList;
import java.util.List;

/**
 * Bytes on the wire, WebSocket header included, of the default market at depth 25 and every flush of 20 ms: one update in
 * a message of its own, and a watchlist of 20 books in one message. Simulated time, so the same in every run: {@code mvn
 * -q -Pbench test-compile exec:exec -Dbench.main=io.depthcast.bench.WireBytes}.
 */
public final class WireBytes implements FrameEncoder.Listener {
    private static final int FLUSH_MILLIS = 20;
    private static final int FLUSHES = 60_000 / FLUSH_MILLIS;
    private static final int WATCHLIST = 20;
    private static final List<Form> FORMS = List.of(Form.JSON, Form.JSON_DEFLATED, Form.SBE, Form.SBE_DEFLATED);

    private final FrameEncoder encoder = new FrameEncoder(PooledByteBufAllocator.DEFAULT, this);
    private final long[] alone = new long[FORMS.size()];
    private final long[] together = new long[FORMS.size()];
    private long updates;
    private long levels;
    private long messages;
    private long messageUpdates;

    private WireBytes() {}

    public static void main(String[] arguments) {
        WireBytes bytes = new WireBytes();
        SimulatedBooks books = new SimulatedBooks(FeedSettings.DEFAULTS, FLUSH_MILLIS);
        for (int flush = 0; flush < FLUSHES; flush++) {
            bytes.add(books.flush(books.instruments()));
        }
        bytes.encoder.close();
        bytes.print(books.instruments());
    }

    private void add(List<Change> changes) {
        List<Frame> frames = new ArrayList<>();
        List<Frame> watched = new ArrayList<>();
        for (Change change : changes) {
            Frame frame = change.frame(encoder);
            frames.add(frame);
            add(alone, List.of(frame));
            updates++;
            levels += change.levels();
            if (change.instrument().id() <= WATCHLIST) {
                watched.add(frame);
            }
        }
        if (!watched.isEmpty()) {
            add(together, watched);
            messages++;
            messageUpdates += watched.size();
        }
        frames.forEach(Frame::release);
    }

    private static void add(long[] bytes, List<Frame> frames) {
        for (int i = 0; i < bytes.length; i++) {
            ByteBuf message = WebSocketMessage.of(PooledByteBufAllocator.DEFAULT, FORMS.get(i), frames);
            bytes[i] += message.readableBytes();
            message.release();
        }
    }

    private void print(int instruments) {
        double seconds = FLUSHES * FLUSH_MILLIS / 1000.0;
        System.out.printf(
                "%d instruments, %,d events/s, depth %d, flush %d ms, %.0f s: %.0f updates/s of %.2f levels each%n",
                instruments,
                FeedSettings.DEFAULT_EVENTS_PER_SECOND,
                SimulatedBooks.DEPTH,
                FLUSH_MILLIS,
                seconds,
                updates / seconds,
                (double) levels / updates);
        System.out.printf(
                "watchlist of %d books: %.1f messages/s of %.2f updates each%n",
                WATCHLIST, messages / seconds, (double) messageUpdates / messages);
        System.out.println("form            bytes/update  bytes/level | watchlist: bytes/message  bytes/update  kB/s");
        for (int i = 0; i < alone.length; i++) {
            System.out.printf(
                    "%-15s %12.1f %12.1f | %24.1f %13.1f %5.1f%n",
                    FORMS.get(i),
                    (double) alone[i] / updates,
                    (double) alone[i] / levels,
                    (double) together[i] / messages,
                    (double) together[i] / messageUpdates,
                    together[i] / seconds / 1000);
        }
    }

    @Override
    public void encoded(Encoding encoding, int bytes) {}

    @Override
    public void deflated(Encoding encoding, int bytes) {}
}
