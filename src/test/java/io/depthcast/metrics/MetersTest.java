package io.depthcast.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.auth.TokenFault;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.junit.jupiter.api.Test;

class MetersTest {
    private final PrometheusMeterRegistry registry = PrometheusRegistry.create();
    private final Meters meters = new Meters(registry, "1.2.3");

    @Test
    void shouldCountWhatHappened() {
        meters.handshake(101);
        meters.handshake(426);
        meters.handshake(418);
        meters.connected();
        meters.connected();
        meters.closed(4000);
        meters.subscriptionsChanged(5);
        meters.subscriptionsChanged(-2);
        meters.eventsIn(100);
        meters.gap();
        meters.slowConsumerAborted();
        meters.rateLimited(RateLimit.PINGS);
        meters.written(30);

        assertThat(nonZero()).isEqualTo("""
                depthcast_audience 1.0
                depthcast_closes_total{code="4000"} 1.0
                depthcast_connections 1.0
                depthcast_events_in_total 100.0
                depthcast_gaps_total 1.0
                depthcast_handshakes_total{status="101"} 1.0
                depthcast_handshakes_total{status="426"} 1.0
                depthcast_handshakes_total{status="other"} 1.0
                depthcast_rate_limited_total{limit="pings"} 1.0
                depthcast_slow_consumer_aborts_total 1.0
                depthcast_subscriptions 3.0
                depthcast_websocket_written_bytes_total 30.0
                """);
    }

    @Test
    void shouldHaveALabelForWhateverMayBeWrongWithAToken() {
        for (TokenFault fault : TokenFault.values()) {
            meters.tokenRefused(fault.label());
        }
        meters.tokenRefused("what a newer version may find");

        assertThat(nonZero().lines())
                .hasSize(TokenFault.values().length + 1)
                .allMatch(line -> line.startsWith("depthcast_tokens_refused_total{reason=") && line.endsWith(" 1.0"));
    }

    @Test
    void shouldCountForEachEncoding() {
        meters.encoding("json").frameSent(120);
        meters.encoding("json").frameSent(80);
        meters.encoding("sbe").encoded(100);
        meters.encoding("sbe").deflated(60);

        assertThat(nonZero()).isEqualTo("""
                depthcast_deflated_bytes_total{encoding="sbe"} 60.0
                depthcast_deflations_total{encoding="sbe"} 1.0
                depthcast_encoded_bytes_total{encoding="sbe"} 100.0
                depthcast_encodings_total{encoding="sbe"} 1.0
                depthcast_frames_sent_total{encoding="json"} 2.0
                depthcast_sent_bytes_total{encoding="json"} 200.0
                """);
    }

    @Test
    void shouldShowTheOverloadOfEachLoop() {
        meters.loop("gateway-0").stretched(4);
        meters.loop("shard-0").overran();

        assertThat(nonZero()).isEqualTo("""
                depthcast_flush_overruns_total{loop="shard-0"} 1.0
                depthcast_flush_stretch{loop="gateway-0"} 4.0
                depthcast_flush_stretch{loop="shard-0"} 1.0
                depthcast_flush_stretch_changes_total{loop="gateway-0"} 1.0
                """);
    }

    @Test
    void shouldCountTheLadderAndTheLimits() {
        LadderMeters ladder = meters.ladder();
        ladder.liveChanged(3);
        ladder.conflatingChanged(2);
        ladder.slowChanged(1);
        ladder.stepped(LadderStep.ACK_LATE);
        ladder.stepped(LadderStep.ACK_LATE);
        ladder.stepped(LadderStep.RECOVERED);
        ladder.merged(24);
        ladder.pendingChanged(500);
        ladder.pendingChanged(-100);
        meters.rateLimited(RateLimit.SNAPSHOTS);

        assertThat(nonZero()).isEqualTo("""
                depthcast_clients{rung="conflating"} 2.0
                depthcast_clients{rung="live"} 3.0
                depthcast_clients{rung="slow"} 1.0
                depthcast_ladder_steps_total{reason="ack",to="conflating"} 2.0
                depthcast_ladder_steps_total{reason="calm",to="live"} 1.0
                depthcast_merged_updates_total 24.0
                depthcast_pending_bytes 400.0
                depthcast_rate_limited_total{limit="snapshots"} 1.0
                """);
    }

    @Test
    void shouldPutALatencyIntoTheBucketsThatHoldIt() {
        meters.eventToWrite(24_000_000);

        assertThat(nonZero()).isEqualTo("""
                depthcast_event_to_write_seconds_bucket{le="0.025"} 1
                depthcast_event_to_write_seconds_bucket{le="0.03"} 1
                depthcast_event_to_write_seconds_bucket{le="0.04"} 1
                depthcast_event_to_write_seconds_bucket{le="0.05"} 1
                depthcast_event_to_write_seconds_bucket{le="0.075"} 1
                depthcast_event_to_write_seconds_bucket{le="0.1"} 1
                depthcast_event_to_write_seconds_bucket{le="0.25"} 1
                depthcast_event_to_write_seconds_bucket{le="1.0"} 1
                depthcast_event_to_write_seconds_bucket{le="+Inf"} 1
                depthcast_event_to_write_seconds_count 1
                depthcast_event_to_write_seconds_sum 0.024
                depthcast_event_to_write_seconds_max 0.024
                """);
    }

    @Test
    void shouldHaveOneSeriesForAllCodesThatClientsInvent() {
        for (int code = 3_000; code < 3_100; code++) {
            meters.closed(code);
        }

        assertThat(nonZero()).contains("depthcast_closes_total{code=\"other\"} 100.0\n");
        assertThat(registry.get("depthcast.closes").functionCounters()).hasSize(21);
    }

    @Test
    void shouldTellOfEachShardHowOldItsBooksAre() {
        long[] now = {1_000_000_000L};
        ShardMeters shard = new ShardMeters(registry, 3, () -> now[0]);
        shard.books(24, 0);
        shard.heard(2_000_000_000L);
        now[0] = 4_500_000_000L;

        assertThat(nonZero()).isEqualTo("""
                depthcast_books{shard="3"} 24.0
                depthcast_feed_age_seconds{shard="3"} 2.5
                """);

        shard.books(24, 24);
        assertThat(nonZero()).contains("depthcast_stale_books{shard=\"3\"} 24.0\n");
    }

    @Test
    void shouldHaveNoMeterPerConnection() {
        int before = registry.getMeters().size();
        for (int client = 0; client < 20_000; client++) {
            meters.connected();
            meters.handshake(101);
            meters.subscriptionsChanged(4);
        }

        assertThat(registry.getMeters()).hasSize(before);
    }

    @Test
    void shouldSayWhatRuns() {
        assertThat(registry.scrape())
                .contains("depthcast_build_info{java=\"" + Runtime.version() + "\",version=\"1.2.3\"} 1");
    }

    /** The samples that are neither zero nor the build's, a line each. */
    private String nonZero() {
        StringBuilder samples = new StringBuilder();
        registry.scrape()
                .lines()
                .filter(line -> !line.startsWith("#") && !line.endsWith(" 0") && !line.endsWith(" 0.0"))
                .filter(line -> !line.startsWith("depthcast_build_info"))
                .filter(line -> !line.startsWith("depthcast_direct_memory"))
                .filter(line -> !line.startsWith("depthcast_config_last_reload"))
                .forEach(line -> samples.append(line).append('\n'));
        return samples.toString();
    }
}
