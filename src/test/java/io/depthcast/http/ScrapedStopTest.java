package io.depthcast.http;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.depthcast.HeardLog;
import io.depthcast.NeedsSockets;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A gateway that is scraped and probed to its end has nothing to complain of. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@NeedsSockets
class ScrapedStopTest {
    private static final int SCRAPERS = 4;

    @Test
    void shouldComplainOfNothing() throws Exception {
        CountDownLatch scraped = new CountDownLatch(SCRAPERS);
        List<Thread> scrapers = new ArrayList<>();
        try (HeardLog log = HeardLog.ofAll(Level.INFO)) {
            try (RunningGateway gateway = RunningGateway.start(RunningGateway.BUSY, RunningGateway.LIMITS)) {
                for (int i = 0; i < SCRAPERS; i++) {
                    Thread scraper = new Thread(() -> scrapeToTheEnd(gateway, scraped), "scraper-" + i);
                    scrapers.add(scraper);
                    scraper.start();
                }
                assertThat(scraped.await(60, TimeUnit.SECONDS)).isTrue();
            }
            assertThat(log.complaints()).isEmpty();
        } finally {
            for (Thread scraper : scrapers) {
                scraper.join();
            }
        }
    }

    private static void scrapeToTheEnd(RunningGateway gateway, CountDownLatch scraped) {
        try {
            while (true) {
                assertThat(gateway.metrics()).isNotNull();
                assertThat(gateway.connections("?limit=1")).isNotNull();
                scraped.countDown();
            }
        } catch (IOException | RuntimeException ended) {
            scraped.countDown();
        }
    }
}
