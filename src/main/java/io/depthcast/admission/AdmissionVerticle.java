package io.depthcast.admission;

import io.depthcast.auth.Authority;
import io.depthcast.auth.Credential;
import io.depthcast.auth.Identity;
import io.depthcast.auth.KeySet;
import io.depthcast.auth.TokenFault;
import io.depthcast.auth.Verification;
import io.depthcast.bus.LoopTurn;
import io.depthcast.bus.SettingsBus;
import io.depthcast.metrics.Meters;
import io.depthcast.session.CloseReason;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The one place of the node that knows who is connected and who was. */
public final class AdmissionVerticle extends VerticleBase {
    /** A bucket of the default burst is full again after less. */
    private static final int SWEEP_MILLIS = 5_000;

    private final Admission admission;
    private final Authority authority;
    private final LongSupplier wallMicros;
    private final Meters meters;
    private final FormerSessions former = new FormerSessions();
    private final Blocks blocks = new Blocks();
    private volatile BlockList keptOut = BlockList.EMPTY;
    private volatile int mostOfAddress;
    private volatile int mostOfSubject;

    /** @param wallMicros wall time as the machine has it now, which is what the times in a token mean */
    public AdmissionVerticle(Admission admission, Authority authority, LongSupplier wallMicros, Meters meters) {
        this.meters = meters;
        this.admission = admission;
        this.authority = authority;
        this.wallMicros = wallMicros;
    }

    @Override
    public Future<?> start() {
        meters.watchLoop(vertx, "admission");
        vertx.setPeriodic(SWEEP_MILLIS, timer -> sweep());
        EventBus bus = vertx.eventBus();
        SettingsBus.listen(bus, AdmissionSettings.class, changed -> admission.take(changed, System.nanoTime()));
        return Future.all(List.of(
                bus.<AdmissionBus.Ask>localConsumer(AdmissionBus.ASK, this::answer)
                        .completion(),
                bus.<AdmissionBus.Proof>localConsumer(AdmissionBus.PROVE, this::prove)
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
        blocks.sweep(System.nanoTime());
        mostOfAddress = admission.mostOfAddress();
        mostOfSubject = admission.mostOfSubject();
    }

    private void answer(Message<AdmissionBus.Ask> message) {
        AdmissionBus.Ask ask = message.body();
        long nowNanos = System.nanoTime();
        if (ask.isStale(nowNanos)) {
            return;
        }
        boolean isBlocked = blocks.list(nowNanos).keepsOut(ask.address(), "", nowNanos);
        Verdict verdict = isBlocked ? Verdict.BLOCKED : admission.ask(ask.loop(), ask.address(), nowNanos);
        @Nullable
        CloseReason lastClose = ask.formerSession() == null ? null : former.lastClose(ask.formerSession(), nowNanos);
        message.reply(answer(ask, verdict, lastClose));
    }

    /** The signature is looked at last: it costs the most, and who knocks too often shall not have it for nothing. */
    private AdmissionBus.Answer answer(AdmissionBus.Ask ask, Verdict verdict, @Nullable CloseReason lastClose) {
        if (verdict != Verdict.ADMITTED) {
            int retrySeconds = verdict == Verdict.CROWDED ? admission.promiseSeconds(System.nanoTime()) : 0;
            return new AdmissionBus.Answer(verdict, null, lastClose, retrySeconds);
        }
        Verification client = authority.verify(ask.credential(), wallMicros.getAsLong());
        long nowNanos = System.nanoTime();
        if (client instanceof Identity identity
                && blocks.list(nowNanos).keepsOut(ask.address(), identity.subject(), nowNanos)) {
            admission.depart(ask.loop(), ask.address());
            return new AdmissionBus.Answer(Verdict.BLOCKED, null, lastClose, 0);
        }
        boolean isOneTooMany = client instanceof Identity identity
                && !identity.isAnyone()
                && !admission.askFor(identity.subject(), ask.loop());
        if (client instanceof TokenFault) {
            admission.depart(ask.loop(), ask.address());
        }
        return new AdmissionBus.Answer(isOneTooMany ? Verdict.TOO_MANY_OF_SUBJECT : verdict, client, lastClose, 0);
    }

    private void prove(Message<AdmissionBus.Proof> message) {
        AdmissionBus.Proof proof = message.body();
        long now = wallMicros.getAsLong();
        Verification found = authority.look(proof.credential(), now);
        boolean mayHaveTicket = proof.wantsTicket()
                && found instanceof Identity
                && proof.credential().kind() == Credential.Kind.TOKEN;
        message.reply(new AdmissionBus.Proven(
                found,
                mayHaveTicket
                        ? authority.issue((Identity) found, proof.credential().text(), now)
                        : null));
    }

    /** Tokens that come from now on are signed with these. */
    public void keys(KeySet keys) {
        context.runOnContext(now -> authority.keys(keys));
    }

    private void depart(Message<AdmissionBus.Departure> departure) {
        AdmissionBus.Departure gone = departure.body();
        admission.depart(gone.loop(), gone.address());
        if (!gone.subject().isEmpty()) {
            admission.departFrom(gone.subject(), gone.loop());
        }
    }

    private void closed(Message<AdmissionBus.Closed> closed) {
        former.closed(closed.body().session(), closed.body().reason(), System.nanoTime());
    }

    /** Admits nobody from here on; the future completes when that holds. */
    public Future<Void> drain() {
        return LoopTurn.ask(context, () -> {
            admission.drain();
            return null;
        });
    }

    /** Takes {@link #drain} back; the future completes when that holds. */
    public Future<Void> admitAgain() {
        return LoopTurn.ask(context, () -> {
            admission.admitAgain();
            return null;
        });
    }

    /** Asks or changes whom operators keep out; every loop is told of a change before it is asked anything after it. */
    public <T> Future<T> blocks(Function<Blocks, T> question) {
        return LoopTurn.ask(context, () -> {
            BlockList before = blocks.list(System.nanoTime());
            T answer = question.apply(blocks);
            BlockList now = blocks.list(System.nanoTime());
            if (!now.equals(before)) {
                keptOut = now;
                vertx.eventBus().publish(AdmissionBus.BLOCKS, now);
            }
            return answer;
        });
    }

    /** Whom operators keep out, as of the newest change. Any thread. */
    public BlockList keptOut() {
        return keptOut;
    }

    /** Connections that the address with the most of them has, of those that are not exempt. Any thread. */
    public int mostOfAddress() {
        return mostOfAddress;
    }

    /** Connections that the subject with the most of them has. Any thread. */
    public int mostOfSubject() {
        return mostOfSubject;
    }
}
