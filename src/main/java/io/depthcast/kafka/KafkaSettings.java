package io.depthcast.kafka;

import java.util.Arrays;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where the brokers are.
 *
 * @param bootstrap {@code host:port} with commas between, some brokers by which the others are found; {@value #NONE}
 * @param properties file with what else Kafka's client is told, such as TLS and passwords; {@value #NONE}
 */
public record KafkaSettings(String bootstrap, String properties) {
    public static final String NONE = "none";
    public static final KafkaSettings OFF = new KafkaSettings(NONE, NONE);

    private static final Pattern BROKER = Pattern.compile("([A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+]):[0-9]{1,5}");
    private static final int MAX_PORT = 65_535;

    public boolean isOn() {
        return !bootstrap.equals(NONE);
    }

    boolean hasFile() {
        return !properties.equals(NONE);
    }

    /** The text if it names brokers or says that there are none, else null. */
    public static @Nullable String parseBootstrap(String text) {
        return text.equals(NONE) || Arrays.stream(text.split(",", -1)).allMatch(KafkaSettings::isBroker) ? text : null;
    }

    private static boolean isBroker(String text) {
        return BROKER.matcher(text).matches()
                && Integer.parseInt(text.substring(text.lastIndexOf(':') + 1)) <= MAX_PORT;
    }
}
