package io.depthcast.source;

import io.depthcast.feed.BatchDecoder;
import io.depthcast.feed.BatchEncoder;
import io.depthcast.feed.BatchReading;
import io.depthcast.feed.Books;
import io.depthcast.feed.Door;
import io.depthcast.feed.EventBatch;
import io.depthcast.feed.Intake;
import io.depthcast.feed.IntakeListener;
import io.depthcast.metrics.Meters;
import io.depthcast.metrics.SourceMeters;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

/** The real intake behind what a fuzz target tells, and what becomes of it there: written, read and applied like any other. */
final class FuzzedIntake {
    static final SourceMeters METERS = new Meters(new SimpleMeterRegistry(), "fuzz").source("fuzz");
    private static final long NOW_MICROS = 1_795_363_200_000_000L;

    private final Intake intake = new Intake(NOW_MICROS, IntakeListener.NONE);
    private final Books books = new Books(0, 1);

    FuzzedIntake() {
        intake.begin(NOW_MICROS, 0);
        books.replace(intake.snapshot());
    }

    Door door() {
        return intake.open("fuzz", 10_000);
    }

    /** Whatever was told of is a batch that everybody can apply. */
    void apply() {
        EventBatch batch = intake.take();
        if (batch != null) {
            byte[] bytes = new BatchEncoder().encode(batch, 1, "fuzz");
            if (!(new BatchDecoder().decode(bytes, 0, bytes.length, 0) instanceof BatchReading.Read read)
                    || books.apply(read.batch()) != Books.Applied.APPLIED) {
                throw new AssertionError("what was taken cannot be applied");
            }
        }
    }
}
