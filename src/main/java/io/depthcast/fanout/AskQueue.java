package io.depthcast.fanout;

import java.util.ArrayList;
import java.util.List;

/** Asks on their way from a gateway loop to the shards: those of one turn go together. One gateway loop. */
final class AskQueue {
    private final Shards shards;
    private final List<List<Ask>> unsent = new ArrayList<>();
    private boolean scheduled;

    AskQueue(Shards shards) {
        this.shards = shards;
        for (int shard = 0; shard < shards.count(); shard++) {
            unsent.add(new ArrayList<>());
        }
    }

    void add(Ask ask) {
        unsent.get(Shard.of(ask.key().instrumentId(), shards.count())).add(ask);
        if (!scheduled) {
            scheduled = true;
            shards.later(this::send);
        }
    }

    private void send() {
        scheduled = false;
        for (int shard = 0; shard < unsent.size(); shard++) {
            if (!unsent.get(shard).isEmpty()) {
                send(shard, false);
            }
        }
    }

    /** A batch of that shard has been taken: it may send the next, and is sent what is asked of it. */
    void taken(int shard) {
        send(shard, true);
    }

    private void send(int shard, boolean taken) {
        List<Ask> asks = unsent.get(shard);
        unsent.set(shard, new ArrayList<>());
        shards.send(shard, taken, asks);
    }
}
