package io.depthcast.source;

import io.depthcast.book.InstrumentStatus;
import io.depthcast.book.Side;
import io.depthcast.book.StepSize;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One object of a publisher, each field judged by its type alone. Filled again and again; one thread. */
final class PublishedObject {
    final Set<ObjectField> present = EnumSet.noneOf(ObjectField.class);
    final LevelTexts bids = new LevelTexts();
    final LevelTexts asks = new LevelTexts();
    final Decimal price = new Decimal();
    final Decimal size = new Decimal();

    @Nullable
    ObjectOp op;

    /** Empty if there is none, or none that can be one. */
    String symbol = "";

    @Nullable
    StepSize tickSize;

    @Nullable
    StepSize lotSize;

    InstrumentStatus status = InstrumentStatus.OPEN;
    Side side = Side.BID;

    @Nullable
    String id;

    /** Microseconds since 1970; 0 is now. */
    long timeMicros;

    /** It is given twice, and nobody knows which is meant. */
    void doubt(ObjectField field) {
        op = field == ObjectField.OP ? null : op;
        symbol = field == ObjectField.SYMBOL ? "" : symbol;
    }

    void clear() {
        present.clear();
        bids.clear();
        asks.clear();
        op = null;
        symbol = "";
        status = InstrumentStatus.OPEN;
        id = null;
        timeMicros = 0;
    }
}
