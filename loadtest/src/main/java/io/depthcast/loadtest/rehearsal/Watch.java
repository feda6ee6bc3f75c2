package io.depthcast.loadtest.rehearsal;

import io.depthcast.client.BookMessage;
import io.depthcast.client.ClientListener;
import io.depthcast.client.ControlMessage;
import io.depthcast.client.Disconnection;
import io.depthcast.client.ProvedBook;
import io.depthcast.wire.FeedStatus;

/** What one client lives through. Its event loop. */
final class Watch implements ClientListener {
    private static final int UNAVAILABLE = 503;

    private final int number;
    private final Findings findings;
    private boolean everHeard;
    private boolean connected;
    private long heardNanos;
    /** Since the last data: what the gateway asked this client to wait, or what its back-off drew. */
    private long waitMillis;

    private long announcedMillis = -1;
    private long epoch;
    private boolean isHopping;
    private boolean hasHopped;
    private boolean isLive;

    /** @param findings of the whole crowd */
    Watch(int number, Findings findings) {
        this.number = number;
        this.findings = findings;
    }

    @Override
    public void onWelcome(ControlMessage.Welcome welcome) {
        connected = true;
        hasHopped = false;
        findings.welcomed++;
    }

    @Override
    public void onBook(BookMessage book) {
        long nowNanos = System.nanoTime();
        if (everHeard) {
            findings.silence(number, nowNanos - heardNanos, waitMillis);
        }
        if (everHeard && epoch != book.epoch()) {
            findings.epochs++;
        }
        if (isLive) {
            findings.oldestLiveMillis =
                    Math.max(findings.oldestLiveMillis, System.currentTimeMillis() - book.timeMicros() / 1_000);
        }
        epoch = book.epoch();
        everHeard = true;
        heardNanos = nowNanos;
        waitMillis = 0;
        findings.updates++;
        findings.snapshots += book.isSnapshot() ? 1 : 0;
    }

    /** A silence that has not ended yet counts for as long as it has lasted. */
    void look(long nowNanos) {
        if (everHeard) {
            findings.silence(number, nowNanos - heardNanos, waitMillis);
        }
    }

    boolean hasHeardSince(long nanos) {
        return everHeard && connected && heardNanos - nanos > 0;
    }

    @Override
    public void onHeartbeat(FeedStatus feed, long timeMicros) {
        isLive = feed == FeedStatus.LIVE;
        if (feed == FeedStatus.STALE) {
            findings.toldStale();
        }
    }

    /** Whether it may drop its connection by itself, which it does then. */
    boolean hops() {
        isHopping = connected;
        return connected;
    }

    @Override
    public void onNotice(ControlMessage.Notice notice) {
        if (notice.code().equals("draining")) {
            announcedMillis = notice.value("reconnectAfterMillis");
        }
    }

    @Override
    public void onUnproved(BookMessage message, ProvedBook.Outcome outcome) {
        findings.wrongBooks++;
        findings.complain(number, "a book could not be proved: " + outcome);
    }

    @Override
    public void onRefused(ControlMessage.Refused refused) {
        findings.error(number, refused.toString());
    }

    @Override
    public void onDisconnected(Disconnection ended) {
        if (findings.isOver()) {
            return;
        }
        if (isHopping && ended.reconnectMillis() == 0) {
            isHopping = false;
            hasHopped = true;
            connected = false;
            announcedMillis = -1;
            return;
        }
        // Whoever hops to a gateway that is just leaving is told to wait, as anybody who comes then.
        boolean isSentOn = hasHopped && ended.httpStatus() == UNAVAILABLE;
        if (!isSentOn && (!connected || ended.isFinal() || !findings.mayLose(ended.code()))) {
            findings.error(number, ended.toString());
        }
        waitMillis += announcedMillis >= 0 ? announcedMillis : ended.reconnectMillis();
        announcedMillis = -1;
        connected = false;
        findings.lost++;
    }
}
