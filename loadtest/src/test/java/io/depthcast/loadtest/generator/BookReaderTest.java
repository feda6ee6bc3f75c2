package io.depthcast.loadtest.generator;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.book.BookChecksum;
import io.depthcast.book.Instrument;
import io.depthcast.book.Levels;
import io.depthcast.book.StepSize;
import io.depthcast.client.DecodeResult;
import io.depthcast.client.ProvedBook;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What makes a run fail must be found, else a run proves nothing. */
class BookReaderTest {
    private static final Instrument INSTRUMENT = new Instrument(1, "BTC-USD", StepSize.parse("1"), StepSize.parse("1"));

    private final List<ProvedBook.Outcome> outcomes = new ArrayList<>();
    private final List<Long> ages = new ArrayList<>();
    private final BookReader reader = new BookReader(Map.of("BTC-USD", INSTRUMENT), true, (book, outcome, now) -> {
        outcomes.add(outcome);
        ages.add(now - book.sentMicros());
    });

    @Test
    void shouldFindAGapAndSayWhatItHolds() {
        read(book("snapshot", 0, 5, 7));
        assertThat(reader.resume(Map.of(1, "BTC-USD"))).isEqualTo("{\"BTC-USD\":\"9:5\"}");
        read(book("delta", 5, 6, 8));
        read(book("delta", 7, 8, 9));
        assertThat(outcomes)
                .containsExactly(ProvedBook.Outcome.APPLIED, ProvedBook.Outcome.APPLIED, ProvedBook.Outcome.GAP);
        assertThat(ages).containsExactly(90L, 90L, 90L);
        assertThat(reader.resume(Map.of(1, "BTC-USD"))).isEqualTo("{}");
    }

    @Test
    void shouldFindAWrongChecksum() {
        read(book("snapshot", 0, 5, 7).replaceFirst("\"checksum\":\\d+", "\"checksum\":1"));
        assertThat(outcomes).containsExactly(ProvedBook.Outcome.BAD_CHECKSUM);
    }

    @Test
    void shouldSayWhatCannotBeRead() {
        ByteBuf nonsense = Unpooled.copiedBuffer("{]", StandardCharsets.US_ASCII);
        assertThat(reader.read(false, nonsense, 100)).isNotEqualTo(DecodeResult.DECODED);
        assertThat(reader.read(true, nonsense, 100)).isNotEqualTo(DecodeResult.DECODED);
    }

    private void read(String json) {
        ByteBuf payload = Unpooled.copiedBuffer(json, StandardCharsets.US_ASCII);
        assertThat(reader.read(false, payload, 100)).isEqualTo(DecodeResult.DECODED);
    }

    /** A book of one bid at 3. */
    private static String book(String type, long previous, long sequence, long size) {
        Levels bids = new Levels(new long[] {3}, new long[] {size});
        Levels none = new Levels(new long[0], new long[0]);
        return ("{\"type\":\"%s\",\"channel\":\"book\",\"symbol\":\"BTC-USD\",\"epoch\":9,\"previous\":%d,\"sequence\":%d,"
                        + "\"time\":1,\"sent\":10,\"checksum\":%d,\"bids\":[[\"3\",\"%d\"]],\"asks\":[]}")
                .formatted(type, previous, sequence, Integer.toUnsignedLong(BookChecksum.of(none, bids)), size);
    }
}
