package io.depthcast.browser;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import io.depthcast.http.RunningGateway;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A page that follows 20 books at 1,000 events a second each, for as long as it is told: frames a second, and as a share of those
 * of an empty page beside it, processor time of its main thread as a share of the time that passed, how many times less often than
 * it would the dashboard paints so that its frames come in time, and the heap after a collection. The first rows are the dashboard with six panes, every book
 * followed at every flush; with {@code worker} or {@code here} as second argument a bare page follows the books with the client
 * alone, its frames read by a worker or not. Gateway, browser and this program share the machine.
 *
 * <pre>mvn -q -Pbench test-compile exec:exec -Dbench.main=io.depthcast.browser.DashboardLongRun -Djmh.args='600'</pre>
 */
public final class DashboardLongRun {
    private static final int BOOKS = 20;
    private static final int EVENTS_PER_SECOND = 1_000;
    private static final int PANES = 6;
    private static final int SETTLE_MILLIS = 10_000;
    private static final int ROW_SECONDS = 30;
    private static final double KILOBYTE = 1_000;
    private static final String PASSED = "secondsOfThePage";

    private static final String FOLLOW = """
            async ([symbols, worker]) => {
              const { Depthcast } = await import('/client/v1/depthcast.js');
              globalThis.depthcast ??= { client: new Depthcast('/v1/stream', { worker }) };
              globalThis.followed = symbols.map(symbol => depthcast.client.book(symbol, { depth: 100, intervalMillis: 0 }));
            }
            """;

    private static final String COUNT_FRAMES = """
            () => {
              globalThis.painted = 0;
              const frame = () => { painted++; requestAnimationFrame(frame); };
              requestAnimationFrame(frame);
            }
            """;

    private DashboardLongRun() {}

    public static void main(String[] args) {
        int seconds = args.length > 0 ? Integer.parseInt(args[0]) : 60;
        String how = args.length > 1 ? args[1] : "dashboard";
        BusySource source = new BusySource(BOOKS, EVENTS_PER_SECOND);
        try (Chromium chromium = Chromium.launch();
                RunningGateway gateway = RunningGateway.start(Clock.systemUTC(), openingMicros -> source)) {
            Page page = chromium.open();
            boolean dashboard = how.equals("dashboard");
            String view = String.join(",", source.symbols().subList(0, PANES));
            page.navigate("http://127.0.0.1:" + gateway.port() + (dashboard ? "/#" + view + "&pace=0" : "/docs/"));
            page.evaluate(FOLLOW, List.of(source.symbols(), how.equals("worker")));
            page.waitForFunction("() => followed.every(({ proved }) => proved)");
            Page empty = chromium.open();
            List.of(page, empty).forEach(each -> each.evaluate(COUNT_FRAMES));
            page.waitForTimeout(SETTLE_MILLIS);
            measure(page, empty, seconds);
        }
    }

    private static void measure(Page page, Page empty, int seconds) {
        CDPSession session = page.context().newCDPSession(page);
        JsonObject ofProcessor = new JsonObject();
        ofProcessor.addProperty("timeDomain", "threadTicks");
        session.send("Performance.enable", ofProcessor);
        System.out.println(
                "| s | frames/s | of an empty page's | slower | main thread | script | style | layout | heap | updates/s | gaps |\n|---|---|---|---|---|---|---|---|---|---|---|");
        Map<String, Double> before = metrics(page, empty, session);
        double start = before.get(PASSED);
        for (double at = 0; at < seconds; ) {
            page.waitForTimeout(Math.min(ROW_SECONDS, seconds) * 1_000.0);
            Map<String, Double> now = metrics(page, empty, session);
            double passed = difference(before, now, PASSED);
            at = now.get(PASSED) - start;
            System.out.printf(
                    "| %.0f | %.1f | %.0f %% | %.1f | %.1f %% | %.1f %% | %.1f %% | %.1f %% | %,.0f kB | %,.0f | %.0f |%n",
                    at,
                    difference(before, now, "painted") / passed,
                    100 * difference(before, now, "painted") / difference(before, now, "empty"),
                    now.get("slowdown"),
                    100 * difference(before, now, "TaskDuration") / passed,
                    100 * difference(before, now, "ScriptDuration") / passed,
                    100 * difference(before, now, "RecalcStyleDuration") / passed,
                    100 * difference(before, now, "LayoutDuration") / passed,
                    now.get("JSHeapUsedSize") / KILOBYTE,
                    difference(before, now, "updates") / passed,
                    now.get("gaps"));
            before = metrics(page, empty, session);
        }
    }

    private static double difference(Map<String, Double> before, Map<String, Double> now, String name) {
        return now.get(name) - before.get(name);
    }

    private static Map<String, Double> metrics(Page page, Page empty, CDPSession session) {
        Map<String, Double> all = new HashMap<>();
        session.send("HeapProfiler.collectGarbage");
        for (JsonElement metric : session.send("Performance.getMetrics").getAsJsonArray("metrics")) {
            JsonObject named = metric.getAsJsonObject();
            all.put(named.get("name").getAsString(), named.get("value").getAsDouble());
        }
        List<?> counted = (List<?>)
                page.evaluate(
                        "() => [painted, depthcast.client.counters.updates, depthcast.client.counters.gaps, performance.now() / 1000, depthcast.frames?.rate.slowdown ?? 1]");
        all.put("empty", ((Number) empty.evaluate("() => painted")).doubleValue());
        all.put("painted", ((Number) counted.get(0)).doubleValue());
        all.put("updates", ((Number) counted.get(1)).doubleValue());
        all.put("gaps", ((Number) counted.get(2)).doubleValue());
        all.put(PASSED, ((Number) counted.get(3)).doubleValue());
        all.put("slowdown", ((Number) counted.get(4)).doubleValue());
        return all;
    }
}
