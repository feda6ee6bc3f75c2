package io.depthcast.recording;

import io.depthcast.book.InstrumentSnapshot;
import io.depthcast.book.Levels;
import io.depthcast.book.Side;
import io.depthcast.book.ViewStamp;
import io.depthcast.feed.BatchEncoder;
import io.depthcast.feed.EventBatch;
import io.depthcast.feed.FeedSnapshot;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** Writes one file: the state at its start, and the batches after that. Blocks; one thread. */
public final class RecordingWriter implements Closeable {
    private static final String WRITER = "recorder";

    private final OutputStream out;
    private final BatchEncoder encoder = new BatchEncoder();
    private final long epoch;
    private long sequence;
    private long bytes;

    /**
     * @param out closed with this
     * @param wallMicros when the state was so, microseconds since 1970
     * @throws IllegalArgumentException if the state has more rows than its sequence allows
     */
    public RecordingWriter(OutputStream out, FeedSnapshot state, long wallMicros) throws IOException {
        this.out = out;
        this.epoch = state.epoch();
        // Each level and each definition was told by a row at least, so as many numbers are free before this one.
        RecordingHead head = new RecordingHead(epoch, state.sequence(), rows(state.books()));
        sequence = head.previous();
        if (sequence < 0) {
            throw new IllegalArgumentException("more rows than sequence " + state.sequence() + " allows");
        }
        out.write(head.bytes());
        bytes = RecordingHead.BYTES;
        for (FeedSnapshot.Book book : state.books()) {
            write(book, wallMicros);
        }
    }

    private static long rows(List<FeedSnapshot.Book> books) {
        return books.stream()
                .mapToLong(book -> 1L + book.bids().count() + book.asks().count())
                .sum();
    }

    private void write(FeedSnapshot.Book book, long wallMicros) throws IOException {
        long timeMicros = book.state().views().stream()
                .mapToLong(ViewStamp::timeMicros)
                .max()
                .orElse(wallMicros);
        EventBatch.Builder rows = new EventBatch.Builder(epoch, sequence + 1);
        InstrumentSnapshot state = book.state();
        rows.define(book.listing(), book.lastTradeId(), book.lastTradeId() == 0 ? null : state.trades(), timeMicros);
        levels(rows, book, Side.BID, state.bids(), timeMicros);
        levels(rows, book, Side.ASK, state.asks(), timeMicros);
        write(rows.build(wallMicros, 0));
    }

    private static void levels(
            EventBatch.Builder rows, FeedSnapshot.Book book, Side side, Levels levels, long timeMicros) {
        for (int i = 0; i < levels.count(); i++) {
            rows.level(book.listing().id(), side, levels.priceTicks(i), levels.sizeLots(i), timeMicros);
        }
    }

    /** Whether a batch is the next of this file. */
    public boolean continues(EventBatch batch) {
        return batch.epoch() == epoch && batch.previous() == sequence;
    }

    /** Whether it holds nothing that is not in this file, or its state, already. */
    boolean includes(EventBatch batch) {
        return batch.epoch() == epoch && batch.lastSequence() <= sequence;
    }

    /** Whether a state of that sequence goes on from this file. */
    public boolean endsAt(long stateEpoch, long stateSequence) {
        return stateEpoch == epoch && stateSequence == sequence;
    }

    long epoch() {
        return epoch;
    }

    /** @throws IllegalArgumentException unless it {@link #continues} */
    public void write(EventBatch batch) throws IOException {
        if (!continues(batch)) {
            throw new IllegalArgumentException("expected what follows " + sequence + " of epoch " + epoch + ", got "
                    + batch.previous() + " of " + batch.epoch());
        }
        byte[] encoded = encoder.encode(batch, 0, WRITER);
        for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
            out.write(encoded.length >>> shift);
        }
        out.write(encoded);
        bytes += Integer.BYTES + encoded.length;
        sequence = batch.lastSequence();
    }

    /** Number of the last row in the file. */
    public long sequence() {
        return sequence;
    }

    /** Bytes of the file, those included that have not reached the disk. */
    public long bytes() {
        return bytes;
    }

    /** Hands over to the kernel what waits. */
    public void flush() throws IOException {
        out.flush();
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
