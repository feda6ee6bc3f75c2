package io.depthcast.http;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the gateway loops said to a question, and which of them said nothing in time: one that stands must not keep an
 * operator from what the others know.
 *
 * @param <T> what each loop says
 * @param silent names of the loops that did not answer
 */
record LoopAnswers<T>(List<T> given, List<String> silent) {
    /** A loop that is well answers within one flush. */
    static final int DEADLINE_MILLIS = 1_000;

    /** Asks all loops at once; never fails, and completes on the management loop. */
    static <T> Future<LoopAnswers<T>> ask(
            Context management, List<Connections> asked, Function<Connections, Future<T>> question) {
        // While the node starts there are more and more.
        List<Connections> loops = List.copyOf(asked);
        Promise<LoopAnswers<T>> all = Promise.promise();
        Map<Integer, T> given = new TreeMap<>();
        long timer = management.owner().setTimer(DEADLINE_MILLIS, due -> all.tryComplete(of(loops, given)));
        if (loops.isEmpty()) {
            all.complete(of(loops, given));
        }
        for (int i = 0; i < loops.size(); i++) {
            int loop = i;
            question.apply(loops.get(i))
                    .onSuccess(answer -> management.runOnContext(turn -> {
                        given.put(loop, answer);
                        if (given.size() == loops.size()) {
                            management.owner().cancelTimer(timer);
                            all.tryComplete(of(loops, given));
                        }
                    }));
        }
        return all.future();
    }

    private static <T> LoopAnswers<T> of(List<Connections> loops, Map<Integer, T> given) {
        List<String> silent = new ArrayList<>();
        for (int i = 0; i < loops.size(); i++) {
            if (!given.containsKey(i)) {
                silent.add(loops.get(i).loop());
            }
        }
        return new LoopAnswers<>(List.copyOf(given.values()), silent);
    }

    /** Has an answer of another thread come on the management loop, or fail there if it does not come in time. */
    static <T extends @Nullable Object> Future<T> onto(Context management, Future<T> answer) {
        Promise<T> here = Promise.promise();
        answer.timeout(DEADLINE_MILLIS, TimeUnit.MILLISECONDS)
                .onComplete(done -> management.runOnContext(turn -> here.handle(done)));
        return here.future();
    }
}
