package io.depthcast.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.NeedsProcesses;
import io.depthcast.TestJvm;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A process of its own, because Netty looks for its library once. */
@NeedsProcesses
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class UnavailableTransportTest {
    @Test
    void shouldExitWithOneAndSayWhatToDo() throws Exception {
        Process gateway = new ProcessBuilder(TestJvm.command(
                        "-Dio.netty.transport.noNative=true",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "--set",
                        "http.transport=epoll"))
                .start();

        assertThat(new String(gateway.getErrorStream().readAllBytes(), StandardCharsets.UTF_8))
                .contains("depthcast: cannot use epoll (http.transport): Native transport was explicit disabled")
                .contains("; expected a Linux that has it, or take http.transport=auto\n");
        assertThat(gateway.waitFor()).isEqualTo(1);
    }
}
