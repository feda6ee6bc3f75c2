package io.depthcast.http;

import io.depthcast.limit.Admission;
import io.depthcast.limit.AdmissionSettings;
import io.depthcast.limit.Verdict;
import io.depthcast.session.CloseReason;
import io.depthcast.session.FormerSessions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The one place of the node that knows who is connected and who was. */
public final class AdmissionVerticle extends VerticleBase {
    /** A bucket of the default burst is full again after less. */
    private static final int SWEEP_MILLIS = 5_000;

    private final Admission admission;
    private final FormerSessions former = new FormerSessions();

    public AdmissionVerticle(Admission admission) {
        this.admission = admission;
    }

    @Override
    public Future<?> start() {
        vertx.setPeriodic(SWEEP_MILLIS, timer -> sweep());
        EventBus bus = vertx.eventBus();
        SettingsBus.listen(bus, AdmissionSettings.class, changed -> admission.take(changed, System.nanoTime()));
        return Future.all(List.of(
                bus.<AdmissionBus.Ask>localConsumer(AdmissionBus.ASK, this::answer)
                        .completion(),
                bus.<AdmissionBus.Departure>localConsumer(AdmissionBus.DEPART, this::depart)
                        .completion(),
                bus.<AdmissionBus.Closed>localConsumer(AdmissionBus.CLOSED, this::closed)
                        .completion(),
                bus.<Integer>localConsumer(AdmissionBus.LEAVE, loop -> admission.leave(loop.body()))
                        .completion()));
    }

    private void sweep() {
        admission.sweep(System.nanoTime());
        former.sweep(System.nanoTime());
    }

    private void answer(Message<AdmissionBus.Ask> message) {
        AdmissionBus.Ask ask = message.body();
        long nowNanos = System.nanoTime();
        if (ask.isStale(nowNanos)) {
            return;
        }
        Verdict verdict = admission.ask(ask.loop(), ask.address(), nowNanos);
        @Nullable
        CloseReason lastClose = ask.formerSession() == null ? null : former.lastClose(ask.formerSession(), nowNanos);
        message.reply(new AdmissionBus.Answer(verdict, lastClose));
    }

    private void depart(Message<AdmissionBus.Departure> departure) {
        admission.depart(departure.body().loop(), departure.body().address());
    }

    private void closed(Message<AdmissionBus.Closed> closed) {
        former.closed(closed.body().session(), closed.body().reason(), System.nanoTime());
    }

    /** Admits nobody from here on; the future completes when that holds. */
    public Future<Void> drain() {
        return Future.future(shut -> context.runOnContext(now -> {
            admission.drain();
            shut.complete();
        }));
    }
}
