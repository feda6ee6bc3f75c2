package io.depthcast.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/** What the clients of Kafka are made with: the operator's file, and what is not the operator's to say. */
public final class KafkaClients {
    /** Neither of them would do what it says there: ours hold. */
    private static final List<String> OURS = List.of(
            "bootstrap.servers",
            "group.id",
            "group.instance.id",
            "transactional.id",
            "enable.auto.commit",
            "auto.offset.reset",
            "key.serializer",
            "value.serializer",
            "key.deserializer",
            "value.deserializer");

    private static final int MOST_BYTES = 1_024 * 1_024;

    private KafkaClients() {}

    /**
     * What is wrong with the file, without a value of it that may be a secret; null if nothing is. Reads it.
     *
     * @return {@code FILE: security.protocol: ...}
     */
    public static @Nullable String mistake(KafkaSettings settings) {
        if (!settings.hasFile()) {
            return null;
        }
        try {
            Map<String, Object> all = with(
                    settings,
                    Map.of(
                            "key.deserializer", ByteArrayDeserializer.class,
                            "value.deserializer", ByteArrayDeserializer.class));
            // Judges each value that it knows; opens nothing.
            new ConsumerConfig(all).unused();
            return null;
        } catch (KafkaException e) {
            String what = String.valueOf(e.getMessage());
            return e instanceof ConfigException ? settings.properties() + ": " + what : what;
        }
    }

    /**
     * What a client is made with. Reads the file, so that a password that was changed is taken with the next connection.
     *
     * @param ours what the caller says, which is stronger than the file
     * @throws KafkaException if the file cannot be read or says what is not its to say
     */
    public static Map<String, Object> with(KafkaSettings settings, Map<String, Object> ours) {
        Map<String, Object> all = new HashMap<>();
        if (settings.hasFile()) {
            Properties file = read(settings.properties());
            for (String name : file.stringPropertyNames()) {
                if (OURS.contains(name)) {
                    String hint = name.equals("bootstrap.servers") ? "; kafka.bootstrap has the brokers" : "";
                    throw new KafkaException(
                            settings.properties() + ": expected no " + name + ", which the gateway says itself" + hint);
                }
                all.put(name, file.getProperty(name));
            }
        }
        all.put("bootstrap.servers", settings.bootstrap());
        all.putAll(ours);
        return all;
    }

    private static Properties read(String name) {
        String expected = name + ": expected a file of lines such as security.protocol=SASL_SSL, got ";
        try {
            Path file = Path.of(name);
            if (Files.exists(file) && (!Files.isRegularFile(file) || Files.size(file) > MOST_BYTES)) {
                throw new KafkaException(expected + "a folder, a device, or more than " + MOST_BYTES + " bytes");
            }
            Properties properties = new Properties();
            try (Reader reader = Files.newBufferedReader(file, UTF_8)) {
                properties.load(reader);
            }
            return properties;
        } catch (IOException | IllegalArgumentException e) {
            // Of what Java says the kind alone: its text may be a line of the file.
            String what =
                    e instanceof InvalidPathException ? "no path" : e.getClass().getSimpleName();
            throw new KafkaException(expected + what);
        }
    }
}
