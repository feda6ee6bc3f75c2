package io.depthcast.app;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes SIGINT and SIGTERM until it is closed. The first asks to stop, the second to be quick about it; a third ends the
 * process where it stands. SIGHUP is taken where somebody wants it, and ends the process elsewhere.
 *
 * <p>A shutdown hook would not do: the process would end with 143 instead of 0, and the JVM ignores a second signal while
 * its hooks run. {@code sun.misc.Signal} is in every JDK in use, but javac cannot be asked to accept its name without a
 * warning; so it is called by reflection.
 */
final class Signals implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Signals.class);
    /** What a shell reports of a process that a signal ended: 128 and the number of the signal. */
    private static final Map<String, Integer> EXIT_CODES = Map.of("INT", 130, "TERM", 143);

    /** Nanoseconds: who signals a process and then its group, as {@code timeout} does, sends one signal twice. */
    private static final long SAME_NANOS = 200_000_000;

    private final CompletableFuture<Void> first = new CompletableFuture<>();
    private final CompletableFuture<Void> second = new CompletableFuture<>();
    private final Map<Object, Object> former = new LinkedHashMap<>();
    private final Class<?> signalType;
    private final Class<?> handlerType;
    private final Method handle;
    private long lastNanos;

    private Signals() throws ReflectiveOperationException {
        signalType = Class.forName("sun.misc.Signal");
        handlerType = Class.forName("sun.misc.SignalHandler");
        handle = signalType.getMethod("handle", signalType, handlerType);
    }

    static Signals take() {
        try {
            Signals signals = new Signals();
            for (Map.Entry<String, Integer> signal : EXIT_CODES.entrySet()) {
                signals.take(signal.getKey(), () -> signals.arrived(signal.getValue()));
            }
            return signals;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this JVM does not pass signals on", e);
        }
    }

    /** Has this done at each SIGHUP, on a thread of its own. On a system without that signal nothing happens. */
    void onHangUp(Runnable action) {
        try {
            take("HUP", action);
        } catch (InvocationTargetException noSuchSignal) {
            LOG.info("SIGHUP is not taken here: {}", String.valueOf(noSuchSignal.getCause()));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this JVM does not pass signals on", e);
        }
    }

    /** Has these done at the first and at the second signal, on the thread that brings it. */
    void onAsked(Runnable atFirst, Runnable atSecond) {
        var unused = first.thenRun(atFirst);
        unused = second.thenRun(atSecond);
    }

    /** The same as a signal. */
    void ask() {
        arrived(0);
    }

    /** Waits until something is done or has failed, or for the first signal; whether that came before. */
    boolean cameBefore(CompletableFuture<?> done) {
        await(CompletableFuture.anyOf(first, done.handle((result, failure) -> failure == null)));
        return !done.isDone();
    }

    /** Waits for the first signal. */
    void awaitFirst() {
        await(first);
    }

    /** Waits until something is done, or for the second signal. */
    void awaitSecondOr(CompletableFuture<Void> done) {
        await(CompletableFuture.anyOf(second, done));
    }

    /** An interrupt asks for the same as a signal and is taken as one, so that stopping may wait too. */
    private void await(CompletableFuture<?> either) {
        try {
            either.get();
        } catch (InterruptedException e) {
            arrived(0);
        } catch (ExecutionException e) {
            throw new IllegalStateException("what was waited for has failed", e);
        }
    }

    /** Gives the signals back to whom they belonged: we may run inside another program's JVM, Maven's for one. */
    @Override
    public void close() {
        try {
            for (Map.Entry<Object, Object> signal : former.entrySet()) {
                handle.invoke(null, signal.getKey(), signal.getValue());
            }
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this JVM does not take signals back", e);
        }
    }

    private void take(String name, Runnable action) throws ReflectiveOperationException {
        Object signal = signalType.getConstructor(String.class).newInstance(name);
        Class<?>[] types = {handlerType};
        Object handler = Proxy.newProxyInstance(handlerType.getClassLoader(), types, (self, method, arguments) -> {
            action.run();
            return null;
        });
        former.put(signal, handle.invoke(null, signal, handler));
    }

    /** Each call comes on a thread of its own. */
    private synchronized void arrived(int exitCode) {
        long nowNanos = System.nanoTime();
        if (first.isDone() && nowNanos - lastNanos <= SAME_NANOS) {
            return;
        }
        lastNanos = nowNanos;
        if (!first.complete(null) && !second.complete(null)) {
            Runtime.getRuntime().halt(exitCode);
        }
    }
}
