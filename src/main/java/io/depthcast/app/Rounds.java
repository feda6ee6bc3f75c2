package io.depthcast.app;

import io.depthcast.bus.LoopTurn;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/**
 * Work that may block, done again and again beside the loops. Whoever ends them waits for what is under way: otherwise it would
 * come back to a loop that is gone. Any thread.
 */
final class Rounds {
    private final Vertx vertx;
    private final Context loop;
    /** Of that loop alone: rounds whose outcome the loop has not been told yet. The work's own future completes before that. */
    private final Set<Future<?>> underWay = new HashSet<>();

    private boolean ended;

    /** Takes a loop of its own. */
    Rounds(Vertx vertx) {
        this.vertx = vertx;
        this.loop = vertx.getOrCreateContext();
    }

    /**
     * Begins a period from now, and anew a period after each end.
     *
     * @param work on a thread that may block; what it throws ends this round only
     * @param then what is done with the outcome, on the loop
     */
    <T> void every(int periodMillis, Callable<T> work, Consumer<T> then) {
        loop.runOnContext(begun -> later(periodMillis, work, then));
    }

    private <T> void later(int periodMillis, Callable<T> work, Consumer<T> then) {
        vertx.setTimer(periodMillis, due -> {
            if (!ended) {
                Promise<Void> round = Promise.promise();
                underWay.add(round.future());
                vertx.executeBlocking(work).onSuccess(then::accept).onComplete(done -> {
                    underWay.remove(round.future());
                    round.complete();
                    later(periodMillis, work, then);
                });
            }
        });
    }

    /** Begins nothing more; completes when nothing is under way. Never fails. */
    Future<?> end() {
        return LoopTurn.start(loop, () -> {
                    ended = true;
                    return underWay.isEmpty() ? Future.succeededFuture() : Future.join(List.copyOf(underWay));
                })
                .otherwiseEmpty();
    }
}
