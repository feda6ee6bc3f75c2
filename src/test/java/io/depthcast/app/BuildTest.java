package io.depthcast.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the gateway is made of: versions without a known fault, one of each, and named in the bill of materials. */
class BuildTest {
    private static final Path POM = Path.of("pom.xml");
    /** Written by the build before it packs the jar. */
    private static final Path BILL = Path.of("target/classes/META-INF/sbom/bom.json");

    /**
     * The least that each may be: the first version without a known advisory. Logback: CVE-2026-1225 was mended in 1.5.25,
     * GHSA-jhq6-gfmj-v8fx in 1.5.34, CVE-2026-13006 in 1.5.36.
     */
    private static final Map<String, String> LEAST = Map.of(
            "logback.version", "1.5.36",
            "netty.version", "4.2.18.Final",
            "vertx.version", "5.0.10",
            "jackson-core.version", "2.21.0",
            "jose4j.version", "0.9.6");

    @Test
    void shouldHaveNoVersionThatIsKnownToBeUnsafe() throws Exception {
        String pom = Files.readString(POM);

        assertThat(LEAST.keySet()).allSatisfy(name -> {
            var written =
                    Pattern.compile("<" + Pattern.quote(name) + ">([^<]+)<").matcher(pom);
            assertThat(written.find()).as(name).isTrue();
            assertThat(Arrays.compare(numbers(written.group(1)), numbers(String.valueOf(LEAST.get(name)))))
                    .as("%s %s", name, written.group(1))
                    .isNotNegative();
        });
    }

    /** Netty comes in by several doors; two versions of it in one process fail where nobody looks. */
    @Test
    void shouldRunOneVersionOfNetty() {
        Set<String> versions = io.netty.util.Version.identify(Vertx.class.getClassLoader()).values().stream()
                .map(io.netty.util.Version::artifactVersion)
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(versions).hasSize(1);
    }

    @Test
    void shouldNameWhatTheJarIsMadeOf() throws Exception {
        assumeTrue(Files.exists(BILL), "no bill of materials; mvn package writes it");
        JsonObject bill = new JsonObject(Files.readString(BILL));
        Map<String, String> components = new TreeMap<>();
        bill.getJsonArray("components")
                .forEach(each -> components.put(
                        ((JsonObject) each).getString("name"), ((JsonObject) each).getString("version")));

        assertThat(bill.getString("bomFormat")).isEqualTo("CycloneDX");
        assertThat(components)
                .containsKeys("vertx-core", "netty-buffer", "logback-classic", "picocli", "jose4j")
                .doesNotContainKeys("junit-jupiter", "assertj-core", "helm-java");
        assertThat(bill.containsKey("serialNumber"))
                .as("a number of each build's own, so that no two would have one digest")
                .isFalse();
    }

    private static int[] numbers(String version) {
        return Pattern.compile("[0-9]+")
                .matcher(version)
                .results()
                .mapToInt(match -> Integer.parseInt(match.group()))
                .toArray();
    }
}
