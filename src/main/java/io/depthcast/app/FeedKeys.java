package io.depthcast.app;

import static io.depthcast.config.Key.flag;
import static io.depthcast.config.Key.number;
import static io.depthcast.config.Key.oneOf;
import static io.depthcast.config.Key.word;
import static io.depthcast.config.Key.words;

import io.depthcast.config.Key;
import io.depthcast.http.IngestSettings;
import io.depthcast.journal.JournalSettings;
import io.depthcast.kafka.KafkaSettings;
import io.depthcast.market.FeedSettings;
import io.depthcast.recording.RecordSettings;
import io.depthcast.source.BinanceSettings;
import io.depthcast.source.KafkaFeedSettings;
import io.depthcast.source.RecordingSettings;
import java.util.List;

/** The keys of where market events come from; see {@link Keys}. */
final class FeedKeys {
    static final List<Key> ALL = List.of(
            word("ingest.host", IngestSettings.DEFAULT_HOST, "address of the port where publishers connect"),
            words(
                    "ingest.port",
                    IngestSettings.DEFAULT_PORT,
                    "a whole number from 0 to 65535, or none",
                    IngestSettings::parsePort,
                    "port where publishers connect; 0 takes a free one, none is off"),
            words(
                    "feed.kind",
                    FeedSettings.SIMULATED,
                    Sources.EXPECTATION,
                    Sources::parse,
                    "where market events come from, beside publishers"),
            number(
                    "feed.seed",
                    Long.MIN_VALUE,
                    Long.MAX_VALUE,
                    FeedSettings.DEFAULT_SEED,
                    "same seed, same simulated events"),
            number(
                    "feed.eventsPerSecond",
                    1,
                    FeedSettings.MAX_EVENTS_PER_SECOND,
                    FeedSettings.DEFAULT_EVENTS_PER_SECOND,
                    "simulated events per second, all instruments together"),
            number(
                    "feed.instruments",
                    1,
                    FeedSettings.MAX_INSTRUMENTS,
                    FeedSettings.DEFAULT_INSTRUMENTS,
                    "simulated instruments"),
            words(
                    "feed.recording.files",
                    RecordingSettings.NONE,
                    "none, or files with commas between",
                    RecordingSettings::parseFiles,
                    "what is played: .rec, or .ndjson or .csv of Tardis, also with .gz"),
            words(
                    "feed.recording.speed",
                    RecordingSettings.AS_IT_WAS,
                    "a decimal from 0.001 to 1000000",
                    RecordingSettings::parseSpeed,
                    "how fast recordings are played; 1 is as it was"),
            flag("feed.recording.loop", false, "whether recordings begin anew at their end"),
            oneOf(
                    "feed.recording.times",
                    List.of(RecordingSettings.SHIFTED, RecordingSettings.KEPT),
                    RecordingSettings.SHIFTED,
                    "shifted: recordings happen now; kept: with the times they have"),
            words(
                    "feed.binance.rest",
                    BinanceSettings.DEFAULT_REST,
                    "a base URL of http or https",
                    BinanceSettings::parseRest,
                    "REST of an exchange that speaks as Binance spot does"),
            words(
                    "feed.binance.stream",
                    BinanceSettings.DEFAULT_STREAM,
                    "a base URL of ws or wss",
                    BinanceSettings::parseStream,
                    "its WebSocket"),
            words(
                    "feed.binance.symbols",
                    BinanceSettings.DEFAULT_SYMBOLS,
                    "symbols such as BTCUSDT,ETHUSDT",
                    BinanceSettings::parseSymbols,
                    "which of its instruments; BTCUSDT becomes BTC-USDT"),
            words(
                    "feed.kafka.topic",
                    KafkaFeedSettings.NONE,
                    "none, or the name of a topic",
                    KafkaFeedSettings::parseTopic,
                    "topic of Kafka with the objects that publishers send"),
            words(
                    "feed.kafka.from",
                    KafkaFeedSettings.NEWEST,
                    "newest, oldest, or a time such as 2026-11-29T08:00:00Z",
                    KafkaFeedSettings::parseFrom,
                    "where in the topic to begin at the start"),
            words(
                    "kafka.bootstrap",
                    KafkaSettings.NONE,
                    "none, or brokers such as one:9092,two:9092",
                    KafkaSettings::parseBootstrap,
                    "brokers of Kafka by which the others are found"),
            word("kafka.properties", KafkaSettings.NONE, "file with what else Kafka's client is told: TLS, passwords"),
            words(
                    "kafka.name",
                    JournalSettings.DEFAULT.name(),
                    "none, or a name of letters, digits, dots, dashes and underscores",
                    JournalSettings::parse,
                    "begin of the names of the log's topics; none: all is one process"),
            word("record.directory", RecordSettings.NONE, "folder where what sources tell is recorded, or none"),
            number(
                    "record.fileBytes",
                    RecordSettings.MIN_FILE_BYTES,
                    RecordSettings.MAX_BYTES,
                    RecordSettings.DEFAULT_FILE_BYTES,
                    "bytes of a recording after which the next file begins"),
            number(
                    "record.reserveBytes",
                    0,
                    RecordSettings.MAX_BYTES,
                    RecordSettings.DEFAULT_RESERVE_BYTES,
                    "bytes of its disk that recording leaves free"));

    private FeedKeys() {}
}
