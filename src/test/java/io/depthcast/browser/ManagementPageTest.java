package io.depthcast.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.depthcast.NeedsBrowser;
import io.depthcast.NeedsSockets;
import io.depthcast.http.RunningGateway;
import io.depthcast.session.LimitSettings;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What an operator sees who opens the management port in a browser. */
@NeedsBrowser
@NeedsSockets
@Timeout(120)
class ManagementPageTest {
    private static final int CONNECTIONS = 3;
    /** A thread of the gateway that stands still for a while with the machine is no fault of the page. */
    private static final Pattern NOT_UP = Pattern.compile("(?s).*\\b503\\b.*/(livez|readyz).*");

    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void shouldShowConnectionsStreamsSourcesRungsAndBlocks() throws Exception {
        try (Chromium chromium = Chromium.launch();
                RunningGateway gateway = RunningGateway.start(2_000, LimitSettings.DEFAULT);
                Page page = chromium.open()) {
            for (int i = 0; i < CONNECTIONS; i++) {
                connect(gateway)
                        .sendText("{\"op\":\"subscribe\",\"channel\":\"book\",\"symbols\":[\"BTC-USD\"]}", true)
                        .join();
            }
            block(gateway);
            Complaints complaints = new Complaints(page);
            complaints.forgive(NOT_UP);
            page.navigate("http://127.0.0.1:" + gateway.managementPort() + "/");

            assertThat(page.locator("#state")).hasText("Ready; 3 connections");
            assertThat(page.locator("#connections tr")).hasCount(CONNECTIONS);
            assertThat(page.locator("#connections tr").first()).containsText("127.0.0.x");
            assertThat(row(page, "#streams", "BTC-USD")).containsText("book");
            assertThat(row(page, "#addresses", "127.0.0.x")).containsText("3");
            assertThat(row(page, "#subjects", "without a token")).containsText("3");
            assertThat(row(page, "#rungs", "live")).containsText("3");
            assertThat(row(page, "#blocks", "scraper")).containsText("192.0.2.0/24");
            assertThat(row(page, "#checks", "gateway-0")).containsText("up");
            assertThat(row(page, "#sources", "events in")).containsText(Pattern.compile("[0-9,]+$"));
            assertThat(row(page, "#sources", "books, shard 0")).containsText("24");
            page.locator("#sort").selectOption("age");
            assertThat(page.locator("#connections tr")).hasCount(CONNECTIONS);
            page.screenshot(new Page.ScreenshotOptions()
                    .setFullPage(true)
                    .setPath(Path.of("target", "screenshots", "management.png")));
            assertThat((int) page.evaluate("() => document.documentElement.scrollWidth"))
                    .isLessThanOrEqualTo(1_440);
            complaints.assertNone();
        }
    }

    private static Locator row(Page page, String table, String text) {
        return page.locator(table + " tr")
                .filter(new Locator.FilterOptions().setHasText(text))
                .first();
    }

    private WebSocket connect(RunningGateway gateway) {
        return client.newWebSocketBuilder()
                .buildAsync(URI.create("ws://127.0.0.1:" + gateway.port() + "/v1/stream"), new WebSocket.Listener() {})
                .join();
    }

    private void block(RunningGateway gateway) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + gateway.managementPort() + "/blocks"))
                .POST(HttpRequest.BodyPublishers.ofString(
                        "{\"address\":\"192.0.2.0/24\",\"seconds\":600,\"reason\":\"scraper\"}"))
                .build();
        assertThat(client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode())
                .isEqualTo(201);
    }
}
