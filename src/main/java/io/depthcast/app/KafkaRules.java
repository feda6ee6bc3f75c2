package io.depthcast.app;

import io.depthcast.config.Setting;
import io.depthcast.kafka.KafkaClients;
import io.depthcast.kafka.KafkaSettings;
import io.depthcast.source.KafkaFeedSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What must hold where the gateway speaks to Kafka. */
final class KafkaRules {
    private KafkaRules() {}

    static List<String> mistakes(Map<String, Setting> settings) {
        Setting bootstrap = settings.get("kafka.bootstrap");
        Setting properties = settings.get("kafka.properties");
        if (bootstrap == null || properties == null) {
            return List.of();
        }
        List<String> mistakes = new ArrayList<>();
        Setting kind = settings.get("feed.kind");
        Setting topic = settings.get("feed.kafka.topic");
        if (kind != null && topic != null && FeedKinds.names((String) kind.value(), FeedKinds.KAFKA)) {
            require(bootstrap, KafkaSettings.NONE, "brokers such as broker:9092", kind, mistakes);
            require(topic, KafkaFeedSettings.NONE, "the name of a topic", kind, mistakes);
        }
        String wrong = KafkaClients.mistake(new KafkaSettings((String) bootstrap.value(), (String) properties.value()));
        if (wrong != null) {
            mistakes.add(properties.mistake(wrong));
        }
        return mistakes;
    }

    private static void require(Setting setting, String none, String expected, Setting kind, List<String> mistakes) {
        if (setting.value().equals(none)) {
            mistakes.add(setting.mistake("expected %s, as for feed.kind (%s, %s), got \"%s\""
                    .formatted(expected, kind.value(), kind.origin(), none)));
        }
    }
}
