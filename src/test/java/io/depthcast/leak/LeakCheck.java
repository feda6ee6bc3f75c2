package io.depthcast.leak;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetector.Level;
import io.netty.util.ResourceLeakDetectorFactory;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails a test class after which a Netty buffer was dropped without a release. Registered for all of them as a service.
 * Where buffers cross sockets Netty follows each of them, which is slow; elsewhere as many as
 * {@code io.netty.leakDetection.level} says, which is all of them where a change lands.
 */
public final class LeakCheck implements BeforeAllCallback, AfterAllCallback {
    private static final Level ELSEWHERE = Level.valueOf(
            System.getProperty("io.netty.leakDetection.level", "simple").toUpperCase(Locale.ROOT));

    static final LeakRecorder RECORDER = new LeakRecorder();

    static {
        // Netty asks for a detector when its classes are initialised, so this must come before any of them.
        ResourceLeakDetectorFactory.setResourceLeakDetectorFactory(RECORDER);
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        ResourceLeakDetector.setLevel(level(context.getTags()));
    }

    static Level level(Set<String> tags) {
        return tags.contains("sockets") ? Level.PARANOID : ELSEWHERE;
    }

    @Override
    public void afterAll(ExtensionContext context) throws InterruptedException {
        assertThat(RECORDER.takeReports()).as("Netty buffers leaked").isEmpty();
    }
}
