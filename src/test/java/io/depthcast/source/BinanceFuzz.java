package io.depthcast.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.depthcast.book.InstrumentStatus;
import io.depthcast.book.StepSize;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/** What an exchange may send, or who sits between: taken, or refused in the one way that its source expects. */
public final class BinanceFuzz {
    private static final BinanceListing LISTING = new BinanceListing(
            "BTCUSDT", "BTC-USDT", StepSize.parse("0.01"), StepSize.parse("0.00001"), InstrumentStatus.OPEN);

    private BinanceFuzz() {}

    /** An odd first byte is followed by the list of instruments, an even one by messages, a line each. */
    public static void fuzzerTestOneInput(byte[] data) {
        if (data.length == 0) {
            return;
        }
        String text = new String(Arrays.copyOfRange(data, 1, data.length), UTF_8);
        FuzzedIntake intake = new FuzzedIntake();
        if ((data[0] & 1) == 1) {
            list(text, intake);
        } else {
            hear(text.split("\n", -1), intake);
        }
        intake.apply();
    }

    private static void list(String text, FuzzedIntake intake) {
        List<BinanceListing> listings;
        try {
            listings = BinanceListing.all(text);
        } catch (RuntimeException asTheConnectionExpects) {
            return;
        }
        for (BinanceListing listing : listings) {
            var unused = new BinanceSymbol(listing, intake.door(), FuzzedIntake.METERS).define();
        }
    }

    private static void hear(String[] messages, FuzzedIntake intake) {
        BinanceSymbol symbol = new BinanceSymbol(LISTING, intake.door(), FuzzedIntake.METERS);
        if (symbol.define() != null) {
            throw new AssertionError("not listed");
        }
        BinanceParser parser = new BinanceParser();
        for (String message : messages) {
            try {
                parser.parse(message);
            } catch (IOException asTheConnectionExpects) {
                return;
            }
            take(parser.event(), symbol);
        }
    }

    /** As {@link BinanceConnection} does; what has no type stands for an answer of REST. */
    private static void take(BinanceEvent event, BinanceSymbol symbol) {
        switch (event.type) {
            case "depthUpdate" -> {
                var unused = symbol.change(event);
            }
            case "trade" -> symbol.trade(event);
            case "" -> {
                var unused = symbol.snapshot(event);
            }
            default -> {}
        }
    }
}
