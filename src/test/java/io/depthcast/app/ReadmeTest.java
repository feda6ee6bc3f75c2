package io.depthcast.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.config.Key;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReadmeTest {
    private static final String HEAD = "| key | default | expects | meaning |";

    @Test
    void shouldHaveTheTableOfKeys() throws Exception {
        List<String> lines = Files.readAllLines(Path.of("README.md"));
        int head = lines.indexOf(HEAD);
        List<String> rows = Keys.ALL.stream().map(ReadmeTest::row).toList();

        assertThat(lines.subList(head + 2, head + 2 + Keys.ALL.size()))
                .as("README's table; it has to be:%n%s", String.join("\n", rows))
                .isEqualTo(rows);
        assertThat(lines.get(head + 2 + Keys.ALL.size())).isEmpty();
    }

    @Test
    void shouldNameThePackagesThatThereAre() throws Exception {
        List<String> named = Files.readAllLines(Path.of("README.md")).stream()
                .filter(line -> line.matches("\\| `[a-z]+` \\|.*"))
                .map(line -> line.substring(3, line.indexOf('`', 3)))
                .toList();
        try (var folders = Files.list(Path.of("src/main/java/io/depthcast"))) {
            assertThat(named)
                    .containsExactlyInAnyOrderElementsOf(
                            folders.map(folder -> folder.getFileName().toString())
                                    .toList());
        }
    }

    private static String row(Key key) {
        return "| `%s` | `%s` | %s | %s |"
                .formatted(key.name(), key.fallback(), key.kind().expectation(), key.description());
    }
}
