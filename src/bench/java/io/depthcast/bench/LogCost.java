package io.depthcast.bench;

import io.depthcast.KafkaBroker;
import io.depthcast.bench.LogNodeCost.Task;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What the log of many nodes adds: the same market in one process, then as a feed and two gateways with a broker between, all on
 * this machine; from when an event was due until it is in the books, CPU an event, bytes, and how long joining takes.
 * Arguments: events a second, instruments, seconds to warm up, seconds to measure.
 */
public final class LogCost {
    private static final int GATEWAYS = 2;

    private final Task task;
    private final List<Process> running = new ArrayList<>();

    private LogCost(Task task) {
        this.task = task;
    }

    public static void main(String[] arguments) throws Exception {
        String[] given = {"100000", "24", "15", "20"};
        System.arraycopy(arguments, 0, given, 0, arguments.length);
        try (KafkaBroker broker = KafkaBroker.started()) {
            new LogCost(Task.of(new String[] {"", broker.bootstrap(), given[0], given[1], given[2], given[3]})).run();
        }
    }

    private void run() throws Exception {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> running.forEach(Process::destroyForcibly)));
        System.out.printf("%,d events/s of %,d instruments%n", task.eventsPerSecond(), task.instruments());
        await(start("one", task.seconds()));
        Process feed = start("feed", task.seconds());
        List<Process> gateways = new ArrayList<>();
        for (int i = 0; i < GATEWAYS; i++) {
            gateways.add(start("gateway", task.seconds()));
        }
        for (Process gateway : gateways) {
            await(gateway);
        }
        await(feed);
        // Once more, because a feed that has measured ends: who joins does so beside one that speaks.
        Process speaking = start("feed", 2 * task.warmSeconds());
        TimeUnit.SECONDS.sleep(task.warmSeconds());
        await(start("gateway", 0));
        speaking.destroyForcibly().waitFor();
    }

    private Process start(String role, int seconds) throws IOException {
        Task its = new Task(
                role, task.bootstrap(), task.eventsPerSecond(), task.instruments(), task.warmSeconds(), seconds);
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms600m",
                "-Xmx600m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                LogNodeCost.class.getName()));
        command.addAll(its.words());
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        running.add(process);
        Thread says =
                new Thread(() -> process.inputReader().lines().forEach(line -> System.out.println(role + ": " + line)));
        says.setDaemon(true);
        says.start();
        return process;
    }

    private static void await(Process process) throws InterruptedException {
        process.waitFor();
    }
}
