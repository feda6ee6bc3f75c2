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
    /**
     * There are states of every instrument, and the log has all that came after the oldest of them.
     *
     * @param wholeAt offset up to which has to be read before the books are those of any one place
     */
    record FromStates(LogPlace from, List<LogState> states, long wholeAt) implements Joining {}

    /**
     * No states are needed: the log still has its first record.
     *
     * @param epoch a new one is at least this
     */
    record FromBeginning(long epoch) implements Joining {}

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
     * @param knownEpoch the newest that was heard of; 0 if none was
     */
    static Joining of(JournalReader.Kept.States kept, boolean isSilent, long knownEpoch) {
        List<LogState> all = new ArrayList<>();
        @Nullable LogPlace round = null;
        for (Map.Entry<String, byte[]> each : kept.states().entrySet()) {
            StateReading reading = StateDecoder.decode(each.getValue());
            if (reading instanceof StateReading.Refused refused) {
                return new NotYet("the state of \"" + each.getKey() + "\" cannot be read: " + refused.reason());
            }
            if (reading instanceof StateReading.Read read) {
                LogState state = read.state();
                all.add(state);
                round = state.book() == null ? state.place() : round;
            }
        }
        // Beyond the end it is of a log that has lost its end: those rows were told, and nobody has them any more.
        boolean isRound = round != null && isOf(kept.log(), round) && round.offset() <= kept.end();
        if (round != null && isRound) {
            FromStates states = fromStates(kept.log(), round, all, kept.end());
            if (states.from().offset() >= kept.oldest()) {
                return states;
            }
        }
        long epoch = Math.max(newestEpoch(all), knownEpoch) + 1;
        if (!isRound && kept.oldest() == 0) {
            return new FromBeginning(epoch);
        }
        if (kept.oldest() == kept.end() || isSilent) {
            return new Anew(new LogPlace(kept.log(), kept.end(), newestTerm(all), "", 0, 0), epoch);
        }
        return new NotYet("the log begins at " + kept.oldest() + ", after the states: it is kept too short, or nobody"
                + " writes states");
    }

    /** Who wrote it in a former version did not say of which log it is. */
    private static boolean isOf(String log, LogPlace place) {
        return place.log().isEmpty() || place.log().equals(log);
    }

    /** Those of another epoch than the round are left over from before it, or of a later one that the log tells by itself. */
    private static FromStates fromStates(String log, LogPlace round, List<LogState> all, long end) {
        List<LogState> states = new ArrayList<>();
        LogPlace from = round;
        long wholeAt = 0;
        for (LogState state : all) {
            LogPlace place = state.place();
            if (place.offset() > end || !isOf(log, place)) {
                continue;
            }
            wholeAt = Math.max(wholeAt, place.offset());
            if (place.epoch() == round.epoch()) {
                states.add(state);
                from = place.offset() < from.offset() ? place : from;
            }
        }
        return new FromStates(from, states, wholeAt);
    }

    private static long newestTerm(List<LogState> states) {
        return states.stream().mapToLong(state -> state.place().term()).max().orElse(0);
    }

    private static long newestEpoch(List<LogState> states) {
        return states.stream().mapToLong(state -> state.place().epoch()).max().orElse(0);
    }
}
