package io.depthcast.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.depthcast.metrics.Meters;
import io.depthcast.metrics.SourceMeters;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** What an exchange really sent, where the recordings are at hand: they are not part of this project. */
class BinanceRecordingTest {
    private static final Path DATA = Path.of("../shared/data/binance-spot");
    private static final String[] FILES = {"btcusdt_20240808.gz", "btcusdt_20240809.gz"};

    private final PlainDoor door = new PlainDoor();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final SourceMeters meters = new Meters(registry, "test").source("binance");
    private final BinanceParser parser = new BinanceParser();
    private final TreeMap<Long, String> tickers = new TreeMap<>();
    private final Map<Long, String> bests = new HashMap<>();
    private long crossed;
    private boolean isSpliced;

    @Test
    void shouldHaveTheBestPricesThatTheExchangeTells() throws IOException {
        assumeTrue(Files.isDirectory(DATA), "no recordings at " + DATA);
        String info = Files.readString(DATA.resolve("exchangeInfo-2021-two-symbols.json"));
        BinanceListing listing = BinanceListing.all(info).stream()
                .filter(each -> each.name().equals("BTCUSDT"))
                .findFirst()
                .orElseThrow();
        BinanceSymbol symbol = new BinanceSymbol(listing, door, meters);
        assertThat(symbol.define()).isNull();
        int asked = 0;
        for (String file : FILES) {
            try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                    new GZIPInputStream(Files.newInputStream(DATA.resolve(file)), 65_536), UTF_8))) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    asked += play(symbol, line.substring(line.indexOf(' ') + 1));
                }
            }
        }

        // Every change of the best prices is told, so those at an update are the newest told until then.
        bests.keySet().removeIf(id -> tickers.floorEntry(id) == null);
        long both = bests.size();
        long same = bests.keySet().stream()
                .filter(id -> tickers.floorEntry(id).getValue().equals(bests.get(id)))
                .count();
        assertThat(asked).isZero();
        assertThat(crossed).isZero();
        assertThat(both).isGreaterThan(6_000);
        assertThat(both - same)
                .as("best prices unlike the exchange's, of %d", both)
                .isLessThanOrEqualTo(both / 1_000);
        assertThat(registry.get("depthcast.source.rounded").functionCounter().count())
                .as("sizes finer than the step")
                .isEqualTo(7);
        assertThat(door.told.stream().filter(told -> told.startsWith("trade"))).hasSize(19_904);
    }

    /** How often a snapshot had to be asked for again: 0 or 1. */
    private int play(BinanceSymbol symbol, String message) throws IOException {
        parser.parse(message);
        BinanceEvent event = parser.event();
        if (message.startsWith("{\"lastUpdateId\"")) {
            // That of the second day is not needed, because the book goes on.
            return isSpliced ? 0 : compared(symbol, symbol.snapshot(event));
        } else if (event.type.equals("depthUpdate")) {
            return compared(symbol, symbol.change(event));
        } else if (event.type.equals("trade")) {
            symbol.trade(event);
        } else if (message.contains("bookTicker")) {
            JsonObject ticker = new JsonObject(message).getJsonObject("data");
            tickers.put(event.lastUpdateId, ticks(ticker.getString("b")) + " " + ticks(ticker.getString("a")));
        }
        return 0;
    }

    private static long ticks(String price) {
        return Long.parseLong(price.substring(0, price.length() - 6).replace(".", ""));
    }

    private int compared(BinanceSymbol symbol, BinanceBook.Next next) {
        isSpliced = symbol.isSpliced();
        if (isSpliced) {
            long bid = door.bids.get("BTC-USDT").firstKey();
            long ask = door.asks.get("BTC-USDT").firstKey();
            crossed += bid >= ask ? 1 : 0;
            bests.put(symbol.lastUpdateId(), bid + " " + ask);
        }
        return next == BinanceBook.Next.GO_ON ? 0 : 1;
    }
}
