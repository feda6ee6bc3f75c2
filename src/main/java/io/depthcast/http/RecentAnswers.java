package io.depthcast.http;

import io.depthcast.bus.VertxInternals;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Answers about all instruments at once, which take milliseconds to make: whoever asks the same within a second gets the same
 * bytes, so that it does not matter how many ask. Gateway loop; monotonic time.
 */
final class RecentAnswers {
    private static final long LASTS_NANOS = TimeUnit.SECONDS.toNanos(1);

    private record Made(long version, long atNanos, Future<Buffer> answer) {}

    private final Map<String, Made> byQuestion = new HashMap<>();

    /**
     * The answer that there is, or another one.
     *
     * @param question one of a few
     * @param version of what is listed: an answer of another one is of no use
     * @param making what is failed is made anew for who asks next
     */
    Future<Buffer> get(String question, long version, long nowNanos, Supplier<Future<Buffer>> making) {
        @Nullable Made known = byQuestion.get(question);
        if (known == null
                || known.version != version
                || nowNanos - known.atNanos >= LASTS_NANOS
                || known.answer.failed()) {
            known = new Made(version, nowNanos, making.get().map(RecentAnswers::shared));
            byQuestion.put(question, known);
        }
        return known.answer;
    }

    /** Not to be written to, which tells it from what is an answer's own. */
    private static Buffer shared(Buffer made) {
        ByteBuf bytes = Unpooled.wrappedBuffer(made.getBytes()).asReadOnly();
        return VertxInternals.buffer(Unpooled.unreleasableBuffer(bytes));
    }
}
