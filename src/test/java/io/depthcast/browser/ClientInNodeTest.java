package io.depthcast.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.NeedsProcesses;
import io.depthcast.interop.Programs;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Runs the tests that are written in JavaScript in Node as well, but for those that read the documents of a page. */
@NeedsProcesses
@Timeout(120)
class ClientInNodeTest {
    private static final List<String> READ_DOCUMENTS = List.of("compact", "sbe");

    @Test
    void shouldPassTheTestsOfTheModules() throws Exception {
        Programs.require("nodejs", List.of("node", "--version"));
        Stream<String> files = ClientModulesTest.MODULES.stream()
                .filter(module -> !READ_DOCUMENTS.contains(module))
                .map(module -> module + ".test.js");
        List<String> command = List.of("node", path("/browser/node.mjs"), path("/web/client/v1"));
        Programs.Outcome outcome =
                Programs.run(Stream.concat(command.stream(), files).toList());
        assertThat(outcome.output().lines()).hasSizeGreaterThan(50).allMatch(line -> line.startsWith("ok - "));
        assertThat(outcome.exitCode()).isZero();
    }

    private static String path(String resource) throws URISyntaxException {
        return Path.of(Objects.requireNonNull(ClientInNodeTest.class.getResource(resource))
                        .toURI())
                .toString();
    }
}
