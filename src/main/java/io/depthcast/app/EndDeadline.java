package io.depthcast.app;

import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Ends the process where it stands if its end takes too long: a close may be stuck, or a class be missing because the jar was
 * replaced meanwhile. So it needs nothing but what is loaded when it begins, and the JDK. Any thread.
 */
final class EndDeadline {
    /** Seconds that an end takes at most beside the drain: good-byes, and all that is closed after them. */
    static final int MARGIN_SECONDS = 15;

    /** Milliseconds: whoever reads standard error may be what everything waits for. */
    private static final long WORDS_MILLIS = 1_000;

    private final int exitCode;
    private final Thread words = daemon(new Words(), "end-words");
    private boolean runs;
    private boolean lifted;
    private long endNanos;

    private EndDeadline(int exitCode) {
        this.exitCode = exitCode;
    }

    /** Begins to wait for a deadline; there is none yet. */
    static EndDeadline begin(int exitCode) {
        EndDeadline deadline = new EndDeadline(exitCode);
        daemon(new Keeper(deadline), "end-deadline").start();
        return deadline;
    }

    private static Thread daemon(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }

    /** The process has to be gone in so many seconds from now. The last word counts. */
    synchronized void within(int seconds) {
        runs = true;
        endNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        notifyAll();
    }

    /** The same, unless it has to be gone before that anyway. */
    synchronized void sooner(int seconds) {
        if (!runs || endNanos - System.nanoTime() > TimeUnit.SECONDS.toNanos(seconds)) {
            within(seconds);
        }
    }

    /** There is no deadline any more, and will be none. */
    synchronized void lift() {
        lifted = true;
        notifyAll();
    }

    /** Until the deadline; false if it was lifted. */
    private synchronized boolean await() throws InterruptedException {
        while (!lifted && !(runs && System.nanoTime() - endNanos >= 0)) {
            if (runs) {
                TimeUnit.NANOSECONDS.timedWait(this, endNanos - System.nanoTime());
            } else {
                wait();
            }
        }
        return !lifted;
    }

    private void keep() {
        try {
            if (await()) {
                end();
            }
        } catch (InterruptedException nobodyDoes) {
            Thread.currentThread().interrupt();
        }
    }

    private void end() throws InterruptedException {
        try {
            words.start();
            words.join(WORDS_MILLIS);
        } finally {
            Runtime.getRuntime().halt(exitCode);
        }
    }

    /** A class, for what a lambda needs is made when it is first met. */
    private static final class Keeper implements Runnable {
        private final EndDeadline deadline;

        Keeper(EndDeadline deadline) {
            this.deadline = deadline;
        }

        @Override
        public void run() {
            deadline.keep();
        }
    }

    /** Says what is still there. */
    private static final class Words implements Runnable {
        @Override
        public void run() {
            System.err.println("depthcast: the end took too long; this process is halted while these threads run");
            for (Map.Entry<Thread, StackTraceElement[]> each :
                    Thread.getAllStackTraces().entrySet()) {
                StackTraceElement[] stack = each.getValue();
                if (!each.getKey().isDaemon() && stack.length > 0) {
                    System.err.println("  " + each.getKey().getName() + " in " + stack[0]);
                }
            }
        }
    }
}
