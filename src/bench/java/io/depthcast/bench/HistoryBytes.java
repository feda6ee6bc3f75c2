package io.depthcast.bench;

import io.depthcast.bench.SimulatedBooks.Change;
import io.depthcast.market.FeedSettings;
import io.depthcast.wire.BinanceStream;
import io.depthcast.wire.Encoding;
import io.depthcast.wire.Encodings;
import io.depthcast.wire.Form;
import io.depthcast.wire.Frame;
import io.depthcast.wire.FrameEncoder;
import io.depthcast.wire.HistoryDeflater;
import io.depthcast.wire.WebSocketMessage;
import io.depthcast.wire.WholeMessages;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What an update weighs to clients that share a history, WebSocket header included, for one book and for a watchlist of twenty, at
 * several levels, and how much CPU a message takes to make; beside the same spliced and deflated as a whole. Simulated time: the
 * bytes are the same in every run. {@code mvn -q -Pbench test-compile exec:exec
 * -Dbench.main=io.depthcast.bench.HistoryBytes}.
 */
public final class HistoryBytes implements FrameEncoder.Listener {
    private static final int[] PACES_MILLIS = {20, 100};
    private static final int MILLIS = 60_000;
    private static final int[] BOOKS = {1, 20};
    private static final int[] LEVELS = {1, 4, 6};
    private static final Form[] FORMS = {
        Form.JSON_DEFLATED, Form.SBE_DEFLATED, Form.of(Encodings.BINANCE, Form.FULL_WINDOW_BITS)
    };
    private static final BinanceStream DEPTH = Objects.requireNonNull(BinanceStream.ofOne("depth@100ms"));
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final FrameEncoder encoder = new FrameEncoder(PooledByteBufAllocator.DEFAULT, this);
    private final WholeMessages whole = new WholeMessages(PooledByteBufAllocator.DEFAULT);
    private final List<HistoryDeflater> deflaters = new ArrayList<>();
    private final Form form;
    /** Spliced, whole, and one for each level. */
    private final long[] bytes = new long[2 + LEVELS.length];

    private final long[] nanos = new long[2 + LEVELS.length];
    private long updates;
    private long messages;

    private HistoryBytes(Form form) {
        this.form = form;
        for (int level : LEVELS) {
            deflaters.add(new HistoryDeflater(PooledByteBufAllocator.DEFAULT, level));
        }
    }

    public static void main(String[] arguments) {
        for (int paceMillis : PACES_MILLIS) {
            for (int books : BOOKS) {
                for (Form form : FORMS) {
                    // Once for the compilers.
                    run(paceMillis, books, form);
                    run(paceMillis, books, form).print(paceMillis, books);
                }
            }
        }
    }

    private static HistoryBytes run(int paceMillis, int books, Form form) {
        HistoryBytes run = new HistoryBytes(form);
        SimulatedBooks market = new SimulatedBooks(FeedSettings.DEFAULTS, paceMillis);
        for (int millis = 0; millis < MILLIS; millis += paceMillis) {
            List<Frame> frames = new ArrayList<>();
            for (Change change : market.flush(books)) {
                Frame frame = run.frame(change);
                if (frame.says(form)) {
                    frames.add(frame);
                } else {
                    frame.release();
                }
            }
            if (!frames.isEmpty()) {
                run.add(frames);
            }
            frames.forEach(Frame::release);
        }
        run.encoder.close();
        run.whole.close();
        run.deflaters.forEach(HistoryDeflater::close);
        return run;
    }

    private Frame frame(Change change) {
        return encoder.encode(
                change.update().epoch(), change.update().sequence(), form.bit(), (encoding, out) -> encoding.in(
                                DEPTH, change.sentMicros())
                        .encode(change.update(), change.instrument(), change.sentMicros(), out));
    }

    private void add(List<Frame> frames) {
        messages++;
        updates += frames.size();
        long begun = THREADS.getCurrentThreadCpuTime();
        ByteBuf spliced = WebSocketMessage.of(PooledByteBufAllocator.DEFAULT, form, frames);
        begun = note(0, begun, spliced);
        if (WholeMessages.bytes(form, frames, spliced) > 0) {
            ByteBuf together = whole.of(form, frames);
            note(1, begun, together);
            together.release();
        } else {
            bytes[1] += spliced.readableBytes();
        }
        spliced.release();
        for (int i = 0; i < LEVELS.length; i++) {
            begun = THREADS.getCurrentThreadCpuTime();
            ByteBuf made = deflaters.get(i).next(form, frames);
            note(2 + i, begun, made);
            made.release();
        }
    }

    private long note(int way, long begun, ByteBuf made) {
        long now = THREADS.getCurrentThreadCpuTime();
        nanos[way] += now - begun;
        bytes[way] += made.readableBytes();
        return now;
    }

    private void print(int paceMillis, int books) {
        System.out.printf(
                "%3d ms, %2d books, %-18s %.1f updates/message;", paceMillis, books, form, (double) updates / messages);
        for (int i = 0; i < bytes.length; i++) {
            String way = i == 0 ? "spliced" : i == 1 ? "whole" : "level " + LEVELS[i - 2];
            System.out.printf("  %s %.1f B, %.1f us", way, (double) bytes[i] / updates, nanos[i] / 1e3 / messages);
        }
        System.out.println();
    }

    @Override
    public void encoded(Encoding encoding, int made) {}

    @Override
    public void deflated(Encoding encoding, int made) {}
}
