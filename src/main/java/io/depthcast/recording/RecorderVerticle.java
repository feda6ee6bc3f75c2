package io.depthcast.recording;

import io.depthcast.feed.EventBatch;
import io.depthcast.feed.FeedBus;
import io.depthcast.metrics.RecordMeters;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import java.io.IOException;
import java.nio.file.Files;
import org.jspecify.annotations.Nullable;

/** Hears the feed for the recorder. */
public final class RecorderVerticle extends VerticleBase {
    private final RecordSettings settings;
    private final Recorder recorder;
    private boolean isAsking;

    /** If it is wanted; to be waited for before the feed starts, so that nothing is missing. */
    public static Future<?> deploy(Vertx vertx, RecordSettings settings, RecordMeters meters) {
        return settings.isOn()
                ? vertx.deployVerticle(new RecorderVerticle(settings, meters))
                : Future.succeededFuture();
    }

    RecorderVerticle(RecordSettings settings, RecordMeters meters) {
        this.settings = settings;
        this.recorder = new Recorder(settings, new Disk.Folder(settings.folder()), Recorder.MAX_WAITING_ROWS, meters);
    }

    /** Fails if the folder cannot be made, or written. */
    @Override
    public Future<?> start() {
        return vertx.executeBlocking(this::mistake).compose(mistake -> {
            if (mistake != null) {
                return Future.failedFuture("record.directory: " + settings.directory() + ": " + mistake);
            }
            recorder.start();
            return vertx.eventBus().consumer(FeedBus.EVENTS, this::onEvents).completion();
        });
    }

    private @Nullable String mistake() {
        try {
            Files.createDirectories(settings.folder());
        } catch (IOException e) {
            return "expected a folder that is there or can be made: " + e.getMessage();
        }
        return Files.isWritable(settings.folder()) ? null : "expected a folder that can be written";
    }

    private void onEvents(Message<EventBatch> message) {
        recorder.offer(message.body());
        if (recorder.wantsState() && !isAsking) {
            isAsking = true;
            FeedBus.snapshot(vertx).onSuccess(state -> {
                isAsking = false;
                recorder.offer(state);
            });
        }
    }

    @Override
    public Future<?> stop() {
        return vertx.executeBlocking(() -> {
            recorder.stop();
            return null;
        });
    }
}
