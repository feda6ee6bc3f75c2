package io.depthcast.source;

import static io.depthcast.source.ObjectField.ASKS;
import static io.depthcast.source.ObjectField.BIDS;
import static io.depthcast.source.ObjectField.ID;
import static io.depthcast.source.ObjectField.LOT_SIZE;
import static io.depthcast.source.ObjectField.OP;
import static io.depthcast.source.ObjectField.PRICE;
import static io.depthcast.source.ObjectField.SIDE;
import static io.depthcast.source.ObjectField.SIZE;
import static io.depthcast.source.ObjectField.STATUS;
import static io.depthcast.source.ObjectField.SYMBOL;
import static io.depthcast.source.ObjectField.TICK_SIZE;
import static io.depthcast.source.ObjectField.TIME;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What an object tells, with the fields it must have and those it may have. */
enum ObjectOp {
    DEFINE(EnumSet.of(SYMBOL, TICK_SIZE, LOT_SIZE), EnumSet.of(STATUS, TIME)),
    SNAPSHOT(EnumSet.of(SYMBOL, BIDS, ASKS), EnumSet.of(TIME)),
    UPDATE(EnumSet.of(SYMBOL), EnumSet.of(BIDS, ASKS, TIME)),
    TRADE(EnumSet.of(SYMBOL, PRICE, SIZE, SIDE), EnumSet.of(ID, TIME)),
    STATUS_CHANGE("status", EnumSet.of(SYMBOL, STATUS), EnumSet.of(TIME)),
    REMOVE(EnumSet.of(SYMBOL), EnumSet.of(TIME)),
    HEARTBEAT(EnumSet.noneOf(ObjectField.class), EnumSet.of(TIME));

    private static final ObjectOp[] ALL = values();

    private final String text;
    private final Set<ObjectField> required;
    private final Set<ObjectField> allowed;

    ObjectOp(Set<ObjectField> required, Set<ObjectField> optional) {
        this(null, required, optional);
    }

    ObjectOp(@Nullable String text, Set<ObjectField> required, Set<ObjectField> optional) {
        this.text = text == null ? name().toLowerCase(Locale.ROOT) : text;
        this.required = EnumSet.copyOf(required.isEmpty() ? EnumSet.of(OP) : required);
        this.allowed = EnumSet.copyOf(this.required);
        this.allowed.addAll(optional);
        this.allowed.add(OP);
    }

    static @Nullable ObjectOp of(String text) {
        for (ObjectOp op : ALL) {
            if (op.text.equals(text)) {
                return op;
            }
        }
        return null;
    }

    /** What is missing or out of place; null if nothing is. */
    @Nullable
    String mistake(Set<ObjectField> present) {
        if (present.containsAll(required) && allowed.containsAll(present)) {
            return null;
        }
        for (ObjectField field : required) {
            if (!present.contains(field)) {
                return text + ": expected the field " + field.text();
            }
        }
        for (ObjectField field : present) {
            if (!allowed.contains(field)) {
                return text + ": has no field " + field.text();
            }
        }
        return null;
    }

    /** Whether a book may be another after it; a trade is no change of one. */
    boolean isOfBook() {
        return this != TRADE && this != HEARTBEAT;
    }

    static String names() {
        StringBuilder names = new StringBuilder();
        for (ObjectOp op : ALL) {
            names.append(names.isEmpty() ? "" : ", ").append(op.text);
        }
        return names.toString();
    }
}
