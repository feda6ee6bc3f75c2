package io.depthcast.journal;

import io.depthcast.feed.LogPlace;
import io.depthcast.feed.LogState;
import io.depthcast.feed.StateDecoder;
import io.depthcast.feed.StateReading;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** From where somebody who joins reads on. */
sealed interface Joining {
    /** There are states of every instrument, and the log has all that came after the oldest of them. */
    record FromStates(LogPlace from, List<LogState> states) implements Joining {}

    /** No states are needed: the log still has its first record. */
    record FromBeginning() implements Joining {}

    /**
     * Nobody speaks, and what was said cannot be gone on from: who speaks first begins a new epoch.
     *
     * @param from its end, in the last term that is known of
     * @param epoch the new one is at least this
     */
    record Anew(LogPlace from, long epoch) implements Joining {}

    /** What there is does not suffice, for that reason; it may do later. */
    record NotYet(String reason) implements Joining {}

    /**
     * Decides by what there is.
     *
     * @param isSilent whether nothing has been appended for so long that nobody speaks, and nobody will write states
     */
    static Joining of(JournalReader.Kept.States kept, boolean isSilent) {
        List<LogState> states = new ArrayList<>();
        boolean isRound = false;
        for (Map.Entry<String, byte[]> each : kept.states().entrySet()) {
            StateReading reading = StateDecoder.decode(each.getValue());
            if (reading instanceof StateReading.Refused refused) {
                return new NotYet("the state of \"" + each.getKey() + "\" cannot be read: " + refused.reason());
            }
            // Beyond the end it is of a log that is gone, or has lost its end.
            if (reading instanceof StateReading.Read read
                    && read.state().place().offset() <= kept.end()) {
                states.add(read.state());
                isRound |= read.state().book() == null;
            }
        }
        if (!isRound && kept.oldest() == 0) {
            return new FromBeginning();
        }
        @Nullable LogPlace from = isRound ? oldest(states) : null;
        if (from != null && from.offset() >= kept.oldest()) {
            return new FromStates(from, states);
        }
        if (kept.oldest() == kept.end() || isSilent) {
            return anew(states, kept.end());
        }
        return new NotYet("the log begins at " + kept.oldest() + ", after the states: it is kept too short, or nobody"
                + " writes states");
    }

    private static Joining anew(List<LogState> states, long end) {
        long term = 0;
        long epoch = 0;
        for (LogState state : states) {
            term = Math.max(term, state.place().term());
            epoch = Math.max(epoch, state.place().epoch());
        }
        return new Anew(new LogPlace(end, term, "", 0, 0), epoch + 1);
    }

    private static LogPlace oldest(List<LogState> states) {
        LogPlace oldest = states.get(0).place();
        for (LogState state : states) {
            oldest = state.place().offset() < oldest.offset() ? state.place() : oldest;
        }
        return oldest;
    }
}
