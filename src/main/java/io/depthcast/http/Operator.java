package io.depthcast.http;

import io.depthcast.admission.Block;
import io.depthcast.admission.Blocks;
import io.vertx.core.Future;
import java.util.function.Function;

/** What an operator may have done to the node as a whole. Any thread may ask; answers may come on any. */
public interface Operator {
    /** Asks or changes who is kept out. */
    <T> Future<T> blocks(Function<Blocks, T> question);

    /** Ends the connections of the publishers whom a block keeps out; completes with how many. */
    Future<Integer> closePublishers(Block block);

    /** Takes no more clients and sends those there are away; completes once nobody is let in any more. */
    Future<Void> beginDrain();

    /** Takes clients again, and keeps those who are still here. */
    Future<Void> endDrain();

    boolean isDraining();
}
