package io.depthcast.http;

import io.depthcast.metrics.SocketMeters;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP answers of one gateway loop that no socket has taken yet. Who takes nothing for too long is cut; and where all of
 * them together need more memory than they may have, those that have taken nothing for longest. Gateway loop; monotonic
 * time.
 */
final class Backlog {
    /** Who is still not through with an answer by then reads at a pace of his own. */
    private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(60);

    private static final class Waiting {
        private final long sinceNanos;
        private long pendingBytes;
        private long progress;
        private long progressNanos;
        private long ownBytes;

        Waiting(long nowNanos) {
            this.sinceNanos = nowNanos;
            this.progressNanos = nowNanos;
        }
    }

    private final Map<Channel, Waiting> waiting = new LinkedHashMap<>();
    private final long mostBytes;
    private final SocketMeters meters;
    private int stalledSeconds;
    private long ownBytes;

    /**
     * @param stalledSeconds within which a client has to take something
     * @param mostBytes of memory that all answers together may wait in
     */
    Backlog(int stalledSeconds, long mostBytes, SocketMeters meters) {
        this.stalledSeconds = stalledSeconds;
        this.mostBytes = mostBytes;
        this.meters = meters;
    }

    void stalledSeconds(int seconds) {
        stalledSeconds = seconds;
    }

    /** Something was written to this channel. */
    void look(Channel channel) {
        look(channel, System.nanoTime());
        while (ownBytes > mostBytes && cutSlowest()) {
            meters.slowRequestCut();
        }
    }

    private void look(Channel channel, long nowNanos) {
        ChannelOutboundBuffer out = channel.unsafe().outboundBuffer();
        if (out == null || out.isEmpty()) {
            forget(channel);
            return;
        }
        Waiting seen = waiting.computeIfAbsent(channel, first -> new Waiting(nowNanos));
        long pending = out.totalPendingWriteBytes();
        if (pending < seen.pendingBytes || out.currentProgress() != seen.progress) {
            seen.progressNanos = nowNanos;
        }
        seen.pendingBytes = pending;
        seen.progress = out.currentProgress();
        long own = ownBytes(out);
        ownBytes += own - seen.ownBytes;
        seen.ownBytes = own;
    }

    /** Nothing of this channel waits any more. */
    void forget(Channel channel) {
        Waiting seen = waiting.remove(channel);
        if (seen != null) {
            ownBytes -= seen.ownBytes;
        }
    }

    /** Looks at all of them; to be called several times a second. */
    void tick(long nowNanos) {
        for (Channel channel : new ArrayList<>(waiting.keySet())) {
            look(channel, nowNanos);
            Waiting seen = waiting.get(channel);
            if (seen != null && isTooSlow(seen, nowNanos)) {
                meters.slowRequestCut();
                cut(channel);
            }
        }
    }

    private boolean isTooSlow(Waiting seen, long nowNanos) {
        return nowNanos - seen.progressNanos > TimeUnit.SECONDS.toNanos(stalledSeconds)
                || nowNanos - seen.sinceNanos > LONGEST_NANOS;
    }

    private boolean cutSlowest() {
        Channel slowest = null;
        @Nullable Waiting found = null;
        for (Map.Entry<Channel, Waiting> each : waiting.entrySet()) {
            Waiting one = each.getValue();
            if (one.ownBytes > 0 && (found == null || one.progressNanos - found.progressNanos < 0)) {
                found = one;
                slowest = each.getKey();
            }
        }
        if (slowest != null) {
            cut(slowest);
        }
        return slowest != null;
    }

    private void cut(Channel channel) {
        forget(channel);
        channel.unsafe().close(channel.unsafe().voidPromise());
    }

    /** Answers that wait. */
    int size() {
        return waiting.size();
    }

    /** Bytes of memory that these wait in. */
    long ownBytes() {
        return ownBytes;
    }

    /** Without what all share, which nobody may write to. */
    private static long ownBytes(ChannelOutboundBuffer out) {
        OwnBytes sum = new OwnBytes();
        try {
            out.forEachFlushedMessage(sum);
        } catch (Exception e) {
            throw new IllegalStateException("adding up throws nothing", e);
        }
        return sum.bytes;
    }

    private static final class OwnBytes implements ChannelOutboundBuffer.MessageProcessor {
        private long bytes;

        @Override
        public boolean processMessage(Object message) {
            bytes += message instanceof ByteBuf buffer && !buffer.isReadOnly() ? buffer.readableBytes() : 0;
            return true;
        }
    }
}
