package io.depthcast;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table that a person reads, beside the one that holds the packages. */
class PackageTableTest {
    private static final Pattern ROW = Pattern.compile("^\\| `([a-z]+)` \\|[^|]*\\|([^|]*)\\|$", Pattern.MULTILINE);

    @Test
    void shouldSayWhatEachPackageThatThereIsMayUse() throws Exception {
        Map<String, Set<String>> said = new TreeMap<>();
        ROW.matcher(Files.readString(Path.of("src/docs/architecture.md")))
                .results()
                .forEach(row -> said.put(
                        row.group(1),
                        row.group(2).isBlank()
                                ? Set.of()
                                : new TreeSet<>(Set.of(row.group(2).trim().split(" ")))));

        Map<String, Set<String>> held = new TreeMap<>();
        Set<String> there = packages();
        for (String name : there) {
            Set<String> mayUse = new TreeSet<>(ArchitectureTest.MAY_USE.get(name));
            mayUse.retainAll(there);
            held.put(name, name.equals("app") ? Set.of("all") : mayUse);
        }
        assertThat(said).isEqualTo(held);
    }

    private static Set<String> packages() throws IOException {
        try (Stream<Path> folders = Files.list(Path.of("src/main/java/io/depthcast"))) {
            return new TreeSet<>(
                    folders.map(folder -> folder.getFileName().toString()).toList());
        }
    }
}
