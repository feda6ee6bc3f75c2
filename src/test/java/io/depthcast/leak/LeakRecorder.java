package io.depthcast.leak;

import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetectorFactory;
import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;

/** Makes Netty's leak detectors and keeps what they report, which otherwise is a line in a log that nobody reads. */
final class LeakRecorder extends ResourceLeakDetectorFactory {
    /** Milliseconds: far longer than a collection takes; the wait ends as soon as there was one. */
    private static final long COLLECTION_MILLIS = 120_000;

    private final Queue<String> reports = new ConcurrentLinkedQueue<>();
    private final List<Recording<?>> detectors = new CopyOnWriteArrayList<>();

    @Override
    @Deprecated
    @SuppressWarnings("InlineMeSuggester")
    public <T> ResourceLeakDetector<T> newResourceLeakDetector(Class<T> type, int interval, long maxActive) {
        return newResourceLeakDetector(type, interval);
    }

    @Override
    public <T> ResourceLeakDetector<T> newResourceLeakDetector(Class<T> type, int interval) {
        Recording<T> detector = new Recording<>(type, interval);
        detectors.add(detector);
        return detector;
    }

    /** What was dropped without a release since the last call. */
    List<String> takeReports() throws InterruptedException {
        // References are handed over in no order; those of the first collection all before those of the second.
        awaitCollection();
        awaitCollection();
        detectors.forEach(Recording::reportNow);
        List<String> taken = new ArrayList<>();
        for (String report = reports.poll(); report != null; report = reports.poll()) {
            taken.add(report);
        }
        return taken;
    }

    /** A detector sees a leak only once the object is collected. */
    private static void awaitCollection() throws InterruptedException {
        ReferenceQueue<Object> collected = new ReferenceQueue<>();
        PhantomReference<Object> witness = new PhantomReference<>(new Object(), collected);
        System.gc();
        if (collected.remove(COLLECTION_MILLIS) != witness) {
            throw new IllegalStateException("no garbage collection within " + COLLECTION_MILLIS + " ms");
        }
    }

    private final class Recording<T> extends ResourceLeakDetector<T> {
        Recording(Class<T> type, int interval) {
            super(type, interval);
        }

        /** A detector looks for leaks when it is asked to track another object. */
        @SuppressWarnings("unchecked")
        void reportNow() {
            T other = (T) new Object();
            trackForcibly(other).close(other);
        }

        @Override
        protected boolean needReport() {
            return true;
        }

        @Override
        protected void reportTracedLeak(String resourceType, String records) {
            reports.add(resourceType + " was not released:" + records);
        }

        @Override
        protected void reportUntracedLeak(String resourceType) {
            reports.add(resourceType + " was not released");
        }
    }
}
