package io.depthcast.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.metrics.LadderStep;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OutflowTest {
    private static final long SECOND = 1_000_000_000L;
    private static final int KIB = 1_024;

    /** Nowhere near zero, and about to overflow: monotonic time has no origin. */
    private long nowNanos = Long.MAX_VALUE - 2 * SECOND;

    private final Outflow outflow = new Outflow(PaceSettings.DEFAULT, 20, nowNanos);

    @Test
    void shouldStartWithOneMessageAtATimeUntilTheFirstAcknowledgement() {
        assertThat(hasRoom()).isTrue();
        assertThat(outflow.allowanceBytes(0)).isEqualTo(16 * KIB);
        sendData(100);
        assertThat(outflow.isProbing()).isTrue();
        assertThat(hasRoom()).isFalse();
        pass(0.4);
        assertThat(check(true)).isNull();

        outflow.acknowledged(nowNanos);
        assertThat(hasRoom()).isTrue();
        assertThat(outflow.rung()).isEqualTo(Rung.LIVE);
        assertThat(outflow.allowanceBytes(0)).isEqualTo(4_194_304 * 20 / 1_000);
    }

    @Test
    void shouldGoOnWithOneMessageAtATimeWhenTheFirstAcknowledgementIsLate() {
        sendData(100);
        pass(0.6);
        outflow.acknowledged(nowNanos);

        sendData(100);
        assertThat(hasRoom()).isFalse();
        pass(0.1);
        outflow.acknowledged(nowNanos);
        sendData(100);
        assertThat(hasRoom()).isTrue();
    }

    @Test
    void shouldProbeALiveClientAfterEightKibibytes() {
        becomeLive();
        sendData(8 * KIB - 1);
        assertThat(outflow.isProbing()).isFalse();
        assertThat(outflow.pendingBytes()).isZero();

        sendData(1);
        assertThat(outflow.isProbing()).isTrue();
        sendData(50 * KIB);
        assertThat(hasRoom()).isTrue();
        assertThat(outflow.pendingBytes()).isEqualTo(58 * KIB);
        outflow.acknowledged(nowNanos);
        sendData(1);
        assertThat(outflow.isProbing()).isTrue();
        assertThat(outflow.pendingBytes()).isEqualTo(50 * KIB + 1);
    }

    @Test
    void shouldConflateWhenDataIsDueAndTheAcknowledgementLate() {
        becomeLive();
        sendData(8 * KIB);
        pass(0.5);
        assertThat(hasRoom()).isTrue();
        pass(0.001);
        assertThat(hasRoom()).isFalse();

        assertThat(check(false)).isNull();
        assertThat(check(true)).isEqualTo(LadderStep.ACK_LATE);
        assertThat(outflow.rung()).isEqualTo(Rung.CONFLATING);
        assertThat(outflow.behindNanos(nowNanos)).isEqualTo(501_000_000);
        assertThat(check(true)).isNull();
    }

    @Test
    void shouldConflateWhenDataIsDueAndTheSocketIsFull() {
        becomeLive();
        assertThat(outflow.check(false, false, nowNanos)).isNull();
        assertThat(outflow.check(false, true, nowNanos)).isEqualTo(LadderStep.SOCKET_FULL);
    }

    @Test
    void shouldConflateButNeverCloseAClientThatOnlyWaitsForItsByteBudget() {
        becomeLive();
        assertThat(outflow.limit(10_000, nowNanos)).isEqualTo(10_000);
        sendData(20_000);
        outflow.acknowledged(nowNanos);
        assertThat(hasRoom()).isFalse();
        assertThat(check(true)).isEqualTo(LadderStep.BUDGET_SPENT);
        for (int i = 0; i < 200; i++) {
            pass(0.1);
            if (hasRoom()) {
                sendData(20_000);
                outflow.acknowledged(nowNanos);
            }
            assertThat(check(true)).isNull();
        }
        assertThat(outflow.rung()).isEqualTo(Rung.CONFLATING);
    }

    @Test
    void shouldSpendNoMoreThanTheLimitInTheLongRun() {
        outflow.limit(50_000, nowNanos);
        int sent = 0;
        for (int flush = 0; flush < 10 * 50; flush++) {
            if (hasRoom()) {
                int bytes = Math.min(3_000, outflow.allowanceBytes(0));
                sendData(bytes);
                sent += bytes;
                outflow.acknowledged(nowNanos);
            }
            pass(0.02);
        }
        // Ten seconds, the quarter of a second that may come at once, and one message of debt.
        assertThat(sent).isBetween(500_000, 500_000 + 12_500 + 3_000);
    }

    @Test
    void shouldNotLimitAboveWhatIsConfigured() {
        assertThat(outflow.limit(Integer.MAX_VALUE, nowNanos)).isEqualTo(4_194_304);
        assertThat(outflow.limit(1_000, nowNanos)).isEqualTo(1_000);
        assertThat(outflow.allowanceBytes(0)).isEqualTo(1_000);
        assertThat(outflow.limit(4_194_304, nowNanos)).isEqualTo(4_194_304);
    }

    @Test
    void shouldWarnAndThenCloseWhoTakesNothing() {
        becomeLive();
        sendData(8 * KIB);
        pass(0.6);
        assertThat(check(true)).isEqualTo(LadderStep.ACK_LATE);
        pass(4.3);
        assertThat(check(true)).isNull();
        pass(0.1);
        assertThat(check(true)).isEqualTo(LadderStep.BEHIND);
        assertThat(outflow.rung()).isEqualTo(Rung.SLOW);
        assertThat(outflow.closeInMillis(nowNanos)).isEqualTo(5_000);
        pass(4.9);
        assertThat(check(true)).isNull();
        assertThat(outflow.closeInMillis(nowNanos)).isEqualTo(100);
        pass(0.1);
        assertThat(check(true)).isEqualTo(LadderStep.TOO_SLOW);
        assertThat(outflow.behindNanos(nowNanos)).isEqualTo(10 * SECOND);
    }

    @Test
    void shouldNotCloseWhoTakesEachMessageInTime() {
        becomeLive();
        sendData(8 * KIB);
        pass(0.6);
        assertThat(check(true)).isEqualTo(LadderStep.ACK_LATE);
        for (int i = 0; i < 10; i++) {
            pass(4.4);
            outflow.acknowledged(nowNanos);
            assertThat(check(true)).isNull();
            assertThat(hasRoom()).isTrue();
            sendData(100);
            assertThat(hasRoom()).isFalse();
        }
        assertThat(outflow.rung()).isEqualTo(Rung.CONFLATING);
    }

    @Test
    void shouldRelieveASlowClientThatTakesWhatWasSent() {
        becomeLive();
        sendData(8 * KIB);
        pass(0.6);
        check(true);
        pass(6);
        assertThat(check(true)).isEqualTo(LadderStep.BEHIND);
        outflow.acknowledged(nowNanos);

        assertThat(check(true)).isEqualTo(LadderStep.RELIEVED);
        assertThat(outflow.rung()).isEqualTo(Rung.CONFLATING);
        pass(1);
        assertThat(check(false)).isEqualTo(LadderStep.RECOVERED);
    }

    @Test
    void shouldBeLiveAgainAfterASecondOfCalm() {
        conflate();
        assertThat(outflow.allowanceBytes(0)).isEqualTo(16 * KIB);
        for (int i = 0; i < 9; i++) {
            pass(0.1);
            sendData(100);
            outflow.acknowledged(nowNanos);
            assertThat(check(false)).isNull();
        }
        pass(0.1);
        assertThat(check(false)).isEqualTo(LadderStep.RECOVERED);
        assertThat(hasRoom()).isTrue();
        sendData(100);
        assertThat(hasRoom()).isTrue();
    }

    @Test
    void shouldCountTheCalmFromTheLastTrouble() {
        conflate();
        pass(0.9);
        assertThat(outflow.check(false, true, nowNanos)).isNull();
        pass(0.9);
        sendData(100);
        pass(0.6);
        outflow.acknowledged(nowNanos);
        pass(0.9);
        assertThat(check(false)).isNull();
        pass(0.1);
        assertThat(check(false)).isEqualTo(LadderStep.RECOVERED);
    }

    @Test
    void shouldAskForTwiceTheCalmAfterEachRelapseUpToThirtySeconds() {
        for (int calmSeconds : new int[] {1, 2, 4, 8, 16, 30, 30}) {
            conflate();
            pass(calmSeconds - 0.1);
            assertThat(check(false)).isNull();
            pass(0.1);
            assertThat(check(false)).as("after %s s", calmSeconds).isEqualTo(LadderStep.RECOVERED);
            pass(29);
        }
        pass(1);
        conflate();
        pass(1);
        assertThat(check(false)).isEqualTo(LadderStep.RECOVERED);
    }

    @Test
    void shouldTakeAnAcknowledgementOfNothingForNothing() {
        outflow.acknowledged(nowNanos);
        sendData(100);
        assertThat(hasRoom()).isFalse();
    }

    @Test
    void shouldSubtractFromALiveMessageWhatTheSocketStillHolds() {
        becomeLive();
        assertThat(outflow.allowanceBytes(10_000)).isEqualTo(4_194_304 * 20 / 1_000 - 10_000);
        assertThat(outflow.allowanceBytes(1_000_000)).isEqualTo(1);
    }

    private void conflate() {
        outflow.acknowledged(nowNanos);
        assertThat(outflow.check(false, true, nowNanos)).isEqualTo(LadderStep.SOCKET_FULL);
    }

    private void becomeLive() {
        sendData(1);
        outflow.acknowledged(nowNanos);
    }

    private void sendData(int bytes) {
        outflow.sent(bytes, nowNanos);
        if (outflow.wantsProbe()) {
            outflow.probed(nowNanos);
        }
    }

    private boolean hasRoom() {
        return outflow.hasRoom(true, nowNanos);
    }

    private @Nullable LadderStep check(boolean dataLeftOut) {
        return outflow.check(true, dataLeftOut, nowNanos);
    }

    private void pass(double seconds) {
        nowNanos += Math.round(seconds * SECOND);
    }
}
