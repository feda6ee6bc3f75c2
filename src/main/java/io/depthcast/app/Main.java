package io.depthcast.app;

import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Where the JVM enters. */
public final class Main {
    private static volatile boolean alone;

    private Main() {}

    /** Whether this JVM is ours alone, so that it may be ended. */
    static boolean isAlone() {
        return alone;
    }

    public static void main(String[] arguments) {
        // Maven has a thread of another name call this.
        alone = Thread.currentThread().getName().equals("main");
        int exitCode =
                GatewayCommand.commandLine(System.getenv(), systemProperties()).execute(arguments);
        // Returning lets Maven, in whose JVM exec:java runs us, finish its build; only a failure must end the JVM.
        if (exitCode != ExitCode.OK) {
            System.exit(exitCode);
        }
    }

    private static Map<String, String> systemProperties() {
        return System.getProperties().stringPropertyNames().stream()
                .collect(Collectors.toMap(Function.identity(), name -> System.getProperty(name, "")));
    }
}
