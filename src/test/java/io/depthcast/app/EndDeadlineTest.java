package io.depthcast.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.NeedsProcesses;
import io.depthcast.TestJvm;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A process that has a second for its end, and never comes to it. */
@NeedsProcesses
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class EndDeadlineTest {
    @Test
    void shouldHaltTheProcessAndSayWhereItStands() throws Exception {
        Process stuck = start();

        assertThat(stuck.errorReader().lines())
                .startsWith("depthcast: the end took too long; this process is halted while these threads run")
                .anyMatch(line -> line.startsWith("  main in "));
        assertThat(stuck.waitFor()).isEqualTo(ExitCode.DISORDERLY);
    }

    @Test
    void shouldHaltTheProcessAlthoughNobodyReadsWhatItSays() throws Exception {
        assertThat(start("talks").waitFor()).isEqualTo(ExitCode.DISORDERLY);
    }

    private static Process start(String... arguments) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                TestJvm.command("-cp", System.getProperty("java.class.path"), Stuck.class.getName()));
        builder.command().addAll(List.of(arguments));
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        return builder.start();
    }

    /** One that is told to talk does not even get rid of its words. */
    static final class Stuck {
        public static void main(String[] arguments) throws InterruptedException {
            EndDeadline deadline = EndDeadline.begin(ExitCode.DISORDERLY);
            deadline.within(1);
            while (arguments.length > 0) {
                System.err.println("nobody reads this, and soon there is no room for it");
            }
            new CountDownLatch(1).await();
        }
    }
}
