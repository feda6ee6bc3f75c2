package io.depthcast.fanout;

import io.depthcast.wire.Version;
import java.util.List;

/**
 * Up to where the feed is known to have come at one moment, on one gateway loop. What a shard is asked after that moment it
 * answers from there or later, on this loop and on any other of its node.
 *
 * @param byShard of each shard
 */
public record Heard(List<Version> byShard) {
    public Version of(int instrumentId) {
        return byShard.get(Shard.of(instrumentId, byShard.size()));
    }
}
