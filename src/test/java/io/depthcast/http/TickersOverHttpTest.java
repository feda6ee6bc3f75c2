package io.depthcast.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.NeedsSockets;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@NeedsSockets
@Timeout(300)
class TickersOverHttpTest {
    private static RunningGateway busy;

    @BeforeAll
    static void start() {
        busy = RunningGateway.start(RunningGateway.BUSY, RunningGateway.LIMITS);
    }

    @AfterAll
    static void stop() {
        busy.close();
    }

    @Test
    void shouldTellTheLastDayOfOneInstrumentAndOfAll() throws IOException {
        JsonObject ticker = busy.get("/v1/ticker/BTC-USD").json();
        assertThat(ticker.getString("type") + " " + ticker.getString("symbol")).isEqualTo("ticker BTC-USD");
        assertThat(ticker.getJsonArray("bid")).hasSize(2);
        int instruments =
                busy.get("/v1/instruments").json().getJsonArray("instruments").size();
        assertThat(busy.get("/v1/tickers").json().getJsonArray("tickers")).hasSize(instruments);
        assertThat(busy.get("/v1/ticker/DOGE-EUR").status()).isEqualTo(404);
    }
}
