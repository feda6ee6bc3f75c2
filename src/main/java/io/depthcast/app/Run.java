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
        try (Signals signals = Signals.take()) {
            CompletableFuture<Gateway> starting =
                    Gateway.start(settings).toCompletionStage().toCompletableFuture();
            if (settings.hasLog() && signals.cameBefore(starting)) {
                // It may wait for brokers for ever, and nobody has come yet to whom to say good-bye.
                LOG.info("the gateway ends before it has started, as asked");
                Runtime.getRuntime().halt(ExitCode.OK);
            }
            Gateway gateway = starting.get();
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
            watch.close();
            keyWatch.close();
            drain(gateway, signals);
            result(gateway.stop());
            LOG.atInfo()
                    .addKeyValue("version", Version.text())
                    .addKeyValue("seconds", TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begunNanos))
                    .log(gateway.ended().succeeded() ? "the gateway has ended" : "the gateway has ended, as asked");
            return gateway.ended().succeeded() ? ExitCode.SUCCEEDED : ExitCode.OK;
        } catch (InterruptedException e) {
            err.println("depthcast: interrupted while starting or stopping");
            return ExitCode.CANNOT_START;
        } catch (ExecutionException e) {
            report(Objects.requireNonNullElse(e.getCause(), e), err);
            return ExitCode.CANNOT_START;
        }
    }

    private static void drain(Gateway gateway, Signals signals) {
        CompletableFuture<Void> drained = gateway.drain().toCompletionStage().toCompletableFuture();
        long connections = gateway.meters().audience();
        if (connections > 0 && !drained.isDone()) {
            LOG.info(
                    "sending {} clients away within {} s; a second signal ends this at once",
                    connections,
                    gateway.settings().drain().seconds());
        }
        signals.awaitSecondOr(drained);
    }

    private static void report(Throwable failure, PrintWriter err) {
        err.println("depthcast: " + failure.getMessage());
        if (!(failure instanceof CannotListen) && !(failure instanceof Transports.Unavailable)) {
            LOG.error("the gateway failed", failure);
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
