package io.depthcast.http;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.function.Supplier;

/**
 * One reason for which a probe may fail.
 *
 * @param ask called on the management loop; the answer may come from any other, and late
 */
public record HealthCheck(String name, Supplier<Future<Health>> ask) {
    /** Fails while a loop does not come round to its next task. */
    public static HealthCheck ofLoop(String name, Context loop) {
        return new HealthCheck(name, () -> {
            Promise<Health> answer = Promise.promise();
            loop.runOnContext(turn -> answer.complete(new Health(true, "takes tasks")));
            return answer.future();
        });
    }
}
