package io.depthcast.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.app.Keys;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class YamlFileTest {
    @TempDir
    Path folder;

    @Test
    void shouldGiveTextsUnderTheirPathsNestedOrFlat() throws Exception {
        assertThat(read("http: {host: 127.0.0.1}\nfeed.seed: 007\n"))
                .isEqualTo(new Source(
                        List.of(Given.text("http.host", "127.0.0.1", name()), Given.text("feed.seed", "007", name())),
                        List.of()));
    }

    @Test
    void shouldGiveNothingForAnEmptyFileOrASectionWithEveryKeyCommentedOut() throws Exception {
        Source nothing = new Source(List.of(), List.of());
        assertThat(List.of(read(""), read("# comment\n"), read("---\n"), read("http:\n  # port: 1\n")))
                .containsOnly(nothing);
    }

    @Test
    void shouldTakeAListWhereOneIsExpectedAndNowhereElse() throws Exception {
        assertThat(read("limits:\n  trustedProxies: [10.0.0.0/8, 'fd00::/8']\n  frameBytes: [1]\n"))
                .isEqualTo(new Source(
                        List.of(
                                new Given("limits.trustedProxies", "10.0.0.0/8,fd00::/8", "a list", name()),
                                new Given("limits.frameBytes", null, "a list", name())),
                        List.of()));
    }

    @Test
    void shouldNameTheLineOfASyntaxError() throws Exception {
        assertThat(read("http:\n  port: 1\n host: x\n").mistakes())
                .containsExactly(name() + ":3: not YAML: expected <block end>, but found '<block mapping start>'");
        assertThat(read("http: {port: 1\n").mistakes())
                .containsExactly(name() + ":2: not YAML: expected ',' or '}', but got <stream end>");
        assertThat(read("http:\n\tport: 1\n").mistakes())
                .containsExactly(name() + ":2: not YAML: found character '\\t(TAB)' that cannot start any token. "
                        + "(Do not use \\t(TAB) for indentation)");
        assertThat(read("http: 1\n---\nhttp: 2\n").mistakes())
                .containsExactly(name() + ":2: not YAML: but found another document");
        assertThat(read("http: *nobody\n").mistakes())
                .containsExactly(name() + ":1: not YAML: found undefined alias nobody");
        assertThat(read("http:\n  host: \u0007\n").mistakes())
                .containsExactly(name() + ":2: not YAML: the character U+0007 is not allowed");
    }

    @Test
    void shouldRefuseWhatIsNoMapping() throws Exception {
        assertThat(read("- a\n").mistakes()).containsExactly(name() + ": expected keys and values, got a list");
        assertThat(read("abc\n").mistakes()).containsExactly(name() + ": expected keys and values, got \"abc\"");
    }

    @Test
    void shouldNotFollowAnAliasThatContainsItself() throws Exception {
        assertThat(read("http: &self\n  http: *self\n"))
                .isEqualTo(new Source(List.of(new Given("http.http", null, "a mapping", name())), List.of()));
    }

    @Test
    void shouldSayWhyAFileCannotBeRead() throws Exception {
        Catalogue catalogue = new Catalogue(Keys.ALL);
        Path none = folder.resolve("none.yaml");
        assertThat(YamlFile.read(none, catalogue).mistakes()).containsExactly(none + ": no such file");
        assertThat(YamlFile.read(folder, catalogue).mistakes())
                .containsExactly(folder + ": cannot be read: a folder, a pipe or a device");
        Path latin = Files.write(folder.resolve("latin.yaml"), "# für\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(YamlFile.read(latin, catalogue).mistakes()).containsExactly(latin + ": expected text in UTF-8");
    }

    private Source read(String text) throws Exception {
        return YamlFile.read(Files.writeString(folder.resolve("gateway.yaml"), text), new Catalogue(Keys.ALL));
    }

    private String name() {
        return folder.resolve("gateway.yaml").toString();
    }
}
