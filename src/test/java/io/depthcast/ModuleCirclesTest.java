package io.depthcast;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Modules of the browser's side that import each other in a circle can only be read, tested and changed together. */
class ModuleCirclesTest {
    private static final Pattern IMPORTED =
            Pattern.compile("^(?:import|export)\\b[^;]*?from '(\\.[^']+)';", Pattern.MULTILINE);

    @Test
    void shouldImportNothingInACircle() throws IOException {
        Map<Path, Set<Path>> imports = imports();
        assertThat(imports.values().stream().mapToInt(Set::size).sum())
                .as("imports")
                .isGreaterThan(100);
        assertThat(inCircles(imports)).isEmpty();
    }

    @Test
    void shouldFindACircle() {
        Path a = Path.of("a.js");
        Path b = Path.of("b.js");
        Path c = Path.of("c.js");
        assertThat(inCircles(Map.of(a, Set.of(b), b, Set.of(c), c, Set.of(b)))).containsExactly(b, c);
    }

    private static Map<Path, Set<Path>> imports() throws IOException {
        Map<Path, Set<Path>> imports = new HashMap<>();
        try (Stream<Path> files = Files.walk(Path.of("src/main/resources/web"))) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".js")).toList()) {
                Set<Path> imported = new HashSet<>();
                Matcher found = IMPORTED.matcher(Files.readString(file));
                while (found.find()) {
                    imported.add(file.resolveSibling(found.group(1)).normalize());
                }
                imports.put(file, imported);
            }
        }
        return imports;
    }

    /** Those that are left when whoever imports nothing of the rest, or is imported by nobody of it, is taken away. */
    private static Set<Path> inCircles(Map<Path, Set<Path>> imports) {
        Set<Path> left = new TreeSet<>(imports.keySet());
        int before;
        do {
            before = left.size();
            left.removeIf(each -> imports.get(each).stream().noneMatch(left::contains));
            left.removeIf(
                    each -> left.stream().noneMatch(other -> imports.get(other).contains(each)));
        } while (left.size() < before);
        return left;
    }
}
