package io.depthcast.loadtest.rehearsal;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** HAProxy in front of both gateways, with the configuration that stands in the repository. */
final class Proxy implements AutoCloseable {
    private static final int STOP_SECONDS = 5;

    private static final int LOOK_MILLIS = 100;

    private final Process process;
    private final int port;

    Proxy(Path configuration, int port, Node a, Node b, Path log) throws IOException {
        this.port = port;
        ProcessBuilder builder = new ProcessBuilder("haproxy", "-db", "-f", configuration.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment()
                .putAll(Map.of(
                        "PUBLIC", "127.0.0.1:" + port,
                        "GATEWAY_A", "127.0.0.1:" + a.port(),
                        "GATEWAY_B", "127.0.0.1:" + b.port(),
                        "MANAGEMENT_A", Integer.toString(a.managementPort()),
                        "MANAGEMENT_B", Integer.toString(b.managementPort())));
        process = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    }

    /** Waits until it takes connections. */
    void awaitOpen() throws IOException, InterruptedException {
        while (process.isAlive()) {
            try {
                new Socket(InetAddress.getLoopbackAddress(), port).close();
                return;
            } catch (ConnectException notYet) {
                TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
            }
        }
        throw new IOException("haproxy ended with " + process.exitValue() + "; see its log");
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit()
                .completeOnTimeout(process, STOP_SECONDS, TimeUnit.SECONDS)
                .join();
        process.destroyForcibly();
    }
}
