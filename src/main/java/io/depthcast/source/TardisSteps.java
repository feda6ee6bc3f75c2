package io.depthcast.source;

import io.depthcast.book.StepSize;
import io.depthcast.recording.DamagedRecording;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The steps of the instruments of a file that tells none: as many digits as its finest price and size have. So the file is
 * read as a whole before it is played.
 */
final class TardisSteps {
    private final Map<String, int[]> scales = new LinkedHashMap<>();

    static TardisSteps of(Path file) throws IOException {
        TardisSteps steps = new TardisSteps();
        try (RecordedLines lines = new RecordedLines(file)) {
            TardisRow row = new TardisRow(lines);
            int symbol = row.column("symbol");
            int price = row.column("price");
            int amount = row.column("amount");
            Decimal decimal = new Decimal();
            while (row.next()) {
                int[] found = steps.scales.computeIfAbsent(row.text(symbol), absent -> new int[2]);
                row.decimal(price, decimal);
                found[0] = Math.max(found[0], decimal.scale());
                row.decimal(amount, decimal);
                found[1] = Math.max(found[1], decimal.scale());
            }
        } catch (DamagedRecording damaged) {
            // Playing it comes to the same place, and says so then.
            return steps;
        }
        return steps;
    }

    /** Takes the finer steps of two files. */
    void merge(TardisSteps other) {
        other.scales.forEach((symbol, found) ->
                scales.merge(symbol, found, (a, b) -> new int[] {Math.max(a[0], b[0]), Math.max(a[1], b[1])}));
    }

    StepSize tick(String symbol) {
        return step(symbol, 0);
    }

    StepSize lot(String symbol) {
        return step(symbol, 1);
    }

    private StepSize step(String symbol, int which) {
        int[] found = scales.get(symbol);
        return new StepSize(1, found == null ? 0 : -found[which]);
    }
}
