package io.depthcast.app;

import io.depthcast.http.CannotListen;
import io.vertx.core.Future;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run of the gateway, from its start until it is asked to stop. */
final class Run {
    private static final Logger LOG = LoggerFactory.getLogger(Run.class);

    /** Beyond the drain, until the clients that answer no close are given up. */
    private static final int LAST_CLOSE_SECONDS = 5;

    private static final Set<String> WILDCARDS = Set.of("0.0.0.0", "::", "[::]");

    private Run() {}

    /**
     * Where changes of the configuration come from.
     *
     * @param file none if the gateway has no file
     */
    record Changes(@Nullable Path file, Reload reload) {
        private ConfigWatch watch(Gateway gateway) {
            return new ConfigWatch(file, ConfigWatch.LOOK_MILLIS, () -> reload.now(new Running(gateway)));
        }
    }

    /** A running gateway and its log. */
    private record Running(Gateway gateway) implements Reload.Target {
        @Override
        public void take(Settings settings) {
            Logging.level(settings.log().level());
            gateway.take(settings);
            gateway.meters().reloads().taken();
        }

        @Override
        public void refused() {
            gateway.meters().reloads().refused();
        }
    }

    /**
     * Blocks until a signal or an interrupt. Returns the exit code.
     *
     * @param changed the settings that are not defaults, as they may be shown
     */
    static int untilAsked(Settings settings, String changed, Changes changes, PrintWriter out, PrintWriter err) {
        long begunNanos = System.nanoTime();
        EndDeadline deadline = EndDeadline.begin(ExitCode.DISORDERLY);
        Ending ending = new Ending();
        try (Signals signals = Signals.take()) {
            signals.onAsked(
                    () -> deadline.within(settings.drain().seconds() + EndDeadline.MARGIN_SECONDS),
                    () -> deadline.sooner(EndDeadline.MARGIN_SECONDS));
            Gateway gateway = start(settings, signals);
            tellStart(gateway, settings, changed, out);
            EndClasses.loadAside();
            serve(gateway, settings, changes, signals, ending);
            ending.step("drain", () -> drain(gateway, signals, deadline));
            ending.step("stop", () -> result(gateway.stop()));
            ending.step("say so", () -> tellEnd(gateway, begunNanos));
            return exitCode(gateway, ending);
        } catch (InterruptedException e) {
            err.println("depthcast: interrupted while starting or stopping");
            return ExitCode.CANNOT_START;
        } catch (ExecutionException e) {
            report(Objects.requireNonNullElse(e.getCause(), e), err);
            return ExitCode.CANNOT_START;
        } catch (RuntimeException | Error e) {
            // Loops run, which would keep a process whose main thread has gone.
            report(e, err);
            return ExitCode.CANNOT_START;
        } finally {
            // A thread that is left then has no more to do; but another program's JVM is not ours to end.
            if (Main.isAlone()) {
                deadline.within(EndDeadline.MARGIN_SECONDS);
            } else {
                deadline.lift();
            }
        }
    }

    private static Gateway start(Settings settings, Signals signals) throws ExecutionException, InterruptedException {
        CompletableFuture<Gateway> starting =
                Gateway.start(settings).toCompletionStage().toCompletableFuture();
        if (settings.hasLog() && signals.cameBefore(starting)) {
            // It may wait for brokers for ever, and nobody has come yet to whom to say good-bye.
            LOG.info("the gateway ends before it has started, as asked");
            Runtime.getRuntime().halt(ExitCode.OK);
        }
        return starting.get();
    }

    private static void tellStart(Gateway gateway, Settings settings, String changed, PrintWriter out) {
        LOG.atInfo()
                .addKeyValue("version", Version.text())
                .addKeyValue("java", Runtime.version())
                .addKeyValue("transport", gateway.transport())
                .addKeyValue("settings", changed)
                .log("the gateway runs");
        out.println(startLine(settings, gateway));
        out.flush();
        if (gateway.ingestPort() != 0) {
            LOG.info(
                    "publishers connect to port {} of {}",
                    gateway.ingestPort(),
                    settings.ingest().host());
        }
    }

    /** Until the first signal. */
    private static void serve(Gateway gateway, Settings settings, Changes changes, Signals signals, Ending ending) {
        ConfigWatch watch = changes.watch(gateway);
        ConfigWatch keyWatch = KeyReload.watch(settings.auth(), gateway);
        if (changes.file() != null) {
            signals.onHangUp(watch::lookNow);
        }
        gateway.ended().onSuccess(reason -> {
            LOG.error("this process ends: {}", reason);
            signals.ask();
        });
        signals.awaitFirst();
        ending.step("leave its configuration alone", watch::close);
        ending.step("leave its keys alone", keyWatch::close);
    }

    private static void drain(Gateway gateway, Signals signals, EndDeadline deadline) {
        int seconds = gateway.settings().drain().seconds();
        deadline.within(seconds + EndDeadline.MARGIN_SECONDS);
        CompletableFuture<Void> drained = gateway.drain()
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(seconds + LAST_CLOSE_SECONDS, TimeUnit.SECONDS);
        long connections = gateway.meters().audience();
        if (connections > 0 && !drained.isDone()) {
            LOG.info("sending {} clients away within {} s; a second signal ends this at once", connections, seconds);
        }
        signals.awaitSecondOr(drained);
    }

    private static void tellEnd(Gateway gateway, long begunNanos) {
        LOG.atInfo()
                .addKeyValue("version", Version.text())
                .addKeyValue("seconds", TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begunNanos))
                .log(gateway.ended().succeeded() ? "the gateway has ended" : "the gateway has ended, as asked");
    }

    private static int exitCode(Gateway gateway, Ending ending) {
        if (gateway.ended().succeeded()) {
            return ExitCode.SUCCEEDED;
        }
        return ending.isOrderly() ? ExitCode.OK : ExitCode.DISORDERLY;
    }

    private static void report(Throwable failure, PrintWriter err) {
        err.println("depthcast: " + failure.getMessage());
        if (!(failure instanceof CannotListen) && !(failure instanceof Transports.Unavailable)) {
            Ending.tell("the gateway failed", failure);
        }
    }

    private static String startLine(Settings settings, Gateway gateway) {
        if (!settings.node().hasClients()) {
            return "depthcast %s feeds the log %s of %s (management %d)"
                    .formatted(
                            Version.text(),
                            settings.journal().name(),
                            settings.kafka().bootstrap(),
                            gateway.managementPort());
        }
        String host = settings.http().host();
        return "depthcast %s listening on %s://%s:%d/ (management %d), by %s"
                .formatted(
                        Version.text(),
                        settings.tls().isOn() ? "https" : "http",
                        WILDCARDS.contains(host) ? "localhost" : host,
                        gateway.httpPort(),
                        gateway.managementPort(),
                        gateway.transport());
    }

    private static <T extends @Nullable Object> T result(Future<T> future)
            throws ExecutionException, InterruptedException {
        return future.toCompletionStage().toCompletableFuture().get();
    }
}
