package io.depthcast.session;

import io.netty.util.concurrent.FastThreadLocalThread;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One flush of one book to sessions that share its message, from the answer of the shard to sockets that cost nothing: what two
 * counts of sessions differ by is the time and the garbage of one more.
 * {@code mvn -Pbench test-compile exec:exec -Djmh.args="SessionBenchmark -prof gc"}; a minute.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 2,
        jvmArgsAppend = {
            "-Djmh.executor=CUSTOM",
            "-Djmh.executor.class=io.depthcast.session.SessionBenchmark$Loop",
            "-Dio.netty.leakDetection.level=disabled"
        })
public class SessionBenchmark {
    @Param({"100", "1100"})
    private int sessions;

    private PlayedSessions played;

    @Setup
    public void subscribe() {
        played = new PlayedSessions(sessions);
    }

    @TearDown
    public void close() {
        played.close();
    }

    @Benchmark
    public void flush() {
        played.flush();
    }

    /** Netty pools for threads of its kind, as event loops are. */
    public static final class Loop extends ThreadPoolExecutor {
        public Loop(int threads, String name) {
            super(
                    threads,
                    threads,
                    0,
                    TimeUnit.SECONDS,
                    new LinkedBlockingQueue<>(),
                    task -> new FastThreadLocalThread(task, name));
        }
    }
}
