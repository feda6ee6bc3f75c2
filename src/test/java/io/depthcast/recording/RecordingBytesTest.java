package io.depthcast.recording;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.depthcast.book.Instrument;
import io.depthcast.book.InstrumentStatus;
import io.depthcast.book.Side;
import io.depthcast.book.StepSize;
import io.depthcast.feed.Books;
import io.depthcast.feed.EventBatch;
import io.depthcast.feed.Listing;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The form of a file, as documented; and that nothing else is believed. */
class RecordingBytesTest {
    private static final long EPOCH = 1_795_363_200_000_000L;
    private static final StepSize ONE = StepSize.parse("1");
    private static final Listing ACME =
            new Listing(new Instrument(3, "ACME", StepSize.parse("0.01"), ONE), 2, InstrumentStatus.OPEN);

    @TempDir
    private Path folder;

    @Test
    void shouldWriteTheDocumentedVector() throws IOException {
        Matcher block;
        try (InputStream in = RecordingBytesTest.class.getResourceAsStream("/docs/feed-log.md")) {
            block = Pattern.compile("```rec\n(.*?)```", Pattern.DOTALL).matcher(new String(in.readAllBytes(), UTF_8));
        }
        assertThat(block.find()).isTrue();
        assertThat(HexFormat.of().formatHex(sample())).isEqualTo(block.group(1).replaceAll("\\s", ""));
    }

    @Test
    void shouldReadTheStateAndWhatFollows() throws IOException {
        try (RecordingReader reader = new RecordingReader(Files.write(folder.resolve("a.rec"), sample()))) {
            assertThat(List.of(reader.epoch(), reader.stateSequence(), reader.sequence()))
                    .isEqualTo(List.of(EPOCH, 41L, 38L));
            EventBatch state = reader.next();
            assertThat(state.listing(0)).isEqualTo(ACME);
            assertThat(List.of(state.priceTicks(1), state.sizeLots(1), state.priceTicks(2), state.sizeLots(2)))
                    .isEqualTo(List.of(1000L, 5L, 1002L, 7L));
            assertThat(reader.next().firstSequence()).isEqualTo(42);
            assertThat(reader.next()).isNull();
        }
    }

    @Test
    void shouldRefuseEveryChangedBitAndEveryCut() throws IOException {
        byte[] whole = sample();
        for (int bit = 0; bit < whole.length * Byte.SIZE; bit++) {
            byte[] changed = whole.clone();
            changed[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
            assertRefused(changed);
        }
        List<Integer> shorter = new ArrayList<>();
        for (int length = 0; length < whole.length; length++) {
            if (isGood(Arrays.copyOf(whole, length))) {
                shorter.add(length);
            }
        }
        assertThat(shorter).as("only where a batch ends").hasSize(1);
    }

    @Test
    void shouldSayWhatItIsNot() throws IOException {
        byte[] other = sample();
        other[8] = 2;
        Path file = Files.write(folder.resolve("a.rec"), other);
        assertThatThrownBy(() -> new RecordingReader(file))
                .isInstanceOf(DamagedRecording.class)
                .hasMessage(file + ": byte 0: expected version 1, got 2");
        Files.writeString(file, "{\"op\":\"define\"}");
        assertThatThrownBy(() -> new RecordingReader(file))
                .hasMessage(file + ": byte 0: expected a recording of the feed, which begins with DEPTHREC");
    }

    private void assertRefused(byte[] bytes) throws IOException {
        assertThat(isGood(bytes)).isFalse();
    }

    private boolean isGood(byte[] bytes) throws IOException {
        try (RecordingReader reader = new RecordingReader(Files.write(folder.resolve("b.rec"), bytes))) {
            while (reader.next() != null) {
                // To the end.
            }
            return true;
        } catch (DamagedRecording damaged) {
            return false;
        }
    }

    private static byte[] sample() throws IOException {
        Books books = Books.of(EPOCH, 38);
        EventBatch.Builder before = new EventBatch.Builder(EPOCH, 39);
        before.define(ACME, 2, EPOCH + 1_000);
        before.level(3, Side.BID, 1000, 5, EPOCH + 1_000);
        before.level(3, Side.ASK, 1002, 7, EPOCH + 1_003);
        assertThat(books.apply(before.build(EPOCH + 1_050, 0))).isEqualTo(Books.Applied.APPLIED);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (RecordingWriter writer = new RecordingWriter(bytes, books.snapshot(), EPOCH + 1_050)) {
            EventBatch.Builder after = new EventBatch.Builder(EPOCH, 42);
            after.level(3, Side.BID, 1000, 6, EPOCH + 2_000);
            writer.write(after.build(EPOCH + 2_010, 0));
        }
        return bytes.toByteArray();
    }
}
