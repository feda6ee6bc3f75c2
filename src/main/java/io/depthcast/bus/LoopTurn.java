package io.depthcast.bus;

import io.vertx.core.Context;
import io.vertx.core.Future;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of an event loop by another thread, answered within one turn of that loop. What is composed with a future
 * runs on the thread that composes if the future is complete by then, so work that belongs to a loop has to begin there.
 */
public final class LoopTurn {
    private LoopTurn() {}

    /** Any thread. What the question throws fails the answer. */
    public static <T extends @Nullable Object> Future<T> ask(Context loop, Supplier<T> question) {
        return start(loop, () -> Future.succeededFuture(question.get()));
    }

    /** Has something begin; completes as that does. Any thread. */
    public static <T extends @Nullable Object> Future<T> start(Context loop, Supplier<Future<T>> action) {
        return Future.future(done -> loop.runOnContext(
                now -> Future.succeededFuture().compose(turn -> action.get()).onComplete(done)));
    }
}
