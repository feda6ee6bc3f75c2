package io.depthcast.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.NeedsProcesses;
import io.depthcast.NeedsSockets;
import io.depthcast.app.LiveKeys;
import io.depthcast.http.RunningGateway;
import io.depthcast.http.TestCertificate;
import io.depthcast.ops.Expressions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The runbook, beside the rules and the metrics that it speaks of. */
@NeedsProcesses
@NeedsSockets
@Timeout(300)
class OperationsPageTest {
    private static final Pattern METRIC = Pattern.compile("(?<![:\\w])depthcast_[a-z_]+(?![\\w:])");
    /** The file in the repository, unless Prometheus is told of another place: never the gateway, which may be down. */
    private static final Pattern RUNBOOK =
            Pattern.compile("\\{\\{ or \\$externalLabels\\.runbook \"src(/docs/operations)\\.md\" }}#(\\w+)");

    @RegisterExtension
    static final AskedGateway GATEWAY = new AskedGateway();

    @TempDir
    Path folder;

    @Test
    void shouldHaveASectionForEachAlertAndNoOther() throws Exception {
        Markdown page = Markdown.of("operations.md");
        List<String> alerts = Expressions.alerts();

        for (String alert : alerts) {
            assertThat(page.section(alert)).isNotNull();
        }
        assertThat(found("^### (Depthcast\\w+)$", Documents.text("operations.md")))
                .containsExactlyElementsOf(alerts);
    }

    @Test
    void shouldBeWhereTheAlertsLinkTo() throws Exception {
        for (Map<String, Object> rule : Expressions.rules()) {
            if (rule.get("annotations") instanceof Map<?, ?> annotations) {
                var link = RUNBOOK.matcher((String) annotations.get("runbook_url"));
                assertThat(link.matches()).as("%s", annotations).isTrue();
                assertThat(link.group(2)).isEqualTo(((String) rule.get("alert")).toLowerCase(Locale.ROOT));
                assertThat(GATEWAY.get(link.group(1) + ".html").text()).contains("id=\"" + link.group(2) + "\"");
            }
        }
        String page = GATEWAY.get("/docs/operations.html").text();
        assertThat(found("href=\"#([^\"]+)\"", page)).isNotEmpty().allSatisfy(anchor -> assertThat(page)
                .contains("id=\"" + anchor + "\""));
    }

    @Test
    void shouldNameTheKeysThatNeedNoRestart() {
        List<String> named = Markdown.of("operations.md").section("Configuration").table(0).stream()
                .flatMap(row -> Markdown.code(row.get(0)).stream())
                .toList();

        assertThat(named).containsExactlyInAnyOrderElementsOf(LiveKeys.names());
    }

    @Test
    void shouldNameMetricsThatThereAre() throws Exception {
        Set<String> shown = found("^# TYPE (\\S+)", scrape()).stream().collect(Collectors.toSet());
        Set<String> named = new TreeSet<>(names(Documents.text("operations.md")));
        assertThat(named).hasSizeGreaterThan(20);
        named.addAll(names(Files.readString(Expressions.RULES)));
        named.addAll(names(Files.readString(Expressions.DASHBOARD)));
        named.addAll(names(Files.readString(Path.of("k8s/components/autoscaling/horizontalpodautoscaler.yaml"))));

        assertThat(named).allSatisfy(name -> assertThat(shown)
                .contains(shown.contains(name) ? name : name.replaceFirst("_(bucket|count|sum)$", "")));
    }

    @Test
    void shouldNameEveryMetricOfTheGateway() throws Exception {
        assertThat(names(Documents.text("operations.md")))
                .containsAll(found("^# TYPE (depthcast_\\S+)", scrape()).stream()
                        .filter(name -> !name.endsWith("_max"))
                        .toList());
    }

    /** The metrics of a gateway without TLS, and of one with it. */
    private String scrape() throws Exception {
        TestCertificate certificate = TestCertificate.create(folder, "gateway");
        try (RunningGateway secure =
                RunningGateway.start(RunningGateway.QUIET, RunningGateway.LIMITS, RunningGateway.PACE, certificate)) {
            return GATEWAY.get(GATEWAY.managementPort(), "/metrics").text() + secure.metrics();
        }
    }

    private static List<String> names(String text) {
        return METRIC.matcher(text).results().map(MatchResult::group).toList();
    }

    private static List<String> found(String pattern, String text) {
        return Pattern.compile(pattern, Pattern.MULTILINE)
                .matcher(text)
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();
    }
}
