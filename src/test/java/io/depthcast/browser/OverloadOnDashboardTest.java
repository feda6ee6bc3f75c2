package io.depthcast.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.depthcast.NeedsBrowser;
import io.depthcast.NeedsSockets;
import io.depthcast.http.PlayedWork;
import io.depthcast.http.RunningGateway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The dashboard says that the gateway is overloaded, and that it no longer is, while prices go on. */
@NeedsBrowser
@NeedsSockets
@Timeout(120)
class OverloadOnDashboardTest {
    private static final int EVENTS_PER_SECOND = 2_000;

    @Test
    void shouldSayHowSeldomUpdatesComeAndThatItIsOver() {
        PlayedWork work = new PlayedWork();
        try (Chromium chromium = Chromium.launch();
                RunningGateway gateway = RunningGateway.start(EVENTS_PER_SECOND, work)) {
            Page page = chromium.open();
            page.navigate("http://127.0.0.1:" + gateway.port() + "/#BTC-USD");
            page.waitForSelector("#state[data-state=connected]");

            work.load("gateway-");
            page.waitForSelector("#state[data-state=overloaded]");
            page.waitForFunction("() => document.querySelector('#state-detail').textContent === 'every 320 ms'");
            assertThat(page.locator("#state-text")).hasText("Overloaded");
            assertThat(page.locator("html")).hasAttribute("data-stale", "false");
            page.waitForFunction("() => depthcast.client.flushMillis === 320");

            work.unload();
            page.waitForSelector("#state[data-state=connected]");
            page.waitForFunction("() => depthcast.client.flushMillis === 20");
            assertThat(page.evaluate("() => depthcast.client.counters.gaps")).isEqualTo(0);
        }
    }
}
