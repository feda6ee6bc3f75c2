package example;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.depthcast.book.InstrumentStatus;
import io.depthcast.book.StepSize;
import io.depthcast.feed.Door;
import io.depthcast.feed.LevelChanges;
import io.depthcast.feed.Refusal;
import io.depthcast.feed.Source;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * Prices from datagrams, each a line of text with a number that counts them:
 *
 * <pre>
 * 1 book ACME 1000x5,999x3 1002x7       the whole book: bids, then asks; in ticks and lots
 * 2 change ACME 1000x6 -                levels that have changed; size 0 removes one, - is none
 * 3 beat                                nothing new
 * </pre>
 *
 * <p>What every source does stands here in small. A thread of its own waits for what comes and puts it into a queue with a
 * bound; {@link #poll}, on the feed loop, takes it from there and never waits. A datagram that is missing makes the books
 * unknown until each is told whole again, so the door is told at once. Refusals are answers, for whoever wants to log them.
 */
final class DatagramSource implements Source {
    private static final int MAX_BYTES = 65_507;
    private static final int MAX_WAITING = 10_000;
    private static final int LINES_PER_POLL = 5_000;

    private final int port;
    private final Map<String, StepSize[]> instruments;
    private final BlockingQueue<String> lines = new ArrayBlockingQueue<>(MAX_WAITING);
    private final LevelChanges bids = new LevelChanges();
    private final LevelChanges asks = new LevelChanges();
    private DatagramSocket socket;
    private boolean isDefined;
    private long lastNumber;

    DatagramSource(int port, Map<String, StepSize[]> instruments) {
        this.port = port;
        this.instruments = instruments;
    }

    @Override
    public String name() {
        return "datagrams";
    }

    /** So long without a datagram, and its instruments are stale. */
    @Override
    public int silenceMillis() {
        return 5_000;
    }

    @Override
    public Future<Void> start(Vertx vertx) {
        try {
            socket = new DatagramSocket(new InetSocketAddress("127.0.0.1", port));
        } catch (IOException e) {
            return Future.failedFuture("feed.datagrams.port: " + port + ": " + e.getMessage());
        }
        Thread thread = new Thread(this::receive, "datagrams");
        thread.setDaemon(true);
        thread.start();
        return Future.succeededFuture();
    }

    private void receive() {
        DatagramPacket packet = new DatagramPacket(new byte[MAX_BYTES], MAX_BYTES);
        try {
            while (true) {
                packet.setLength(MAX_BYTES);
                socket.receive(packet);
                // A full queue loses the datagram, as the network may; the next one shows that it is missing.
                lines.offer(new String(packet.getData(), 0, packet.getLength(), US_ASCII));
            }
        } catch (IOException closed) {
            // By stop(), and then nobody waits for more.
        }
    }

    @Override
    public void poll(Door door, long nowMicros, long nowNanos) {
        if (!isDefined) {
            isDefined = true;
            instruments.forEach((symbol, steps) -> door.define(symbol, steps[0], steps[1], InstrumentStatus.OPEN));
        }
        for (int told = 0; told < LINES_PER_POLL && door.hasRoom(); told++) {
            String line = lines.poll();
            if (line == null) {
                return;
            }
            tell(door, line.trim().split(" "));
        }
    }

    private void tell(Door door, String[] words) {
        try {
            long number = Long.parseLong(words[0]);
            if (number != lastNumber + 1) {
                door.disconnected();
            }
            lastNumber = number;
            if (words[1].equals("beat")) {
                door.heartbeat();
                return;
            }
            levels(bids, words[3]);
            levels(asks, words[4]);
            Refusal refusal = words[1].equals("book")
                    ? door.snapshot(words[2], bids, asks, 0)
                    : door.update(words[2], bids, asks, 0);
            if (refusal != null) {
                System.getLogger("datagrams").log(System.Logger.Level.DEBUG, refusal.reason());
            }
        } catch (RuntimeException notOne) {
            // No datagram of ours: the feed is no place to fail, but nothing that comes now can be trusted either.
            door.disconnected();
        }
    }

    private static void levels(LevelChanges changes, String text) {
        changes.clear();
        if (!text.equals("-")) {
            for (String level : text.split(",")) {
                String[] parts = level.split("x");
                changes.add(Long.parseLong(parts[0]), Long.parseLong(parts[1]));
            }
        }
    }

    @Override
    public Future<Void> stop() {
        if (socket != null) {
            socket.close();
        }
        return Future.succeededFuture();
    }
}
