package io.depthcast.http;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.depthcast.NeedsSockets;
import io.depthcast.session.LimitSettings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/** A gateway that is scraped and probed to its end has nothing to complain of. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@NeedsSockets
class ScrapedStopTest {
    private static final int SCRAPERS = 4;

    private static final class Complaints extends AppenderBase<ILoggingEvent> {
        private final Queue<String> lines = new ConcurrentLinkedQueue<>();

        @Override
        protected void append(ILoggingEvent event) {
            if (event.getLevel().isGreaterOrEqual(Level.WARN)
                    && !event.getLoggerName().endsWith("BlockedThreadChecker")) {
                lines.add(event.getLevel() + " " + event.getLoggerName() + " " + event.getFormattedMessage());
            }
        }
    }

    @Test
    void shouldComplainOfNothing() throws Exception {
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        Complaints complaints = new Complaints();
        complaints.setContext(root.getLoggerContext());
        complaints.start();
        root.addAppender(complaints);
        CountDownLatch scraped = new CountDownLatch(SCRAPERS);
        List<Thread> scrapers = new ArrayList<>();
        try (RunningGateway gateway = RunningGateway.start(RunningGateway.BUSY, LimitSettings.DEFAULT)) {
            for (int i = 0; i < SCRAPERS; i++) {
                Thread scraper = new Thread(() -> scrapeToTheEnd(gateway, scraped), "scraper-" + i);
                scrapers.add(scraper);
                scraper.start();
            }
            assertThat(scraped.await(30, TimeUnit.SECONDS)).isTrue();
        } finally {
            root.detachAppender(complaints);
            for (Thread scraper : scrapers) {
                scraper.join();
            }
        }
        assertThat(complaints.lines).isEmpty();
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
