package io.depthcast.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.NeedsBrowser;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/** Runs the tests that are written in JavaScript, beside this one in the resources, in a browser. */
@NeedsBrowser
@Timeout(180)
class ClientModulesTest {
    static final List<String> MODULES = List.of(
            "age-report",
            "book",
            "backoff",
            "compact",
            "connection",
            "decimal",
            "endings",
            "event-plan",
            "frame-rate",
            "grouping",
            "history",
            "inlet",
            "market",
            "percent",
            "publisher",
            "refusals",
            "sbe",
            "subscriptions");

    @TestFactory
    Stream<DynamicTest> modules() {
        try (Chromium chromium = Chromium.launch()) {
            return MODULES.stream().flatMap(module -> run(chromium, module)).toList().stream();
        }
    }

    private static Stream<DynamicTest> run(Chromium chromium, String module) {
        List<Map<String, String>> outcomes = outcomes(chromium, module);
        assertThat(outcomes).as(module).isNotEmpty();
        return outcomes.stream()
                .map(outcome -> DynamicTest.dynamicTest(
                        module + ": " + outcome.get("name"),
                        () -> assertThat(outcome.get("failure")).isEmpty()));
    }

    @SuppressWarnings("unchecked") // what harness.js returns
    private static List<Map<String, String>> outcomes(Chromium chromium, String module) {
        return (List<Map<String, String>>) chromium.openModules()
                .evaluate(
                        "async (path) => { await import(path); return (await import('/test/harness.js')).run(); }",
                        "/test/" + module + ".test.js");
    }
}
