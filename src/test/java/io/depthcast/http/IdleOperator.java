package io.depthcast.http;

import io.depthcast.admission.Block;
import io.depthcast.admission.Blocks;
import io.vertx.core.Future;
import java.util.function.Function;

/** Of a node without clients. */
final class IdleOperator implements Operator {
    private final Blocks blocks = new Blocks();
    private boolean draining;

    @Override
    public <T> Future<T> blocks(Function<Blocks, T> question) {
        return Future.succeededFuture(question.apply(blocks));
    }

    @Override
    public Future<Integer> closePublishers(Block block) {
        return Future.succeededFuture(0);
    }

    @Override
    public Future<Void> beginDrain() {
        draining = true;
        return Future.succeededFuture();
    }

    @Override
    public Future<Void> endDrain() {
        draining = false;
        return Future.succeededFuture();
    }

    @Override
    public boolean isDraining() {
        return draining;
    }
}
