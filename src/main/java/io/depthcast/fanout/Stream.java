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
    private final List<Demand> demands = new ArrayList<>();

    Stream(Versioned<T> source, Teller<T> teller) {
        this.source = source;
        this.teller = teller;
    }

    void ask(LoopPort loop, Ask ask) {
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

    /** How many different answers are waited for. */
    int demands() {
        return demands.size();
    }

    /** Gives every loop that is ready the answers that are due. */
    void answer(long flush, FrameEncoder encoder) {
        List<Group<T>> groups = null;
        for (int i = 0; i < demands.size(); i++) {
            Demand demand = demands.get(i);
            @Nullable T change = demand.isDue(flush) ? since(demand, flush) : null;
            if (change != null) {
                groups = groups == null ? new ArrayList<>() : groups;
                add(groups, change, demand);
            }
        }
        if (groups != null) {
            for (Group<T> group : groups) {
                answer(group, encoder);
            }
            demands.removeIf(Demand::isSettled);
        }
    }

    /** Who is told nothing holds the newest version from then on: a tape starts with what comes next. */
    private @Nullable T since(Demand demand, long flush) {
        T change = source.since(demand.fromEpoch(), demand.fromVersion());
        if (change == null) {
            demand.nothingToTell(flush);
            if (demand.fromEpoch() != source.epoch()) {
                demand.startFrom(source.epoch(), source.version());
            }
        }
        return change;
    }

    void forget(LoopPort loop) {
        demands.forEach(demand -> demand.forget(loop));
        demands.removeIf(Demand::isSettled);
    }

    private static <T> void add(List<Group<T>> groups, T change, Demand demand) {
        for (Group<T> group : groups) {
            if (group.change().equals(change)) {
                group.demands().add(demand);
                return;
            }
        }
        Group<T> group = new Group<>(change, new ArrayList<>());
        group.demands().add(demand);
        groups.add(group);
    }

    private void answer(Group<T> group, FrameEncoder encoder) {
        int forms = group.forms();
        List<Frame> frames = new ArrayList<>();
        for (FrameEncoder.Source message : teller.tell(group.change())) {
            frames.add(encoder.encode(source.epoch(), source.version(), forms, message));
        }
        for (Demand demand : group.demands()) {
            FrameBatch.Answer answer = new FrameBatch.Answer(demand.ask(), forms, frames);
            for (LoopPort loop : demand.takeReady()) {
                frames.forEach(Frame::retain);
                loop.add(answer);
            }
        }
        frames.forEach(Frame::release);
    }
}
