package io.depthcast;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.lang.annotation.Annotation;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Tests say what they need, so that those which need nothing run alone, and in a few seconds. Nobody has to remember it:
 * what a class may come to call says it, too.
 */
class NeedsTest {
    private static final Map<Class<? extends Annotation>, Pattern> NEEDS = Map.of(
            NeedsSockets.class,
            Pattern.compile("java\\.net\\.(Server|Datagram)?Socket\\.<init>|java\\.net\\.http\\.HttpClient\\.new.*"
                    + "|java\\.net\\.URL\\.open.*|java\\.nio\\.channels\\.\\w*SocketChannel\\.open"
                    + "|javax\\.net\\..*SocketFactory\\.create\\w*Socket"
                    + "|io\\.vertx\\.core\\.Vertx\\.create(Net|Http|WebSocket|Datagram)\\w+"
                    + "|io\\.netty\\.bootstrap\\.\\w+\\.(bind|connect)"),
            NeedsProcesses.class,
            Pattern.compile("java\\.lang\\.ProcessBuilder\\.start|java\\.lang\\.Runtime\\.exec"),
            NeedsBrowser.class,
            Pattern.compile("com\\.microsoft\\.playwright\\.Playwright\\.create"),
            NeedsBroker.class,
            Pattern.compile(Pattern.quote(KafkaBroker.class.getName()) + "\\..*"));

    private static final Set<String> TESTS = Set.of(
            "org.junit.jupiter.api.Test",
            "org.junit.jupiter.api.RepeatedTest",
            "org.junit.jupiter.api.TestFactory",
            "org.junit.jupiter.api.TestTemplate",
            "org.junit.jupiter.params.ParameterizedTest",
            "com.tngtech.archunit.junit.ArchTest");

    @Test
    void shouldSayWhatEachTestNeedsAndNoMore() {
        List<JavaClass> tests = classes().filter(NeedsTest::isTest).toList();

        assertThat(tests).hasSizeGreaterThan(100);
        assertThat(tests)
                .allSatisfy(test -> assertThat(said(test)).as(test.getName()).isEqualTo(needed(test)));
    }

    @Test
    void shouldSeeASocketBehindACallback() {
        assertThat(classes().filter(type -> type.isEquivalentTo(Door.class)).map(Reach::of))
                .singleElement()
                .satisfies(reached -> assertThat(reached).contains("java.net.Socket.<init>"));
    }

    private static final class Door implements Supplier<Callable<Socket>> {
        @Override
        public Callable<Socket> get() {
            return new Callable<>() {
                @Override
                public Socket call() {
                    return new Socket();
                }
            };
        }
    }

    /** Only ours: what lies behind a call of anything else is not asked. */
    private static Stream<JavaClass> classes() {
        return ArchConfiguration.withThreadLocalScope(configuration -> {
            configuration.setResolveMissingDependenciesFromClassPath(false);
            return new ClassFileImporter().importPackages("io.depthcast").stream();
        });
    }

    private static boolean isTest(JavaClass type) {
        return type.getAllMembers().stream()
                .flatMap(member -> member.getAnnotations().stream())
                .anyMatch(annotation -> TESTS.contains(annotation.getRawType().getName()));
    }

    private static List<String> needed(JavaClass test) {
        Set<String> reached = Reach.of(test);
        return NEEDS.entrySet().stream()
                .filter(need -> reached.stream().anyMatch(need.getValue().asMatchPredicate()))
                .map(need -> need.getKey().getSimpleName())
                .sorted()
                .toList();
    }

    private static List<String> said(JavaClass test) {
        return NEEDS.keySet().stream()
                .filter(test::isAnnotatedWith)
                .map(Class::getSimpleName)
                .sorted()
                .toList();
    }
}
