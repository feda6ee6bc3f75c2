package io.depthcast.fanout;

import io.depthcast.feed.Listing;
import io.depthcast.feed.ListingChanges;
import io.depthcast.wire.Frame;
import io.depthcast.wire.StreamKey;
import io.depthcast.wire.Version;
import io.depthcast.wire.View;
import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** An audience whose shard is the test: keeps what it asks, and answers when and what the test says. */
public final class PlayedAudience implements Shards {
    public static final int FLUSH_MILLIS = 20;
    /** What an answer brings whoever takes it to. */
    public static final long EPOCH = 7;

    private final Audience audience;
    private final List<String> asked = new ArrayList<>();
    private final List<Ask> open = new ArrayList<>();
    private final List<Runnable> later = new ArrayList<>();
    private long newest;

    public PlayedAudience(ByteBufAllocator allocator) {
        audience = new Audience(new Flushes(FLUSH_MILLIS, 1), this, new MessageCache(allocator));
    }

    /** Has a directory change as a shard would. */
    public static DirectoryChange change(InstrumentDirectory directory, List<Integer> removed, Listing... changed) {
        return directory.apply(new ListingChanges(removed, List.of(changed)));
    }

    public Audience audience() {
        return audience;
    }

    /** Has the turns come that were put off. */
    public void runLater() {
        while (!later.isEmpty()) {
            later.remove(0).run();
        }
    }

    /** What was asked since the last call of this, in the order of asking. */
    public List<String> takeAsked() {
        runLater();
        List<String> taken = List.copyOf(asked);
        asked.clear();
        return taken;
    }

    /** Answers all that is asked of a stream with a frame, borrowed; returns whether anything was. */
    public boolean answer(StreamKey key, long version, Frame frame, int forms, long nowNanos) {
        runLater();
        List<FrameBatch.Answer> answers = new ArrayList<>();
        for (Ask ask : open) {
            if (ask.key().equals(key)) {
                frame.retain();
                answers.add(new FrameBatch.Answer(ask, forms, EPOCH, version, new ArrayList<>(List.of(frame))));
            }
        }
        open.removeIf(ask -> ask.key().equals(key));
        audience.deliver(List.of(new FrameBatch(0, 0, new Version(0, 0), ListingChanges.NONE, answers)), nowNanos);
        return !answers.isEmpty();
    }

    /** What is asked of a stream, to be answered by the caller. */
    List<Ask> takeOpen(StreamKey key) {
        List<Ask> taken = open.stream().filter(ask -> ask.key().equals(key)).toList();
        open.removeAll(taken);
        return taken;
    }

    @Override
    public int count() {
        return 1;
    }

    @Override
    public Version newest(int shard) {
        return new Version(EPOCH, newest);
    }

    /** Has the shard say that it has come to there. */
    public void comeTo(long sequence) {
        newest = sequence;
    }

    @Override
    public void send(int shard, boolean taken, List<Ask> asks) {
        for (Ask ask : asks) {
            if (ask.isWithdrawal()) {
                open.removeIf(
                        each -> new Demand(each).isSameAs(ask) && each.key().equals(ask.key()));
            } else {
                open.add(ask);
            }
            asked.add(describe(ask));
        }
    }

    @Override
    public void later(Runnable action) {
        later.add(action);
    }

    /** Such as {@code ask book 1/25 at 7:812 every 5}. */
    private static String describe(Ask ask) {
        StreamKey key = ask.key();
        return String.format(
                Locale.ROOT,
                "%s %s %d/%s at %d:%d every %d",
                ask.isWithdrawal() ? "withdraw" : "ask",
                key.channel().text(),
                key.instrumentId(),
                parameter(key.view()),
                ask.epoch(),
                ask.version(),
                ask.cadence());
    }

    private static String parameter(View view) {
        if (view instanceof View.Book) {
            return view.detail();
        }
        return String.valueOf(
                view instanceof View.Candles candles ? candles.interval().seconds() : 0);
    }
}
