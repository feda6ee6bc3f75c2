package io.depthcast.fanout;

import io.depthcast.wire.Version;
import java.util.List;

/** Carries the asks of a gateway loop to the shards. That loop. */
interface Shards {
    int count();

    /** Up to where a shard has told this loop that it has come. */
    Version newest(int shard);

    /** @param taken whether the loop has taken the shard's last batch */
    void send(int shard, boolean taken, List<Ask> asks);

    /** Runs soon on this loop, after the current handler. */
    void later(Runnable action);
}
