package io.depthcast;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.Map.entry;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import io.depthcast.bus.VertxInternals;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Holds the package table of {@code architecture.md} and the thread rules. */
@AnalyzeClasses(packages = "io.depthcast", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String[] HOT = {
        "io.depthcast.book..",
        "io.depthcast.wire..",
        "io.depthcast.limit..",
        "io.depthcast.session..",
        "io.depthcast.fanout.."
    };

    /** What each package may use: the table of the design, from the top down. */
    static final Map<String, List<String>> MAY_USE = Map.ofEntries(
            entry(
                    "app",
                    List.of(
                            "config",
                            "http",
                            "admission",
                            "session",
                            "fanout",
                            "source",
                            "market",
                            "journal",
                            "recording",
                            "feed",
                            "kafka",
                            "client",
                            "wire",
                            "book",
                            "limit",
                            "auth",
                            "metrics",
                            "bus")),
            entry("config", List.of()),
            entry(
                    "http",
                    List.of(
                            "admission",
                            "session",
                            "fanout",
                            "source",
                            "feed",
                            "wire",
                            "auth",
                            "limit",
                            "metrics",
                            "bus")),
            entry("admission", List.of("session", "auth", "limit", "metrics", "bus")),
            entry("session", List.of("fanout", "wire", "book", "auth", "limit", "metrics")),
            entry("fanout", List.of("feed", "wire", "book", "auth", "metrics", "bus")),
            entry("source", List.of("recording", "feed", "kafka", "book", "limit", "metrics")),
            entry("market", List.of("feed", "book")),
            entry("journal", List.of("feed", "kafka", "metrics")),
            entry("kafka", List.of()),
            entry("recording", List.of("feed", "book", "metrics")),
            entry("feed", List.of("book", "wire", "metrics", "bus")),
            entry("client", List.of("wire", "book", "limit")),
            entry("wire", List.of("book")),
            entry("book", List.of()),
            entry("limit", List.of()),
            entry("auth", List.of()),
            entry("metrics", List.of()),
            entry("bus", List.of()));

    @ArchTest
    static final ArchRule ARROWS_POINT_DOWN = arrowsPointDown();

    private static ArchRule arrowsPointDown() {
        LayeredArchitecture layers =
                layeredArchitecture().consideringOnlyDependenciesInLayers().withOptionalLayers(true);
        for (String name : MAY_USE.keySet()) {
            layers = layers.layer(name).definedBy("io.depthcast." + name + "..");
        }
        for (Map.Entry<String, List<String>> each : MAY_USE.entrySet()) {
            layers = each.getValue().isEmpty()
                    ? layers.whereLayer(each.getKey()).mayNotAccessAnyLayer()
                    : layers.whereLayer(each.getKey())
                            .mayOnlyAccessLayers(each.getValue().toArray(String[]::new));
        }
        return layers;
    }

    @ArchTest
    static final ArchRule NO_CYCLES =
            slices().matching("io.depthcast.(*)..").should().beFreeOfCycles();

    /** Who reads one class of a room reads no other first. */
    @ArchTest
    static final ArchRule NO_CIRCLES_OF_CLASSES = noCirclesIn("http");

    private static ArchRule noCirclesIn(String... names) {
        Set<String> packages =
                Arrays.stream(names).map(name -> "io.depthcast." + name).collect(Collectors.toSet());
        return slices().assignedFrom(new SliceAssignment() {
                    @Override
                    public SliceIdentifier getIdentifierOf(JavaClass each) {
                        return packages.contains(each.getPackageName())
                                ? SliceIdentifier.of(outermost(each).getName())
                                : SliceIdentifier.ignore();
                    }

                    @Override
                    public String getDescription() {
                        return "classes of " + String.join(", ", names);
                    }
                })
                .should()
                .beFreeOfCycles();
    }

    private static JavaClass outermost(JavaClass each) {
        return each.getEnclosingClass().map(ArchitectureTest::outermost).orElse(each);
    }

    /** Another version of Vert.x may change these as it likes: one file has to follow. */
    @ArchTest
    static final ArchRule VERTX_INTERNALS_IN_ONE_FILE = noClasses()
            .that()
            .doNotBelongToAnyOf(VertxInternals.class)
            .should()
            .dependOnClassesThat(resideInAnyPackage("io.vertx.core.internal..", "io.vertx..impl.."));

    @ArchTest
    static final ArchRule BOOK_AND_LIMIT_ARE_PURE_JAVA = noClasses()
            .that(resideInAnyPackage("io.depthcast.book..", "io.depthcast.limit.."))
            .should()
            .dependOnClassesThat(resideInAnyPackage("io.vertx..", "io.netty..", "io.micrometer.."))
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule NO_LOCKS_ON_THE_HOT_PATH = noClasses()
            .that(resideInAnyPackage(HOT))
            .should()
            .dependOnClassesThat(resideInAPackage("java.util.concurrent.locks.."))
            .orShould()
            .dependOnClassesThat(resideInAPackage("java.util.concurrent.atomic.."))
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule TIME_IS_AN_ARGUMENT = noClasses()
            .that(resideInAnyPackage(
                    "io.depthcast.book..", "io.depthcast.wire..", "io.depthcast.limit..", "io.depthcast.session.."))
            .should()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .dependOnClassesThat()
            .belongToAnyOf(java.time.Clock.class)
            .allowEmptyShould(true);

    /** Tests have Jackson's databind by way of the models of Kubernetes; the gateway has none. */
    @ArchTest
    static final ArchRule JSON_WITHOUT_DATABIND = noClasses()
            .should()
            .callMethod(JsonObject.class, "mapFrom", Object.class)
            .orShould()
            .callMethod(JsonObject.class, "mapTo", Class.class)
            .orShould()
            .dependOnClassesThat(resideInAPackage("com.fasterxml.jackson.databind.."));

    /** The build makes the pages of the documents; the gateway has no parser, so that one that were used would be missing. */
    @ArchTest
    static final ArchRule DOCUMENTS_ARE_MADE_BY_THE_BUILD = noClasses()
            .that()
            .doNotHaveFullyQualifiedName("io.depthcast.http.DocsPages")
            .should()
            .dependOnClassesThat(
                    resideInAPackage("org.commonmark..").or(equivalentTo(io.depthcast.http.DocsPages.class)));
}
