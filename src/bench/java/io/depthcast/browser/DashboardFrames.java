package io.depthcast.browser;

import com.microsoft.playwright.Page;
import io.depthcast.http.RunningGateway;
import io.depthcast.session.LimitSettings;

/**
 * Frames a second of the dashboard in headless Chromium at 1440x900, at rising rates of the market and at its default and
 * its fastest pace; the gateway, the browser and this program share the machine. Half a minute a row:
 *
 * <pre>mvn -q -Pbench test-compile exec:exec -Dbench.main=io.depthcast.browser.DashboardFrames</pre>
 */
public final class DashboardFrames {
    private static final int[] EVENTS_PER_SECOND = {2_000, 24_000};
    private static final String[] PACES = {"100", "0"};
    private static final int SETTLE_MILLIS = 10_000;
    private static final int SAMPLES = 10;
    private static final int SAMPLE_MILLIS = 2_000;

    private DashboardFrames() {}

    public static void main(String[] args) {
        System.out.println("| events/s | pace | frames/s: mean | worst of 2 s | gaps |\n|---|---|---|---|---|");
        for (int rate : EVENTS_PER_SECOND) {
            for (String pace : PACES) {
                measure(rate, pace);
            }
        }
    }

    private static void measure(int eventsPerSecond, String pace) {
        try (Chromium chromium = Chromium.launch();
                RunningGateway gateway = RunningGateway.start(eventsPerSecond, LimitSettings.DEFAULT)) {
            Page page = chromium.open();
            page.navigate("http://127.0.0.1:" + gateway.port() + "/");
            page.waitForSelector("#ladder[data-proved=true]");
            page.selectOption("#pace", pace);
            // What is measured is what the page does at its full rate of painting.
            page.evaluate("() => { depthcast.frames.rate.most = 1; }");
            page.waitForTimeout(SETTLE_MILLIS);
            double sum = 0;
            double worst = Double.MAX_VALUE;
            for (int sample = 0; sample < SAMPLES; sample++) {
                page.waitForTimeout(SAMPLE_MILLIS);
                double fps = ((Number) page.evaluate("() => depthcast.frames.rate.perSecond")).doubleValue();
                sum += fps;
                worst = Math.min(worst, fps);
            }
            Object gaps = page.evaluate("() => depthcast.client.counters.gaps");
            System.out.printf(
                    "| %,d | %s | %.1f | %.1f | %s |%n",
                    eventsPerSecond, pace.equals("0") ? "every flush" : pace + " ms", sum / SAMPLES, worst, gaps);
        }
    }
}
