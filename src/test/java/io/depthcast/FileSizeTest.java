package io.depthcast;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One file, one noun, one screen. */
class FileSizeTest {
    private static final int MAX_CODE_LINES = 250;
    private static final Pattern SOURCE = Pattern.compile(".*\\.(java|js|css)");
    private static final Pattern NOT_CODE = Pattern.compile("\\s*(//.*|/?\\*.*)?");

    @ParameterizedTest
    @ValueSource(strings = {"src/main", "src/test", "src/bench"})
    void shouldKeepEveryFileBelowTheLimit(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            assertThat(files.filter(file -> SOURCE.matcher(file.toString()).matches()))
                    .allSatisfy(file -> assertThat(codeLines(file)).isLessThanOrEqualTo(MAX_CODE_LINES));
        }
    }

    private static long codeLines(Path file) throws IOException {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(line -> !NOT_CODE.matcher(line).matches()).count();
        }
    }
}
