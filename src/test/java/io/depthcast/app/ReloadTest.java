package io.depthcast.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.config.Catalogue;
import io.depthcast.config.Configuration;
import io.depthcast.config.Key;
import io.depthcast.config.Reading;
import io.depthcast.config.YamlFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a running gateway makes of a changed file. */
class ReloadTest implements Reload.Target {
    @TempDir
    Path folder;

    private final List<Settings> taken = new ArrayList<>();
    private int refused;
    private Path file;
    private Reload reload;

    @BeforeEach
    void start() throws Exception {
        file = folder.resolve("gateway.yaml");
        write("limits: {pingBurst: 5}");
        reload = new Reload(this::read, ((Reading.Accepted) read()).settings());
    }

    @Test
    void shouldHaveKeysThatThereAre() {
        assertThat(Keys.ALL).extracting(Key::name).containsAll(LiveParts.KEYS);
    }

    @Test
    void shouldTakeWhatNeedsNoRestartAndKeepTheRest() throws Exception {
        write("limits: {pingBurst: 6}\nhttp: {port: 9000}\nlog: {level: debug}");
        reload.now(this);

        assertThat(taken).singleElement().satisfies(settings -> {
            assertThat(settings.limits().pingBurst()).isEqualTo(6);
            assertThat(settings.log().level()).isEqualTo("debug");
            assertThat(settings.http().port()).isEqualTo(8080);
        });
    }

    @Test
    void shouldTakeNothingIfAnythingIsWrong() throws Exception {
        for (String wrong :
                List.of("limits: {pingBurst: 6, pingsPerSecond: x}", "limits: {pingBrust: 6}", "{", "- a")) {
            write(wrong);
            reload.now(this);
        }
        Files.delete(file);
        reload.now(this);

        assertThat(taken).isEmpty();
        assertThat(refused).isEqualTo(5);
    }

    @Test
    void shouldGoBackToTheDefaultOfAKeyThatIsLeftOut() throws Exception {
        write("");
        reload.now(this);

        assertThat(taken)
                .singleElement()
                .satisfies(settings -> assertThat(settings.limits().pingBurst()).isEqualTo(200));
    }

    @Test
    void shouldBeWellAgainOnceAMistakeIsTakenBack() throws Exception {
        write("limits: {pingBurst: none}");
        reload.now(this);
        write("limits: {pingBurst: 5}");
        reload.now(this);
        reload.now(this);

        assertThat(refused).isEqualTo(1);
        assertThat(taken)
                .singleElement()
                .satisfies(settings -> assertThat(settings.limits().pingBurst()).isEqualTo(5));
    }

    private Reading read() {
        Catalogue catalogue = new Catalogue(Keys.ALL);
        return Configuration.read(catalogue, List.of(YamlFile.read(file, catalogue)), Rules.ALL);
    }

    private void write(String text) throws Exception {
        Files.writeString(file, text);
    }

    @Override
    public void take(Settings settings) {
        taken.add(settings);
    }

    @Override
    public void refused() {
        refused++;
    }
}
