package io.depthcast.wire;

import io.depthcast.book.InstrumentStatus;
import java.util.List;

/** The numbers of statuses in the binary encodings. */
public final class StatusCodes {
    private static final List<InstrumentStatus> BY_CODE = List.of(
            InstrumentStatus.OPEN,
            InstrumentStatus.HALTED,
            InstrumentStatus.AUCTION,
            InstrumentStatus.CLOSED,
            InstrumentStatus.STALE);

    /** Codes are below this. */
    public static final int COUNT = BY_CODE.size();

    private StatusCodes() {}

    public static InstrumentStatus status(int code) {
        return BY_CODE.get(code);
    }

    static int code(InstrumentStatus status) {
        return BY_CODE.indexOf(status);
    }
}
