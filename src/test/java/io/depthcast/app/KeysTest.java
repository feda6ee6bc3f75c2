package io.depthcast.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.config.Catalogue;
import io.depthcast.config.Given;
import io.depthcast.config.Key;
import io.depthcast.config.Kind;
import io.depthcast.config.Records;
import io.depthcast.config.Source;
import io.depthcast.config.YamlFile;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class KeysTest {
    private static final Path FILE = Path.of("conf/gateway.yaml");

    @Test
    void shouldHaveOneKeyForEachComponentInTheSameOrder() {
        assertThat(Keys.ALL)
                .extracting(Key::name)
                .containsExactlyElementsOf(paths(Settings.class, "").toList());
    }

    @Test
    void shouldFillTheRecordsWithEveryValueThatAKeyAllows() {
        for (Key key : Keys.ALL) {
            if (key.kind() instanceof Kind.WholeNumber number) {
                boolean messageMayNotBeSmaller = key.name().equals("limits.messageBytes");
                boolean frameMayNotBeLarger = key.name().equals("limits.frameBytes");
                assertThat(filledWith(key, messageMayNotBeSmaller ? 4_096 : number.min()))
                        .isNotNull();
                assertThat(filledWith(key, frameMayNotBeLarger ? 16_384 : number.max()))
                        .isNotNull();
            }
        }
    }

    @Test
    void shouldAcceptEveryDefault() {
        assertThat(Keys.ALL)
                .allSatisfy(key ->
                        assertThat(key.kind().parse(key.fallback().toString())).isEqualTo(key.fallback()));
    }

    @Test
    void shouldNameTheVariableOfAKey() {
        assertThat(Keys.ALL).extracting(Key::environmentName).contains("DEPTHCAST_FEED_EVENTSPERSECOND");
    }

    @Test
    void shouldStandInTheFileWithItsDefaultAndItsRange() throws Exception {
        Source file = YamlFile.read(FILE, new Catalogue(Keys.ALL));
        assertThat(file.mistakes()).isEmpty();
        assertThat(file.given())
                .containsExactlyElementsOf(Keys.ALL.stream()
                        .map(key -> Given.text(key.name(), key.fallback().toString(), FILE.toString()))
                        .toList());

        List<String> lines = Files.readAllLines(FILE);
        for (Key key : Keys.ALL) {
            assertThat(commentAbove(key, lines))
                    .as(key.name())
                    .contains(key.kind().expectation());
        }
    }

    @Test
    void shouldStandInTheTableOfTheOperationsPage() throws Exception {
        List<String> lines = Files.readAllLines(Path.of("src/docs/operations.md"));
        int head = lines.indexOf("| key | default | expects | meaning |");
        List<String> rows = Keys.ALL.stream().map(KeysTest::row).toList();

        assertThat(lines.subList(head + 2, head + 2 + Keys.ALL.size()))
                .as("the table of operations.md; it has to be:%n%s", String.join("\n", rows))
                .isEqualTo(rows);
        assertThat(lines.get(head + 2 + Keys.ALL.size())).isEmpty();
    }

    private static String row(Key key) {
        return "| `%s` | `%s` | %s | %s |"
                .formatted(key.name(), key.fallback(), key.kind().expectation(), key.description());
    }

    /** The comment lines directly above a key of a section, as one text. */
    private static String commentAbove(Key key, List<String> lines) {
        int dot = key.name().indexOf('.');
        int line = lines.indexOf(key.name().substring(0, dot) + ":");
        while (!lines.get(line).startsWith("  " + key.name().substring(dot + 1) + ":")) {
            line++;
        }
        StringBuilder comment = new StringBuilder();
        for (int above = line - 1; lines.get(above).startsWith("  # "); above--) {
            comment.insert(0, lines.get(above).substring(3));
        }
        return comment.toString();
    }

    private static Settings filledWith(Key key, long value) {
        Map<String, Object> values = new HashMap<>();
        Keys.ALL.forEach(each -> values.put(each.name(), each.fallback()));
        values.put("feed.own", Map.of());
        values.put(key.name(), value);
        return Records.fill(Settings.class, "", values);
    }

    private static Stream<String> paths(Class<?> type, String prefix) {
        return Arrays.stream(type.getRecordComponents()).flatMap(component -> paths(component, prefix));
    }

    private static Stream<String> paths(RecordComponent component, String prefix) {
        String path = prefix + Records.nameOf(component);
        if (component.getType() == Map.class) {
            // Keys of sources of one's own, none of which is here.
            return Stream.empty();
        }
        return component.getType().isRecord() ? paths(component.getType(), path + ".") : Stream.of(path);
    }
}
