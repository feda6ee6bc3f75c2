package io.depthcast.fanout;

/** The thread that made something, which alone may use it: what the entry points of shards and audiences assert. */
final class OwnThread {
    private final Thread owner = Thread.currentThread();

    boolean isCurrent() {
        return Thread.currentThread() == owner;
    }
}
