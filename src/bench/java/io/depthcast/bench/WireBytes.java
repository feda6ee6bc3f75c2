package io.depthcast.bench;

import io.depthcast.bench.SimulatedBooks.Change;
import io.depthcast.market.FeedSettings;
import io.depthcast.wire.Encoding;
import io.depthcast.wire.Form;
import io.depthcast.wire.Frame;
import io.depthcast.wire.FrameEncoder;
import io.depthcast.wire.WebSocketMessage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Bytes on the wire, WebSocket header included, of the default market at depth 25, at every flush of 20 ms and at a pace of
 * 100 ms: one update in a message of its own, and a watchlist of 20 books in one message; then of snapshots. Simulated time, so the same in every run: {@code mvn
 * -q -Pbench test-compile exec:exec -Dbench.main=io.depthcast.bench.WireBytes}.
 */
public final class WireBytes implements FrameEncoder.Listener {
    private static final int[] PACES_MILLIS = {20, 100};
    private static final int MILLIS = 60_000;
    private static final int[] SNAPSHOT_DEPTHS = {25, 500};
    private static final int WATCHLIST = 20;
    private static final List<Form> FORMS =
            List.of(Form.JSON, Form.JSON_DEFLATED, Form.SBE, Form.SBE_DEFLATED, Form.COMPACT, Form.COMPACT_DEFLATED);

    private final FrameEncoder encoder = new FrameEncoder(PooledByteBufAllocator.DEFAULT, this);
    private final long[] alone = new long[FORMS.size()];
    private final long[] together = new long[FORMS.size()];
    /** A client of each book, and one that watches twenty. */
    private final Map<Integer, BinanceStyle> binanceAlone = new HashMap<>();

    private final BinanceStyle binanceTogether = new BinanceStyle();
    private long updates;
    private long levels;
    private long messages;
    private long messageUpdates;

    private WireBytes() {}

    public static void main(String[] arguments) {
        for (int paceMillis : PACES_MILLIS) {
            WireBytes bytes = new WireBytes();
            SimulatedBooks books = new SimulatedBooks(FeedSettings.DEFAULTS, paceMillis);
            for (int millis = 0; millis < MILLIS; millis += paceMillis) {
                bytes.add(books.flush(books.instruments()));
            }
            bytes.close();
            bytes.print(books.instruments(), paceMillis);
            printSnapshots(books);
        }
    }

    private static void printSnapshots(SimulatedBooks books) {
        for (int depth : SNAPSHOT_DEPTHS) {
            WireBytes bytes = new WireBytes();
            bytes.add(books.snapshots(depth));
            bytes.close();
            System.out.printf("snapshots to depth %d, bytes each:", depth);
            for (int i = 0; i < bytes.alone.length; i++) {
                System.out.printf("  %s %.0f", FORMS.get(i), (double) bytes.alone[i] / bytes.updates);
            }
            System.out.println();
        }
    }

    private void close() {
        encoder.close();
        binanceAlone.values().forEach(BinanceStyle::close);
        binanceTogether.close();
    }

    private void add(List<Change> changes) {
        List<Frame> frames = new ArrayList<>();
        List<Frame> watched = new ArrayList<>();
        for (Change change : changes) {
            Frame frame = change.frame(encoder);
            frames.add(frame);
            add(alone, List.of(frame));
            binanceAlone
                    .computeIfAbsent(change.instrument().id(), id -> new BinanceStyle())
                    .add(change);
            updates++;
            levels += change.levels();
            if (change.instrument().id() <= WATCHLIST) {
                watched.add(frame);
                binanceTogether.add(change);
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

    private void print(int instruments, int paceMillis) {
        double seconds = MILLIS / 1000.0;
        System.out.printf(
                "%d instruments, %,d events/s, depth %d, every %d ms, %.0f s: %.0f updates/s of %.2f levels each%n",
                instruments,
                FeedSettings.DEFAULT_EVENTS_PER_SECOND,
                SimulatedBooks.DEPTH,
                paceMillis,
                seconds,
                updates / seconds,
                (double) levels / updates);
        System.out.printf(
                "watchlist of %d books: %.1f messages/s of %.2f updates each%n",
                WATCHLIST, messages / seconds, (double) messageUpdates / messages);
        System.out.println("form            bytes/update  bytes/level | watchlist: bytes/message  bytes/update  kB/s");
        for (int i = 0; i < alone.length; i++) {
            print(FORMS.get(i).toString(), alone[i], together[i]);
        }
        print(
                "Binance",
                binanceAlone.values().stream()
                        .mapToLong(BinanceStyle::plainBytes)
                        .sum(),
                binanceTogether.plainBytes());
        print(
                "Binance deflated",
                binanceAlone.values().stream()
                        .mapToLong(BinanceStyle::deflatedBytes)
                        .sum(),
                binanceTogether.deflatedBytes());
    }

    private void print(String form, long aloneBytes, long togetherBytes) {
        double seconds = MILLIS / 1000.0;
        System.out.printf(
                "%-16s %11.1f %12.1f | %24.1f %13.1f %5.1f%n",
                form,
                (double) aloneBytes / updates,
                (double) aloneBytes / levels,
                (double) togetherBytes / messages,
                (double) togetherBytes / messageUpdates,
                togetherBytes / seconds / 1000);
    }

    @Override
    public void encoded(Encoding encoding, int bytes) {}

    @Override
    public void deflated(Encoding encoding, int bytes) {}
}
