package io.depthcast.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The documents for those who inherit the code, beside the code. */
class DocumentsTest {
    private static final Path SOURCES = Path.of("src/main/java/io/depthcast");

    @Test
    void shouldSayOfEachWordOfTheHouseWhereItLives() throws Exception {
        List<List<String>> words =
                Markdown.of("glossary.md").section("Words of the house").table(0);
        Set<String> types;
        try (Stream<Path> files = Files.walk(SOURCES)) {
            types = files.map(file -> file.getFileName().toString().replace(".java", ""))
                    .collect(Collectors.toSet());
        }

        assertThat(words).hasSizeGreaterThan(20).allSatisfy(row -> assertThat(types)
                .containsAll(Markdown.code(row.get(2))));
        assertThat(words)
                .allSatisfy(row ->
                        assertThat(Markdown.code(row.get(2))).as(row.get(0)).isNotEmpty());
    }

    @Test
    void shouldListEachDecisionOnce() {
        String decisions = Documents.text("decisions.md");
        List<String> headings = found("^## (?!All of them)(.*)$", decisions);

        assertThat(headings).isNotEmpty();
        assertThat(found("^- \\[(.*)]\\(#", decisions)).containsExactlyInAnyOrderElementsOf(headings);
    }

    private static List<String> found(String pattern, String text) {
        return Pattern.compile(pattern, Pattern.MULTILINE)
                .matcher(text)
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();
    }
}
