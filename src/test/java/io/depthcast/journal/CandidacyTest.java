package io.depthcast.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What became of two feeds whose broker was away: their claims waited, and came to the log together. */
class CandidacyTest {
    private final Candidacy first = new Candidacy("first", new Succession(), 0, 0);
    private final Candidacy second = new Candidacy("second", new Succession(), 0, 0);
    private final List<Entry> log = new ArrayList<>();

    @Test
    void shouldNotEndWhoWasFirstByTheLaterClaimsOfWhoWasNot() {
        log.add(first.claim());
        read();
        List<Entry> waited = List.of(first.claim(), first.claim(), first.claim());
        log.clear();
        log.add(second.claim());
        log.addAll(waited);
        read();

        assertThat(first.state()).isEqualTo(Candidacy.State.ENDED);
        assertThat(second.state()).isEqualTo(Candidacy.State.SPEAKING);
    }

    @Test
    void shouldSpeakWhenItsOwnClaimComesSeveralTimes() {
        log.add(first.claim());
        read();
        log.clear();
        log.addAll(List.of(first.claim(), first.claim()));
        read();
        assertThat(first.state()).isEqualTo(Candidacy.State.SPEAKING);
        Entry said = first.say(3);
        log.clear();
        log.add(said);
        read();

        assertThat(second.seen().sequence()).isEqualTo(first.saidSequence()).isEqualTo(3);
    }

    private void read() {
        for (Candidacy each : List.of(first, second)) {
            log.forEach(entry -> assertThat(each.read(entry, 0)).isNotEqualTo(Succession.Verdict.GAP));
        }
    }
}
