package io.depthcast.leak;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.util.ResourceLeakDetectorFactory;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Fails a test class after which a Netty buffer was dropped without a release. Registered for all of them as a service. */
public final class LeakCheck implements AfterAllCallback {
    static final LeakRecorder RECORDER = new LeakRecorder();

    static {
        // Netty asks for a detector when its classes are initialised, so this must come before any of them.
        ResourceLeakDetectorFactory.setResourceLeakDetectorFactory(RECORDER);
    }

    @Override
    public void afterAll(ExtensionContext context) throws InterruptedException {
        assertThat(RECORDER.takeReports()).as("Netty buffers leaked").isEmpty();
    }
}
