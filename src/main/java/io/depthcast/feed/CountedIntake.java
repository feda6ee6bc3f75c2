package io.depthcast.feed;

import io.depthcast.metrics.FeedMeters;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts what the intake notices, and logs what somebody has to look at. Feed loop. */
public final class CountedIntake implements IntakeListener {
    private static final Logger LOG = LoggerFactory.getLogger(CountedIntake.class);

    private final FeedMeters meters;

    public CountedIntake(FeedMeters meters) {
        this.meters = meters;
    }

    @Override
    public void late(String source) {
        meters.late();
    }

    @Override
    public void crossed(String source) {
        meters.crossed();
    }

    @Override
    public void silent(int sources) {
        meters.silent(sources);
    }

    @Override
    public void stale(String source) {
        meters.silence();
        LOG.atWarn().addKeyValue("source", source).log("a source is silent or gone; its instruments are stale");
    }
}
