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
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.Deflater;

/**
 * What a watchlist's messages of several updates weigh spliced and deflated as a whole, at several levels, and how much CPU
 * each takes to make. Simulated time: the bytes are the same in every run. {@code mvn -q -Pbench test-compile exec:exec
 * -Dbench.main=io.depthcast.bench.WholeBytes}.
 */
public final class WholeBytes implements FrameEncoder.Listener {
    private static final int[] PACES_MILLIS = {20, 100};
    private static final int MILLIS = 60_000;
    private static final int WATCHLIST = 20;
    private static final int[] LEVELS = {1, 3, 6};
    private static final int HEADER_BYTES = 4;
    private static final Form[] FORMS = {Form.JSON_DEFLATED, Form.SBE_DEFLATED, Form.COMPACT_DEFLATED};
    private static final Form[] PLAIN = {Form.JSON, Form.SBE, Form.COMPACT};
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final FrameEncoder encoder = new FrameEncoder(PooledByteBufAllocator.DEFAULT, this);
    private final ByteBuffer out = ByteBuffer.allocateDirect(1 << 20);
    private final List<Deflater> deflaters = new ArrayList<>();
    private final long[] bytes = new long[LEVELS.length];
    private final long[] nanos = new long[LEVELS.length];
    private long plainBytes;
    private long splicedBytes;
    private long splicedNanos;
    private long messages;

    private WholeBytes() {
        for (int level : LEVELS) {
            deflaters.add(new Deflater(level, true));
        }
    }

    public static void main(String[] arguments) {
        for (int paceMillis : PACES_MILLIS) {
            for (int form = 0; form < FORMS.length; form++) {
                // Once for the compilers.
                run(paceMillis, form);
                run(paceMillis, form).print(paceMillis, form);
            }
        }
    }

    private static WholeBytes run(int paceMillis, int form) {
        WholeBytes whole = new WholeBytes();
        SimulatedBooks books = new SimulatedBooks(FeedSettings.DEFAULTS, paceMillis);
        for (int millis = 0; millis < MILLIS; millis += paceMillis) {
            List<Frame> frames = new ArrayList<>();
            for (Change change : books.flush(WATCHLIST)) {
                frames.add(change.frame(whole.encoder));
            }
            if (frames.size() > 1) {
                whole.add(frames, form);
            }
            frames.forEach(Frame::release);
        }
        whole.encoder.close();
        whole.deflaters.forEach(Deflater::end);
        return whole;
    }

    private void add(List<Frame> frames, int form) {
        ByteBuf plain = WebSocketMessage.of(PooledByteBufAllocator.DEFAULT, PLAIN[form], frames);
        long begun = THREADS.getCurrentThreadCpuTime();
        ByteBuf spliced = WebSocketMessage.of(PooledByteBufAllocator.DEFAULT, FORMS[form], frames);
        splicedNanos += THREADS.getCurrentThreadCpuTime() - begun;
        messages++;
        plainBytes += plain.readableBytes();
        splicedBytes += spliced.readableBytes();
        ByteBuffer payload = plain.nioBuffer(plain.readerIndex() + HEADER_BYTES, plain.readableBytes() - HEADER_BYTES);
        for (int i = 0; i < LEVELS.length; i++) {
            begun = THREADS.getCurrentThreadCpuTime();
            Deflater deflater = deflaters.get(i);
            deflater.reset();
            deflater.setInput(payload.duplicate());
            bytes[i] += deflater.deflate(out.clear(), Deflater.SYNC_FLUSH);
            nanos[i] += THREADS.getCurrentThreadCpuTime() - begun;
        }
        plain.release();
        spliced.release();
    }

    private void print(int paceMillis, int form) {
        System.out.printf(
                "%3d ms  %-16s plain %5d B  spliced %5d B, %4.1f us",
                paceMillis, FORMS[form], plainBytes / messages, splicedBytes / messages, splicedNanos / 1e3 / messages);
        for (int i = 0; i < LEVELS.length; i++) {
            System.out.printf("  level %d %5d B, %5.1f us", LEVELS[i], bytes[i] / messages, nanos[i] / 1e3 / messages);
        }
        System.out.println();
    }

    @Override
    public void encoded(Encoding encoding, int made) {}

    @Override
    public void deflated(Encoding encoding, int made) {}
}
