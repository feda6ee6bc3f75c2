package io.depthcast.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.NeedsProcesses;
import io.depthcast.auth.AuthSettings;
import io.depthcast.auth.KeySet;
import io.depthcast.auth.TestIssuer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a running gateway makes of a changed key file. */
@NeedsProcesses
class KeyReloadTest implements KeyReload.Target {
    @TempDir
    Path folder;

    private final List<Set<String>> taken = new ArrayList<>();
    private int refused;

    @Override
    public void take(KeySet keys) {
        taken.add(keys.ids());
    }

    @Override
    public void refused() {
        refused++;
    }

    @Test
    void shouldTakeAChangedFileAsAWholeOrNotAtAll() throws Exception {
        Path file = folder.resolve("keys.json");
        TestIssuer one = TestIssuer.edwards("one");
        AuthSettings settings = TestIssuer.settings(file, 5, one);
        KeyReload reload = new KeyReload(settings, KeyFile.read(settings).keys(), this);

        reload.now();
        assertThat(taken).isEmpty();
        String two = TestIssuer.keySet(one, TestIssuer.edwards("two"));
        Files.writeString(file, two);
        reload.now();
        reload.now();
        assertThat(taken).isEqualTo(List.of(Set.of("one", "two")));

        Files.writeString(file, two.substring(1));
        reload.now();
        Files.writeString(file, "{\"keys\":[{\"kid\":\"a\",\"kty\":\"oct\",\"k\":\"AAAA\"}]}");
        reload.now();
        Files.delete(file);
        reload.now();
        assertThat(refused).isEqualTo(3);
        assertThat(taken).hasSize(1);
    }

    @Test
    @Timeout(300)
    void shouldRefuseAPipeAndTakeTheNextFile() throws Exception {
        Path file = folder.resolve("keys.json");
        TestIssuer one = TestIssuer.edwards("one");
        AuthSettings settings = TestIssuer.settings(file, 5, one);
        KeyReload reload = new KeyReload(settings, KeyFile.read(settings).keys(), this);
        Files.delete(file);
        assertThat(new ProcessBuilder("mkfifo", file.toString()).start().waitFor())
                .isZero();

        reload.now();
        assertThat(refused).isEqualTo(1);
        assertThat(KeyFile.read(settings).mistake())
                .isEqualTo(
                        "auth.keys: " + file + ": expected a file that can be read, got a folder, a pipe or a device");

        Files.delete(file);
        Files.writeString(file, TestIssuer.keySet(TestIssuer.edwards("two")));
        reload.now();
        assertThat(taken).isEqualTo(List.of(Set.of("two")));
    }

    @Test
    void shouldNameTheFileAndWhatIsWrongWithIt() throws Exception {
        Path file = folder.resolve("keys.json");
        AuthSettings settings = new AuthSettings(file.toString(), AuthSettings.ANY, AuthSettings.ANY, 5);
        assertThat(KeyFile.read(settings).mistake())
                .isEqualTo("auth.keys: " + file + ": expected a file that can be read, got NoSuchFileException");
        Files.writeString(file, "{}");
        assertThat(KeyFile.read(settings).mistake())
                .isEqualTo("auth.keys: " + file + ": keys: expected an array of at least one key");
        assertThat(KeyFile.read(AuthSettings.OFF)).isEqualTo(new KeyFile.Contents(null, null));
    }
}
