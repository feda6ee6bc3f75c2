package io.depthcast.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.journal.Candidacy.State;
import io.depthcast.journal.Succession.Verdict;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Every order in which two writers can read, claim, speak, be paused, lose an answer and crash, up to some length: a pause is
 * that others act in between, so it is in every order by itself.
 */
class SuccessionModelTest {
    private static final int STEPS = 11;
    private static final int WRITERS = 2;

    private enum Act {
        READ,
        CLAIM,
        SAY,
        /** Speaks, and does not hear that it was written. */
        SAY_UNHEARD,
        /** Speaks, and it is not written. */
        SAY_LOST,
        CRASH
    }

    private record Step(int writer, Act act) {}

    /** A writer, what it has read, and what it holds itself to have said. */
    private static final class Party {
        final Candidacy candidacy;
        int read;
        boolean crashed;
        boolean mustClaim;

        Party(int index) {
            candidacy = new Candidacy("w" + index, new Succession(), 0, 0);
        }

        boolean may(Act act, int logSize) {
            State state = candidacy.state();
            return !crashed
                    && state != State.ENDED
                    && switch (act) {
                        case READ -> read < logSize;
                        case CLAIM -> state == State.FOLLOWING || mustClaim;
                        case SAY, SAY_UNHEARD, SAY_LOST -> state == State.SPEAKING && !mustClaim;
                        case CRASH -> true;
                    };
        }
    }

    private final List<Entry> log = new ArrayList<>();
    private final List<Party> processes = new ArrayList<>();

    @Test
    void shouldHaveAllReadersAgreeInEveryOrderOfTwoWriters() {
        Deque<List<Step>> open = new ArrayDeque<>(List.of(List.of()));
        Set<List<Object>> seen = new HashSet<>();
        int spoke = 0;
        int succeeded = 0;
        while (!open.isEmpty()) {
            List<Step> steps = open.pop();
            play(steps);
            check(steps);
            spoke += log.stream().anyMatch(entry -> !entry.isEmpty()) ? 1 : 0;
            succeeded += processes.stream().anyMatch(each -> each.candidacy.state() == State.ENDED) ? 1 : 0;
            if (steps.size() < STEPS && seen.add(fingerprint(steps.size()))) {
                for (int writer = 0; writer < WRITERS; writer++) {
                    for (Act act : Act.values()) {
                        if (processes.get(writer).may(act, log.size())) {
                            List<Step> longer = new ArrayList<>(steps);
                            longer.add(new Step(writer, act));
                            open.push(longer);
                        }
                    }
                }
            }
        }
        assertThat(spoke).as("orders in which somebody spoke").isGreaterThan(1_000);
        assertThat(succeeded).as("orders in which a writer was succeeded").isGreaterThan(1_000);
    }

    private void play(List<Step> steps) {
        log.clear();
        processes.clear();
        for (int i = 0; i < WRITERS; i++) {
            processes.add(new Party(i));
        }
        steps.forEach(this::play);
    }

    private void play(Step step) {
        Party process = processes.get(step.writer());
        Candidacy candidacy = process.candidacy;
        switch (step.act()) {
            case READ -> {
                candidacy.read(log.get(process.read++), 0);
            }
            case CLAIM -> {
                log.add(candidacy.claim());
                process.mustClaim = false;
            }
            case SAY -> log.add(candidacy.say(1));
            case SAY_UNHEARD -> {
                log.add(candidacy.say(1));
                process.mustClaim = true;
            }
            case SAY_LOST -> {
                candidacy.say(1);
                process.mustClaim = true;
            }
            case CRASH -> process.crashed = true;
        }
    }

    private void check(List<Step> steps) {
        List<Succession> readers = new ArrayList<>(List.of(new Succession()));
        List<String> speaking = new ArrayList<>();
        for (Entry entry : log) {
            Set<Verdict> verdicts = new HashSet<>();
            readers.forEach(reader -> verdicts.add(reader.read(entry)));
            assertThat(verdicts).as("one verdict on %s after %s", entry, steps).hasSize(1);
            Verdict verdict = verdicts.iterator().next();
            assertThat(verdict).as("%s after %s", entry, steps).isNotEqualTo(Verdict.GAP);
            if (verdict == Verdict.APPLY) {
                speaking.add(entry.term() + entry.writer());
            }
            Succession first = readers.get(0);
            // Somebody who joins here, from a state that was written here.
            Succession joined = new Succession();
            joined.begin(first.term(), first.writer(), first.sequence());
            readers.add(joined);
        }
        assertThat(speaking.stream()
                        .map(each -> each.substring(0, 1))
                        .distinct()
                        .count())
                .as("one writer a term after %s", steps)
                .isEqualTo(speaking.stream().distinct().count());
        for (Party process : processes) {
            checkWriter(process, readers.get(0), steps);
        }
    }

    /** Whoever speaks and has read all is right about what the readers hold. */
    private void checkWriter(Party process, Succession reader, List<Step> steps) {
        if (process.read == log.size() && process.candidacy.state() == State.SPEAKING && !process.mustClaim) {
            assertThat(process.candidacy.saidSequence())
                    .as("said after %s", steps)
                    .isEqualTo(reader.sequence());
            assertThat(reader.writer()).isEqualTo(process.candidacy.seen().writer());
        }
    }

    /** Equal for orders behind which the same can follow. */
    private List<Object> fingerprint(int length) {
        List<Object> parts = new ArrayList<>(List.of(length, List.copyOf(log)));
        for (Party each : processes) {
            Candidacy candidacy = each.candidacy;
            parts.add(List.of(
                    candidacy.state(),
                    candidacy.saidSequence(),
                    candidacy.seen().term(),
                    candidacy.seen().writer(),
                    each.read,
                    each.crashed,
                    each.mustClaim));
        }
        return parts;
    }
}
