package io.depthcast.source;

import io.depthcast.book.InstrumentStatus;
import io.depthcast.book.Side;
import io.depthcast.feed.LevelChanges;
import io.depthcast.recording.DamagedRecording;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * A file of Tardis.dev: {@code incremental_book_L2} or {@code trades}. Rows of one instrument that were recorded at the same
 * time are one event. Several files of the same instruments need the same steps: those of all of them.
 */
final class TardisRecording implements Recording {
    private final RecordedLines lines;
    private final TardisRow row;
    private final TardisSteps steps;
    private final Map<String, String> symbols = new HashMap<>();
    private final Queue<RecordedEvent> events = new ArrayDeque<>();
    private final LevelChanges bids = new LevelChanges();
    private final LevelChanges asks = new LevelChanges();
    private final Decimal price = new Decimal();
    private final Decimal amount = new Decimal();
    private final int symbolColumn;
    private final int timeColumn;
    private final int localColumn;
    private final int sideColumn;
    private final int priceColumn;
    private final int amountColumn;
    private final int snapshotColumn;
    private final int idColumn;
    /** Of the rows that are collected for one event; empty if there are none. */
    private String name = "";

    private boolean isWhole;
    private long localMicros;
    private long timeMicros;
    private boolean ended;

    TardisRecording(Path file, TardisSteps steps) throws IOException {
        this.lines = new RecordedLines(file);
        this.row = new TardisRow(lines);
        this.steps = steps;
        this.symbolColumn = row.column("symbol");
        this.timeColumn = row.column("timestamp");
        this.localColumn = row.column("local_timestamp");
        this.sideColumn = row.column("side");
        this.priceColumn = row.column("price");
        this.amountColumn = row.column("amount");
        this.snapshotColumn = row.has("is_snapshot") ? row.column("is_snapshot") : -1;
        this.idColumn = row.has("id") ? row.column("id") : -1;
    }

    @Override
    public @Nullable RecordedEvent next() throws IOException {
        while (events.isEmpty() && !ended) {
            try {
                ended = !row.next();
                if (ended) {
                    flush();
                } else if (snapshotColumn < 0) {
                    trade();
                } else {
                    level();
                }
            } catch (DamagedRecording damaged) {
                // Whether the event that was being read is whole, nobody knows.
                ended = true;
                throw damaged;
            }
        }
        return events.poll();
    }

    private void level() throws IOException {
        String rowName = row.text(symbolColumn);
        long rowMicros = row.micros(localColumn);
        boolean rowIsWhole = row.is(snapshotColumn, "true");
        if (!rowName.equals(name) || rowMicros != localMicros || rowIsWhole != isWhole) {
            flush();
            name = rowName;
            localMicros = rowMicros;
            isWhole = rowIsWhole;
        }
        timeMicros = row.micros(timeColumn);
        boolean isBid = row.is(sideColumn, "bid");
        if (!isBid && !row.is(sideColumn, "ask")) {
            throw row.damaged("side: expected bid or ask, got " + Refusals.quote(row.text(sideColumn)));
        }
        numbers(rowName);
        (isBid ? bids : asks).add(price.ticks(steps.tick(rowName)), amount.lots(steps.lot(rowName)));
    }

    private void numbers(String of) throws IOException {
        row.decimal(priceColumn, price);
        row.decimal(amountColumn, amount);
        if (price.ticks(steps.tick(of)) == Decimal.NONE || amount.lots(steps.lot(of)) == Decimal.NONE) {
            throw row.damaged("expected a price and an amount that fit 64 bits");
        }
    }

    private void flush() {
        if (!name.isEmpty()) {
            add(
                    name,
                    new RecordedEvent.Levels(isWhole, RecordedEvent.pairs(bids), RecordedEvent.pairs(asks)),
                    localMicros,
                    timeMicros);
            bids.clear();
            asks.clear();
            name = "";
        }
    }

    private void trade() throws IOException {
        String of = row.text(symbolColumn);
        numbers(of);
        long lots = amount.lots(steps.lot(of));
        if (lots > 0) {
            // The taker of some venues' auctions is nobody; they are shown as bought.
            Side taker = row.is(sideColumn, "sell") ? Side.ASK : Side.BID;
            String id = idColumn < 0 ? "" : row.text(idColumn);
            RecordedEvent.Print print = new RecordedEvent.Print(
                    taker, price.ticks(steps.tick(of)), lots, id.matches("[\\x20-\\x7e]{1,36}") ? id : null);
            add(of, print, row.micros(localColumn), row.micros(timeColumn));
        }
    }

    private void add(String of, RecordedEvent.What what, long dueMicros, long happenedMicros) {
        String symbol = symbols.get(of);
        if (symbol == null) {
            symbol = of.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9._-]", "-");
            symbols.put(of, symbol);
            events.add(new RecordedEvent(
                    symbol,
                    new RecordedEvent.Define(
                            steps.tick(of), steps.lot(of), InstrumentStatus.OPEN, RecordedEvent.NO_SOURCE, null),
                    dueMicros,
                    happenedMicros));
        }
        events.add(new RecordedEvent(symbol, what, dueMicros, happenedMicros));
    }

    @Override
    public long position() {
        return lines.position();
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
