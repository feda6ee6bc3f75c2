package io.depthcast.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.NeedsProcesses;
import io.depthcast.interop.Nodes;
import io.depthcast.interop.Programs;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs the tests that are written in JavaScript in Node as well, but for those that read the documents of a page. */
@NeedsProcesses
@Timeout(120)
class ClientInNodeTest {
    private static final List<String> READ_DOCUMENTS = List.of("compact", "sbe");

    static List<String> nodes() throws InterruptedException {
        return Nodes.all();
    }

    @ParameterizedTest
    @MethodSource("nodes")
    void shouldPassTheTestsOfTheModules(String node) throws Exception {
        String modules = ClientModulesTest.MODULES.stream()
                .filter(module -> !READ_DOCUMENTS.contains(module))
                .collect(Collectors.joining(","));
        Map<String, String> environment = Map.of("CLIENT", path("/web/client/v1"), "MODULES", modules);
        List<String> command = List.of(node, "--test", "--test-reporter=tap", path("/browser/node.mjs"));
        Programs.Outcome outcome = Programs.run(command, environment);
        assertThat(outcome.output())
                .containsPattern("# pass ([5-9]\\d|\\d{3})\n")
                .contains("# fail 0\n", "# cancelled 0\n");
        assertThat(outcome.exitCode()).isZero();
    }

    private static String path(String resource) throws URISyntaxException {
        return Path.of(Objects.requireNonNull(ClientInNodeTest.class.getResource(resource))
                        .toURI())
                .toString();
    }
}
