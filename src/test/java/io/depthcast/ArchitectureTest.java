package io.depthcast;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.vertx.core.json.JsonObject;

/** Holds the package table of README and the thread rules. */
@AnalyzeClasses(packages = "io.depthcast", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String[] HOT = {
        "io.depthcast.book..",
        "io.depthcast.wire..",
        "io.depthcast.limit..",
        "io.depthcast.session..",
        "io.depthcast.fanout.."
    };

    @ArchTest
    static final ArchRule ARROWS_POINT_DOWN = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .withOptionalLayers(true)
            .layer("app")
            .definedBy("io.depthcast.app..")
            .layer("http")
            .definedBy("io.depthcast.http..")
            .layer("fanout")
            .definedBy("io.depthcast.fanout..")
            .layer("session")
            .definedBy("io.depthcast.session..")
            .layer("feed")
            .definedBy("io.depthcast.feed..")
            .layer("client")
            .definedBy("io.depthcast.client..")
            .layer("wire")
            .definedBy("io.depthcast.wire..")
            .layer("book")
            .definedBy("io.depthcast.book..")
            .layer("limit")
            .definedBy("io.depthcast.limit..")
            .layer("auth")
            .definedBy("io.depthcast.auth..")
            .layer("metrics")
            .definedBy("io.depthcast.metrics..")
            .whereLayer("app")
            .mayOnlyAccessLayers(
                    "http", "fanout", "session", "feed", "client", "wire", "book", "limit", "auth", "metrics")
            .whereLayer("http")
            .mayOnlyAccessLayers("fanout", "session", "feed", "limit", "auth", "metrics", "wire")
            .whereLayer("fanout")
            .mayOnlyAccessLayers("session", "feed", "wire", "book", "metrics")
            .whereLayer("session")
            .mayOnlyAccessLayers("wire", "book", "limit", "auth", "metrics")
            .whereLayer("feed")
            .mayOnlyAccessLayers("book", "wire", "metrics")
            .whereLayer("client")
            .mayOnlyAccessLayers("wire", "book", "limit")
            .whereLayer("wire")
            .mayOnlyAccessLayers("book")
            .whereLayer("book")
            .mayNotAccessAnyLayer()
            .whereLayer("limit")
            .mayNotAccessAnyLayer()
            .whereLayer("auth")
            .mayNotAccessAnyLayer()
            .whereLayer("metrics")
            .mayNotAccessAnyLayer();

    @ArchTest
    static final ArchRule NO_CYCLES =
            slices().matching("io.depthcast.(*)..").should().beFreeOfCycles();

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
}
