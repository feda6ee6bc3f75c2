package io.depthcast.interop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** Programs that others wrote. Where one is missing its tests are skipped, loudly; with -Dinterop.required they fail. */
public final class Programs {
    private static final int PATIENCE_SECONDS = 90;

    /** What a program said, on both streams, and how it ended; -1 if it did not. */
    public record Outcome(int exitCode, String output) {}

    private Programs() {}

    public static void require(String what, List<String> command) throws InterruptedException {
        boolean there;
        try {
            there = run(command).exitCode() == 0;
        } catch (IOException e) {
            there = false;
        }
        if (there) {
            return;
        }
        String reason = "interop needs " + what;
        if (Boolean.getBoolean("interop.required")) {
            throw new IllegalStateException(reason);
        }
        System.err.println("\n*** INTEROP TESTS SKIPPED: " + reason + " ***\n");
        Assumptions.abort(reason);
    }

    public static Outcome run(List<String> command) throws IOException, InterruptedException {
        return run(command, Map.of());
    }

    /** With more in its environment than this process has. */
    public static Outcome run(List<String> command, Map<String, String> environment)
            throws IOException, InterruptedException {
        Path output = Files.createTempFile("interop", ".txt");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
            return new Outcome(ended ? process.exitValue() : -1, Files.readString(output));
        } finally {
            process.destroyForcibly();
            Files.delete(output);
        }
    }
}
