package io.depthcast.fanout;

import io.depthcast.book.Versioned;
import io.depthcast.wire.Frame;
import io.depthcast.wire.FrameEncoder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One stream of a shard: who waits for which version of it, and the frames that tell them. Equal answers are one frame,
 * whoever they are for. Shard loop.
 *
 * @param <T> what the stream answers with
 */
final class Stream<T> {
    /** Turns an answer into the messages that tell it. */
    interface Teller<T> {
        List<FrameEncoder.Source> tell(T change);
    }

    /** Demands that have the same answer. */
    private record Group<T>(T change, List<Demand> demands) {
        int forms() {
            int forms = 0;
            for (Demand demand : demands) {
                forms |= demand.forms();
            }
            return forms;
        }
    }

    private final Versioned<T> source;
    private final Teller<T> teller;
    private final List<Demand> demands = new ArrayList<>(1);
    private boolean asked;
    /** What this flush has to tell. */
    private final List<Group<T>> groups = new ArrayList<>(1);

    Stream(Versioned<T> source, Teller<T> teller) {
        this.source = source;
        this.teller = teller;
    }

    void ask(LoopPort loop, Ask ask) {
        asked = true;
        Demand demand = find(ask);
        if (ask.isWithdrawal()) {
            withdraw(loop, demand);
            return;
        }
        if (demand == null) {
            demand = new Demand(ask);
            demands.add(demand);
        }
        demand.add(loop, ask.forms());
    }

    private void withdraw(LoopPort loop, @Nullable Demand demand) {
        if (demand != null) {
            demand.forget(loop);
            if (demand.isSettled()) {
                demands.remove(demand);
            }
        }
    }

    private @Nullable Demand find(Ask ask) {
        for (Demand demand : demands) {
            if (demand.isSameAs(ask)) {
                return demand;
            }
        }
        return null;
    }

    /** Whether nobody waits, nor has asked anything since the last call. */
    boolean takeIdle() {
        boolean idle = !asked && demands.isEmpty();
        asked = false;
        return idle;
    }

    /** How many different answers are waited for. */
    int demands() {
        return demands.size();
    }

    /** Gives every loop that is ready the answers that are due. What fails is tried again later, and holds up nobody else. */
    void answer(FlushTurn turn) {
        boolean answered = false;
        for (int i = 0; i < demands.size(); i++) {
            Demand demand = demands.get(i);
            answered |= demand.isDue(turn) && look(demand, turn);
        }
        for (int i = 0; i < groups.size(); i++) {
            answer(groups.get(i), turn);
        }
        groups.clear();
        if (answered) {
            demands.removeIf(Demand::isSettled);
        }
    }

    /** Returns whether there is something to answer, be it that there is nothing to tell. */
    private boolean look(Demand demand, FlushTurn turn) {
        Ask ask = demand.ask();
        boolean ahead = isAhead(ask);
        if (ahead && (turn.hasReached(ask, source.epoch()) || !demand.isAheadForLong(turn))) {
            return false;
        }
        try {
            @Nullable T change = ahead ? source.since(0, 0) : source.since(ask.epoch(), ask.version());
            if (change != null) {
                add(change, demand);
                return true;
            }
        } catch (RuntimeException e) {
            turn.faults().failed(ask.key(), e);
            demand.failed(demand.forms(), turn.tick());
            return false;
        }
        if (ask.epoch() != source.epoch()) {
            give(demand, demand.forms(), List.of());
            demand.answered();
            return true;
        }
        demand.nothingToTell(turn.tick());
        return false;
    }

    /** Whether somebody holds a version that this stream has not come to: there another node was faster. */
    private boolean isAhead(Ask ask) {
        return ask.epoch() > source.epoch() || (ask.epoch() == source.epoch() && ask.version() > source.version());
    }

    void forget(LoopPort loop) {
        demands.forEach(demand -> demand.forget(loop));
        demands.removeIf(Demand::isSettled);
    }

    private void add(T change, Demand demand) {
        for (int i = 0; i < groups.size(); i++) {
            if (groups.get(i).change().equals(change)) {
                groups.get(i).demands().add(demand);
                return;
            }
        }
        Group<T> group = new Group<>(change, new ArrayList<>());
        group.demands().add(demand);
        groups.add(group);
    }

    private void answer(Group<T> group, FlushTurn turn) {
        int forms = group.forms();
        int failed = tell(group, forms, turn) ? 0 : tellFormByForm(group, forms, turn);
        for (Demand demand : group.demands()) {
            if (failed == 0) {
                demand.answered();
            } else {
                demand.failed(failed, turn.tick());
            }
        }
    }

    /** Who takes another form need not suffer from the one that fails; returns the forms that do. */
    private int tellFormByForm(Group<T> group, int forms, FlushTurn turn) {
        int failed = 0;
        for (int left = forms; left != 0; left &= left - 1) {
            int form = Integer.lowestOneBit(left);
            failed |= form == forms || !tell(group, form, turn) ? form : 0;
        }
        return failed;
    }

    /** Returns whether it could be done. */
    private boolean tell(Group<T> group, int forms, FlushTurn turn) {
        List<Frame> frames = new ArrayList<>();
        try {
            for (FrameEncoder.Source message : teller.tell(group.change())) {
                frames.add(turn.encoder().encode(source.epoch(), source.version(), forms, message));
            }
            for (Demand demand : group.demands()) {
                give(demand, forms, frames);
            }
            return true;
        } catch (RuntimeException e) {
            if (Integer.bitCount(forms) == 1) {
                turn.faults().failed(group.demands().get(0).ask().key(), e);
            }
            return false;
        } finally {
            frames.forEach(Frame::release);
        }
    }

    /** @param frames borrowed; none where there is nothing to tell, which starts a tape with what comes next */
    private void give(Demand demand, int forms, List<Frame> frames) {
        FrameBatch.Answer answer = new FrameBatch.Answer(demand.ask(), forms, source.epoch(), source.version(), frames);
        for (LoopPort loop : demand.ready()) {
            frames.forEach(Frame::retain);
            loop.add(answer);
        }
    }
}
