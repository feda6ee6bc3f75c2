package io.depthcast.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The byte form of a state: what is written is read, what is not whole is refused, and whoever goes on from it is right. */
class StateBytesTest {
    private static final long EPOCH = 1_795_363_200_000_000L;
    private static final long POLL_MICROS = 40_000;

    private final StateEncoder encoder = new StateEncoder();
    private final List<EventBatch> log = new ArrayList<>();

    /** What an intake tells in so many polls. */
    private Intake tell(long seed, int polls) {
        Intake intake = new Intake(EPOCH, IntakeListener.NONE);
        RandomLog source = new RandomLog(new Random(seed), 20);
        Door door = intake.open(source.name(), 3_000);
        for (int i = 1; i <= polls; i++) {
            intake.begin(EPOCH + i * POLL_MICROS, i * POLL_MICROS * 1_000);
            source.poll(door, EPOCH + i * POLL_MICROS, 0);
            EventBatch batch = intake.take();
            if (batch != null) {
                log.add(batch);
            }
        }
        return intake;
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void shouldReadWhatWasWritten(long seed) {
        LogPlace place = new LogPlace("log-1", 77, 3, "feed-a", EPOCH, 12_345);
        FeedSnapshot snapshot = tell(seed, 100).snapshot();
        assertThat(snapshot.books()).isNotEmpty();
        for (FeedSnapshot.Book book : snapshot.books()) {
            LogState state = new LogState(place, book);
            byte[] bytes = encoder.encode(state);
            assertThat(StateDecoder.decode(bytes)).isEqualTo(new StateReading.Read(state));
        }
        LogState mark = new LogState(place, null);
        assertThat(StateDecoder.decode(encoder.encode(mark))).isEqualTo(new StateReading.Read(mark));
    }

    /** As a feed writes it that is replaced after the gateways. */
    @Test
    void shouldReadTheVersionThatDoesNotNameTheLog() {
        byte[] bytes = HexFormat.of().parseHex("0100070106666565642d6180c09d8ef99b98032ad20005bd");
        LogPlace place = new LogPlace("", 7, 1, "feed-a", EPOCH, 42);
        assertThat(StateDecoder.decode(bytes)).isEqualTo(new StateReading.Read(new LogState(place, null)));
    }

    @Test
    void shouldRefuseEveryTruncationAndEveryFlipOfABit() {
        FeedSnapshot.Book book = tell(5, 3).snapshot().books().get(0);
        byte[] bytes = encoder.encode(new LogState(new LogPlace("log-1", 7, 1, "a", EPOCH, 9), book));
        for (int length = 0; length < bytes.length; length++) {
            assertThat(StateDecoder.decode(java.util.Arrays.copyOf(bytes, length)))
                    .as("of %d", length)
                    .isInstanceOf(StateReading.Refused.class);
        }
        for (int bit = 0; bit < bytes.length * Byte.SIZE; bit++) {
            byte[] flipped = bytes.clone();
            flipped[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
            assertThat(StateDecoder.decode(flipped)).as("bit %d", bit).isInstanceOf(StateReading.Refused.class);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void shouldHoldTheSameAsWhoReadAllAfterStatesOfSeveralPlaces(long seed) {
        FeedSnapshot end = tell(seed, 150).snapshot();
        Random random = new Random(seed);
        int from = random.nextInt(log.size() / 2);
        List<LogState> states = new ArrayList<>();
        Books all = Books.joining(new LogPlace("log-1", 0, 1, "a", EPOCH, 0), List.of());
        LogPlace place = new LogPlace("log-1", 0, 1, "a", EPOCH, 0);
        for (int i = 0; i < log.size(); i++) {
            assertThat(all.apply(log.get(i))).isEqualTo(Books.Applied.APPLIED);
            if (i == from) {
                place = new LogPlace("log-1", i + 1, 1, "a", EPOCH, all.sequence());
                for (Listing listing : all.listings()) {
                    states.add(new LogState(place, all.book(listing.id())));
                }
            } else if (i > from && i < from + 20 && random.nextBoolean() && !states.isEmpty()) {
                // Written later in the round, or in the next one.
                int which = random.nextInt(states.size());
                FeedSnapshot.Book now =
                        all.book(states.get(which).book().listing().id());
                if (now != null) {
                    states.set(which, new LogState(new LogPlace("log-1", i + 1, 1, "a", EPOCH, all.sequence()), now));
                }
            }
        }
        Books joined = Books.joining(place, states);
        for (EventBatch batch : log.subList(from + 1, log.size())) {
            assertThat(joined.apply(batch)).isEqualTo(Books.Applied.APPLIED);
        }
        assertThat(joined.isWhole()).isTrue();
        assertThat(joined.snapshot().books()).as("seed %d", seed).isEqualTo(end.books());
        assertThat(joined.fingerprint()).isEqualTo(all.fingerprint());
    }

    @Test
    void shouldNotBeWholeBeforeTheNewestOfItsStates() {
        tell(9, 40);
        Books all = Books.joining(new LogPlace("log-1", 0, 1, "a", EPOCH, 0), List.of());
        log.forEach(batch -> assertThat(all.apply(batch)).isEqualTo(Books.Applied.APPLIED));
        LogPlace end = new LogPlace("log-1", 40, 1, "a", EPOCH, all.sequence());
        LogState newest = new LogState(end, all.book(all.listings().get(0).id()));
        Books joined = Books.joining(new LogPlace("log-1", 0, 1, "a", EPOCH, 0), List.of(newest));
        for (EventBatch batch : log) {
            assertThat(joined.isWhole()).isFalse();
            assertThat(joined.apply(batch)).isEqualTo(Books.Applied.APPLIED);
        }
        assertThat(joined.isWhole()).isTrue();
        assertThat(joined.fingerprint()).isEqualTo(all.fingerprint());
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void shouldReadANoteAndRefuseWhatIsNone(long seed) {
        Random random = new Random(seed);
        LogNote note = new LogNote(LogNote.Kind.PROOF, 4, "feed-a", EPOCH, 99, random.nextLong());
        byte[] bytes = note.encode();
        assertThat(LogNote.isNote(bytes)).isTrue();
        assertThat(LogNote.decode(bytes)).isEqualTo(note);
        for (int bit = 0; bit < bytes.length * Byte.SIZE; bit++) {
            byte[] flipped = bytes.clone();
            flipped[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
            assertThat(LogNote.decode(flipped)).as("bit %d", bit).isNull();
        }
    }
}
