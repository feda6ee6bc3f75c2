package example;

import io.depthcast.book.StepSize;
import io.depthcast.feed.Source;
import io.depthcast.feed.SourceKey;
import io.depthcast.feed.SourceKind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Tells the gateway that there is a kind of source called {@code datagrams}, and what may be set for it. */
public final class DatagramKind implements SourceKind {
    @Override
    public String name() {
        return "datagrams";
    }

    @Override
    public List<SourceKey> keys() {
        return List.of(
                new SourceKey("port", "9000", "UDP port on this machine where datagrams come in"),
                new SourceKey("instruments", "ACME:0.01:1", "symbol:tick:lot of each instrument, with commas between"));
    }

    @Override
    public Source create(Map<String, String> values) {
        return new DatagramSource(port(values.get("port")), instruments(values.get("instruments")));
    }

    private static int port(String text) {
        if (!text.matches("[0-9]{1,5}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > 65_535) {
            throw new IllegalArgumentException("port: expected a whole number from 1 to 65535, got \"" + text + "\"");
        }
        return Integer.parseInt(text);
    }

    private static Map<String, StepSize[]> instruments(String text) {
        Map<String, StepSize[]> steps = new LinkedHashMap<>();
        for (String each : text.split(",")) {
            String[] parts = each.split(":");
            if (parts.length != 3) {
                throw new IllegalArgumentException(
                        "instruments: expected symbol:tick:lot with commas between, got \"" + text + "\"");
            }
            // Its own message says what is wrong with a step.
            steps.put(parts[0], new StepSize[] {StepSize.parse(parts[1]), StepSize.parse(parts[2])});
        }
        return steps;
    }
}
