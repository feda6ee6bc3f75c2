package io.depthcast;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The JVM of a program that a test starts: that of the tests, by the same compilers. A program that lives for seconds is over
 * before the second compiler pays.
 */
public final class TestJvm {
    private static final String COMPILERS = "-XX:TieredStopAtLevel=";

    private TestJvm() {}

    /** {@code java} with the flags of the compilers, and what else it is given. */
    public static List<String> command(String... more) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        for (String flag : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
            if (flag.startsWith(COMPILERS)) {
                command.add(flag);
            }
        }
        command.addAll(List.of(more));
        return command;
    }
}
