package io.depthcast.fanout;

import io.depthcast.auth.Identity;
import io.depthcast.book.InstrumentState;
import io.depthcast.feed.Books;
import io.depthcast.feed.EventBatch;
import io.depthcast.feed.FeedSnapshot;
import io.depthcast.feed.ListingChanges;
import io.depthcast.metrics.Meters;
import io.depthcast.metrics.PrometheusRegistry;
import io.depthcast.session.Announcements;
import io.depthcast.session.ClientSocket;
import io.depthcast.session.DirectoryNews;
import io.depthcast.session.LimitSettings;
import io.depthcast.session.PaceSettings;
import io.depthcast.session.Session;
import io.depthcast.session.SessionContext;
import io.depthcast.session.WaitingRoom;
import io.depthcast.wire.Form;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/**
 * A node without sockets: shards, gateway loops, and the sessions of each, who hear of the instruments as in a gateway. What its
 * feed says may be late, or lost on the way.
 */
final class ModelNode {
    /** Well within the patience of a shard with those who come from a faster node. */
    private static final int MAX_LATE = 30;

    private static final int COMMANDS_PER_SECOND = 1_000_000;
    private static final long START_MICROS = 1_795_363_200_000_000L;

    final FanoutBench bench;
    private final List<Loop> loops = new ArrayList<>();
    private final Queue<EventBatch> late = new ArrayDeque<>();
    private int heldUp;

    /** What the sessions of one loop share, and who they are. */
    private record Loop(SessionContext context, List<Session> sessions) {}

    /** @param flush number of the flush that is over */
    ModelNode(int shards, int loopCount, long flush) {
        bench = new FanoutBench(shards, loopCount, flush);
        for (int i = 0; i < loopCount; i++) {
            BenchLoop loop = bench.loop(i);
            InstrumentDirectory directory = new InstrumentDirectory();
            Announcements announcements = new Announcements(bench.allocator, directory, bench);
            Loop shared = new Loop(context(bench, loop, directory, announcements), new ArrayList<>());
            loops.add(shared);
            loop.onListings = changes -> tell(shared, changes);
            for (int shard = 0; shard < shards; shard++) {
                loop.send(shard, false, List.of());
            }
        }
    }

    private void tell(Loop loop, ListingChanges changes) {
        if (!changes.isEmpty()) {
            DirectoryChange change = loop.context.directory().apply(changes);
            try (DirectoryNews news = new DirectoryNews(change, loop.context.announcements(), START_MICROS)) {
                loop.sessions.forEach(session -> news.tell(session, bench.nowNanos()));
            }
        }
    }

    /** Greets a client on one of the loops. */
    Session open(Random random, Form form, ClientSocket socket) {
        Loop loop = loops.get(random.nextInt(loops.size()));
        Session session = new Session("s", form, true, Identity.ANYONE, socket, loop.context, bench.nowNanos());
        loop.sessions.add(session);
        return session;
    }

    /** What the loop of a client has of the instruments. */
    InstrumentDirectory directory(Session session) {
        return loops.stream()
                .filter(loop -> loop.sessions.contains(session))
                .findFirst()
                .orElseThrow()
                .context
                .directory();
    }

    /** It is gone without a word. */
    void leave(Session session) {
        session.onClosed();
        loops.forEach(loop -> loop.sessions.remove(session));
    }

    /** @param feed asked for all that there is when something was lost */
    void hear(EventBatch batch, Random random, Supplier<FeedSnapshot> feed) {
        late.add(batch);
        if (heldUp == 0 && random.nextInt(30) == 0) {
            heldUp = random.nextInt(MAX_LATE);
        }
        if (heldUp > 0) {
            heldUp--;
            return;
        }
        while (!late.isEmpty()) {
            EventBatch next = late.remove();
            boolean lost = random.nextInt(80) == 0;
            if (!lost && bench.apply(next) == Books.Applied.GAP && random.nextBoolean()) {
                bench.replace(feed.get());
            }
        }
    }

    /** Has all that its feed said, and that. */
    void catchUp(EventBatch batch, FeedSnapshot feed) {
        late.add(batch);
        late.forEach(bench::apply);
        late.clear();
        if (!hasAll(feed)) {
            bench.replace(feed);
        }
        bench.calm();
    }

    void flush() {
        loops.forEach(loop -> loop.context.waitingRoom().lookAfter(bench.nowNanos()));
        bench.flush();
    }

    /** Whether it has every row of its feed. */
    boolean hasAll(FeedSnapshot feed) {
        return bench.shards.get(0).books().isWhole() && sequence() == feed.sequence();
    }

    /** Number of the last row that it has applied. */
    long sequence() {
        return bench.shards.get(0).books().sequence();
    }

    private Books books(int instrumentId) {
        return bench.shards.get(Shard.of(instrumentId, bench.shards.size())).books();
    }

    InstrumentState state(int instrumentId) {
        return Objects.requireNonNull(books(instrumentId).state(instrumentId));
    }

    /** How many instruments it has. */
    int count() {
        return bench.shards.stream().mapToInt(shard -> shard.books().count()).sum();
    }

    void close() {
        bench.flush();
        loops.forEach(loop -> loop.context.announcements().close());
        bench.close();
    }

    /** The usual, but for a client that may say as much as it likes. */
    static SessionContext context(
            FanoutBench bench, BenchLoop loop, InstrumentDirectory directory, Announcements announcements) {
        LimitSettings d = LimitSettings.DEFAULT;
        LimitSettings limits = new LimitSettings(
                d.requestHeadBytes(),
                d.requestHeadSeconds(),
                d.frameBytes(),
                d.messageBytes(),
                d.fragments(),
                COMMANDS_PER_SECOND,
                COMMANDS_PER_SECOND,
                d.pingsPerSecond(),
                d.pingBurst(),
                d.subscriptions(),
                d.unsubscribedSeconds(),
                d.pingSeconds(),
                d.pongSeconds(),
                d.stalledSeconds());
        return new SessionContext(
                "depthcast/1.2.3",
                directory,
                loop.audience(),
                announcements,
                new WaitingRoom(),
                limits,
                pace(),
                new Meters(PrometheusRegistry.create(), "1.2.3"),
                bench.allocator,
                () -> START_MICROS,
                new SplittableRandom(1),
                (token, reply) -> reply.give(null, 0));
    }

    /** The usual, but for so many snapshots that a few wait for the next flush and none for long. */
    private static PaceSettings pace() {
        PaceSettings d = PaceSettings.DEFAULT;
        return new PaceSettings(
                d.bytesPerSecond(),
                d.pendingBytes(),
                d.ackMillis(),
                d.slowSeconds(),
                d.slowCloseSeconds(),
                100,
                4,
                d.lifetimeSeconds(),
                d.sendBufferBytes());
    }
}
