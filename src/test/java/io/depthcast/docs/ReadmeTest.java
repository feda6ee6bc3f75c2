package io.depthcast.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What lies at the root, for whoever comes first. */
class ReadmeTest {
    private static final Pattern LINK = Pattern.compile("]\\(([^)#:]+)(#[^)]*)?\\)");

    @ParameterizedTest
    @CsvSource({"README.md, 1200", "src/docs/contributing.md, 1200"})
    void shouldBeShort(Path page, int words) throws Exception {
        assertThat(Files.readString(page).split("\\s+")).hasSizeLessThanOrEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource({"README.md", "src/docs/contributing.md"})
    void shouldLeadToFilesThatThereAre(Path page) throws Exception {
        List<Path> linked = LINK.matcher(Files.readString(page))
                .results()
                .map((MatchResult match) -> page.resolveSibling(match.group(1)))
                .toList();

        assertThat(linked).isNotEmpty().allSatisfy(file -> assertThat(file).exists());
    }
}
