package io.depthcast.app;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What is begun one after the other, each whatever became of those before. Any thread. */
final class InTurn {
    private final Iterator<Supplier<Future<?>>> steps;
    /** Of no context, because the loops may be gone when it is completed. */
    private final Promise<Void> over = Promise.promise();

    private @Nullable Throwable failure;

    private InTurn(List<Supplier<Future<?>>> steps) {
        this.steps = steps.iterator();
    }

    /** Completes when all are over; fails with the first failure, be it thrown or told. */
    static Future<Void> all(List<Supplier<Future<?>>> steps) {
        InTurn turns = new InTurn(steps);
        turns.next();
        return turns.over.future();
    }

    private void next() {
        if (steps.hasNext()) {
            attempt(steps.next()).onComplete(done -> next(), failed -> {
                if (failure == null) {
                    failure = failed;
                }
                next();
            });
        } else if (failure == null) {
            over.complete();
        } else {
            over.fail(failure);
        }
    }

    private static Future<?> attempt(Supplier<Future<?>> step) {
        try {
            return step.get();
        } catch (RuntimeException | Error e) {
            return Future.failedFuture(e);
        }
    }
}
