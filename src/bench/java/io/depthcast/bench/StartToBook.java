package io.depthcast.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Time and CPU from {@code java -jar} to the first book served, without and with the class-data archive that the build made
 * beside the jar, in turn. Arguments: rounds (7), and the jar ({@code target/depthcast-1.0.0.jar}). Its own JVM has to be the
 * one that built both.
 */
public final class StartToBook {
    private static final Pattern LISTENING = Pattern.compile("listening on (http://[^:]+:\\d+/)");
    private static final int LONGEST_SECONDS = 60;
    private static final int ROUNDS = 7;

    private final HttpClient http = HttpClient.newHttpClient();
    private final Path jar;
    private final Path archive;

    private StartToBook(Path jar) {
        this.jar = jar;
        this.archive = Path.of(jar.toString().replaceAll("\\.jar$", ".jsa"));
    }

    private record Start(long wallMillis, long cpuMillis) {}

    public static void main(String[] arguments) throws Exception {
        int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : ROUNDS;
        Path jar = Path.of(arguments.length > 1 ? arguments[1] : "target/depthcast-1.0.0.jar");
        new StartToBook(jar.toAbsolutePath()).measure(rounds);
    }

    private void measure(int rounds) throws Exception {
        if (!Files.exists(archive)) {
            throw new IOException(archive + " is missing: mvn package makes it");
        }
        List<Start> without = new ArrayList<>();
        List<Start> with = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            without.add(start("-Xshare:auto"));
            with.add(start("-XX:SharedArchiveFile=" + archive));
        }
        System.out.printf("%d rounds, medians%n", rounds);
        System.out.printf("%-24s %8s %8s%n", "", "wall ms", "CPU ms");
        print("java -jar", without);
        print("with the archive", with);
        System.out.printf(
                "%-24s %8.2f %8.2f%n",
                "ratio",
                (double) median(with, Start::wallMillis) / median(without, Start::wallMillis),
                (double) median(with, Start::cpuMillis) / median(without, Start::cpuMillis));
    }

    private Start start(String flag) throws IOException, InterruptedException {
        long begunNanos = System.nanoTime();
        Process process = new ProcessBuilder(command(flag))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            takeBook(URI.create(awaitAddress(process) + "v1/book/BTC-USD"));
            long wallNanos = System.nanoTime() - begunNanos;
            Duration cpu = process.info().totalCpuDuration().orElseThrow();
            return new Start(TimeUnit.NANOSECONDS.toMillis(wallNanos), cpu.toMillis());
        } finally {
            process.destroy();
            process.waitFor();
        }
    }

    private List<String> command(String flag) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                flag,
                "-jar",
                jar.toString(),
                "--port=0",
                "--set=http.host=127.0.0.1",
                "--set=management.port=0",
                "--set=ingest.port=0");
    }

    private static String awaitAddress(Process process) throws IOException {
        BufferedReader out = process.inputReader();
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            Matcher found = LISTENING.matcher(line);
            if (found.find()) {
                return found.group(1);
            }
        }
        throw new IOException("the gateway ended before it listened");
    }

    private void takeBook(URI book) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(book)
                .timeout(Duration.ofSeconds(LONGEST_SECONDS))
                .build();
        int status = http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        if (status != 200) {
            throw new IOException("the first book was answered with " + status);
        }
    }

    private static void print(String name, List<Start> starts) {
        System.out.printf("%-24s %8d %8d%n", name, median(starts, Start::wallMillis), median(starts, Start::cpuMillis));
    }

    private static long median(List<Start> starts, ToLongFunction<Start> of) {
        return starts.stream().mapToLong(of).sorted().toArray()[starts.size() / 2];
    }
}
