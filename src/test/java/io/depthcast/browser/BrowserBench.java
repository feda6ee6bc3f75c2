package io.depthcast.browser;

import io.depthcast.http.RunningGateway;
import org.junit.jupiter.api.AfterAll;

/** A browser and the gateway that it looks at, started by each class in its way. */
abstract class BrowserBench {
    static RunningGateway gateway;
    static Chromium chromium;

    @AfterAll
    static void stop() {
        if (gateway != null) {
            gateway.close();
            gateway = null;
        }
        if (chromium != null) {
            chromium.close();
            chromium = null;
        }
    }
}
