package io.depthcast.source;

import io.depthcast.book.Instrument;
import io.depthcast.book.StepSize;
import io.depthcast.feed.Door;
import io.depthcast.feed.Refusal;
import io.depthcast.metrics.SourceMeters;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Tells a door what the objects of publishers say. Feed loop only. */
final class ObjectEvents {
    private final Door door;
    private final SourceMeters meters;
    private final Predicate<String> allowed;

    /** @param allowed whether this publisher may speak of a symbol */
    ObjectEvents(Door door, SourceMeters meters, Predicate<String> allowed) {
        this.door = door;
        this.meters = meters;
        this.allowed = allowed;
    }

    /** Null if the event was taken. */
    @Nullable
    Refusal tell(PublishedObject object) {
        ObjectOp op = Objects.requireNonNull(object.op);
        if (op == ObjectOp.HEARTBEAT) {
            door.heartbeat();
            return null;
        }
        if (!allowed.test(object.symbol)) {
            return new Refusal(
                    Refusal.Code.NOT_ENTITLED, "the token does not allow to publish " + Refusals.quote(object.symbol));
        }
        return switch (op) {
            case DEFINE -> define(object);
            case STATUS_CHANGE -> door.status(object.symbol, object.status);
            case REMOVE -> door.remove(object.symbol);
            default -> priced(op, object);
        };
    }

    private @Nullable Refusal define(PublishedObject object) {
        return door.define(
                object.symbol,
                Objects.requireNonNull(object.tickSize),
                Objects.requireNonNull(object.lotSize),
                object.status);
    }

    private @Nullable Refusal priced(ObjectOp op, PublishedObject object) {
        Instrument instrument = door.instrument(object.symbol);
        if (instrument == null) {
            return Refusals.unknown(object.symbol);
        }
        return op == ObjectOp.TRADE ? trade(object, instrument) : levels(op, object, instrument);
    }

    private @Nullable Refusal levels(ObjectOp op, PublishedObject object, Instrument instrument) {
        LevelTexts bids = object.bids;
        LevelTexts asks = object.asks;
        Refusal wrong = bids.convert(instrument.tickSize(), instrument.lotSize());
        if (wrong == null) {
            wrong = asks.convert(instrument.tickSize(), instrument.lotSize());
        }
        if (wrong != null) {
            return wrong;
        }
        Refusal refusal = op == ObjectOp.SNAPSHOT
                ? door.snapshot(object.symbol, bids.changes(), asks.changes(), object.timeMicros)
                : door.update(object.symbol, bids.changes(), asks.changes(), object.timeMicros);
        if (refusal == null) {
            meters.rounded(bids.rounded() + asks.rounded());
        }
        return refusal;
    }

    private @Nullable Refusal trade(PublishedObject object, Instrument instrument) {
        long priceTicks = object.price.ticks(instrument.tickSize());
        if (priceTicks == Decimal.NONE) {
            return Refusals.price(instrument.tickSize());
        }
        StepSize lot = instrument.lotSize();
        long sizeLots = object.size.lots(lot);
        if (sizeLots == Decimal.NONE || sizeLots == 0) {
            return Refusals.size(lot);
        }
        Refusal refusal = door.trade(object.symbol, object.side, priceTicks, sizeLots, object.id, object.timeMicros);
        if (refusal == null && object.size.isFiner(lot)) {
            meters.rounded(1);
        }
        return refusal;
    }
}
