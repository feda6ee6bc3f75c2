package io.depthcast.source;

import io.depthcast.book.StepSize;
import io.depthcast.feed.Refusal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** A file of the objects that publishers send, a line each. */
final class ObjectRecording implements Recording {
    private final RecordedLines lines;
    private final PublishingParser parser = new PublishingParser();
    private final Taker taker = new Taker();
    private final Map<String, RecordedEvent.Define> steps = new HashMap<>();
    private final Queue<RecordedEvent> events = new ArrayDeque<>();
    private @Nullable Refusal refusal;

    ObjectRecording(Path file) throws IOException {
        this.lines = new RecordedLines(file);
    }

    @Override
    public @Nullable RecordedEvent next() throws IOException {
        while (events.isEmpty() && refusal == null && lines.next()) {
            if (lines.length() > 0) {
                parser.parse(lines.bytes(), lines.offset(), lines.length(), taker);
            }
        }
        RecordedEvent event = events.poll();
        if (event == null && refusal != null) {
            throw lines.damaged(refusal.reason());
        }
        return event;
    }

    @Override
    public long position() {
        return lines.position();
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }

    private final class Taker implements PublishingParser.Taker {
        @Override
        public @Nullable Refusal take(PublishedObject object) {
            if (refusal != null) {
                // Behind a damage nothing is good.
                return refusal;
            }
            return switch (Objects.requireNonNull(object.op)) {
                case DEFINE -> define(object);
                case SNAPSHOT -> levels(object, true);
                case UPDATE -> levels(object, false);
                case TRADE -> trade(object);
                case STATUS_CHANGE -> add(object, new RecordedEvent.Status(object.status));
                case REMOVE -> add(object, new RecordedEvent.Remove());
                case HEARTBEAT -> add(object, new RecordedEvent.Heartbeat());
            };
        }

        private @Nullable Refusal define(PublishedObject object) {
            RecordedEvent.Define define = new RecordedEvent.Define(
                    Objects.requireNonNull(object.tickSize),
                    Objects.requireNonNull(object.lotSize),
                    object.status,
                    RecordedEvent.NO_SOURCE,
                    null);
            steps.put(object.symbol, define);
            return add(object, define);
        }

        private @Nullable Refusal levels(PublishedObject object, boolean isWhole) {
            RecordedEvent.Define define = steps.get(object.symbol);
            if (define == null) {
                return Refusals.unknown(object.symbol);
            }
            Refusal wrong = object.bids.convert(define.tick(), define.lot());
            wrong = wrong == null ? object.asks.convert(define.tick(), define.lot()) : wrong;
            return wrong != null
                    ? wrong
                    : add(
                            object,
                            new RecordedEvent.Levels(
                                    isWhole,
                                    RecordedEvent.pairs(object.bids.changes()),
                                    RecordedEvent.pairs(object.asks.changes())));
        }

        private @Nullable Refusal trade(PublishedObject object) {
            RecordedEvent.Define define = steps.get(object.symbol);
            if (define == null) {
                return Refusals.unknown(object.symbol);
            }
            StepSize lot = define.lot();
            long priceTicks = object.price.ticks(define.tick());
            long sizeLots = object.size.lots(lot);
            if (priceTicks == Decimal.NONE || sizeLots == Decimal.NONE || sizeLots == 0) {
                return priceTicks == Decimal.NONE ? Refusals.price(define.tick()) : Refusals.size(lot);
            }
            return add(object, new RecordedEvent.Print(object.side, priceTicks, sizeLots, object.id));
        }

        private @Nullable Refusal add(PublishedObject object, RecordedEvent.What what) {
            events.add(new RecordedEvent(object.symbol, what, object.timeMicros, object.timeMicros));
            return null;
        }

        @Override
        public void outcome(@Nullable Refusal outcome, @Nullable PublishedObject object) {
            if (refusal == null) {
                refusal = outcome;
            }
        }
    }
}
